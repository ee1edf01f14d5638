#include "cli/doctor_command.hpp"

#include <memory>
#include <print>

#include "app/configuration/configuration.hpp"
#include "app/configuration/parameter_table.hpp"

namespace hadir {
namespace {

struct DoctorOptions {
  std::string config_dir = ".";
  bool print_parameters = false;
};

ExitCode run_doctor(const DoctorOptions& options) {
  if (options.print_parameters) {
    std::print("{}", parameters_as_markdown());
    return 0;
  }
  const auto configuration = load_configuration(options.config_dir, process_environment());
  if (!configuration) return exit_code(configuration.error());
  for (const std::string& warning : configuration->warnings) std::println("warning  {}", warning);
  std::println("configuration is valid: {} cameras", configuration->settings.cameras.size());
  return 0;
}

}  // namespace

void add_doctor_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<DoctorOptions>();
  CLI::App* command = app.add_subcommand("doctor", "Check whether everything hadir needs is there and works");
  command->add_option("--config-dir", options->config_dir, "folder with config/ and camera_configs/")
      ->capture_default_str();
  command->add_flag("--print-parameters", options->print_parameters, "print docs/configuration.md and end");
  command->callback([options, &exit] { exit = run_doctor(*options); });
}

}  // namespace hadir
