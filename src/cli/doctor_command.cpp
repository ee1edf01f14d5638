#include "cli/doctor_command.hpp"

#include <algorithm>
#include <memory>
#include <print>

#include "app/configuration/parameter_table.hpp"
#include "server/diagnosis.hpp"

namespace hadir {
namespace {

struct DoctorOptions {
  DiagnosisOptions diagnosis;
  bool print_parameters = false;
  bool json = false;
};

const char* word(Verdict verdict) {
  switch (verdict) {
    case Verdict::good:
      return "ok";
    case Verdict::warning:
      return "warning";
    case Verdict::broken:
      return "broken";
  }
  std::unreachable();
}

ExitCode run_doctor(const DoctorOptions& options) {
  if (options.print_parameters) {
    std::print("{}", parameters_as_markdown());
    return 0;
  }
  const std::vector<Check> checks = diagnose(options.diagnosis, process_environment());
  const auto broken = std::ranges::count(checks, Verdict::broken, &Check::verdict);
  if (options.json) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Check& check : checks)
      list.push_back({{"subject", check.subject}, {"verdict", word(check.verdict)}, {"finding", check.finding}});
    print_json({{"healthy", broken == 0}, {"checks", std::move(list)}});
  } else {
    for (const Check& check : checks)
      std::println("{:<8} {:<20} {}", word(check.verdict), check.subject, check.finding);
    std::println("{}", broken == 0 ? "hadir can run." : std::format("{} of {} checks failed.", broken, checks.size()));
  }
  return broken == 0 ? 0 : 1;
}

}  // namespace

void add_doctor_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<DoctorOptions>();
  CLI::App* command = app.add_subcommand("doctor", "Check whether everything hadir needs is there and works");
  DiagnosisOptions& diagnosis = options->diagnosis;
  command->add_option("--config-dir", diagnosis.config_dir, "folder with config/ and camera_configs/")
      ->capture_default_str();
  command->add_option("--data", diagnosis.data, "folder of the database and the pictures")->capture_default_str();
  command->add_option("--port", diagnosis.port, "port of the web page")
      ->check(CLI::Range(1, 65535))
      ->capture_default_str();
  command->add_flag("--json", options->json, "answer as JSON");
  command->add_flag("--print-parameters", options->print_parameters, "print docs/configuration.md and end");
  command->callback([options, &exit] { exit = run_doctor(*options); });
}

}  // namespace hadir
