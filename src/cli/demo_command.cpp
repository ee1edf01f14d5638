#include "cli/demo_command.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <print>

#include "cli/scene_command.hpp"
#include "notify/source_fetcher.hpp"
#include "server/demo.hpp"
#include "vision/model_files.hpp"

namespace hadir {
namespace {

ExitCode run_demo(DemoOptions options) {
  options.tell = [](const std::string& line) { spdlog::info("{}", line); };
  SourceFetcher fetcher({.web = {}, .tell = options.tell});
  const auto report = prepare_demo(options, fetcher);
  if (!report) return exit_code(report.error());
  for (const auto& line : report->lines) std::println("{}", line);
  for (const auto& line : report->missing) spdlog::warn("{}", line);
  return 0;
}

}  // namespace

void add_demo_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<DemoOptions>();
  options->data = "data/demo";
  options->assets = ModelLocations::standard().models.parent_path() / "demo" / "assets.json";
  CLI::App* command = app.add_subcommand("demo", "Prepare a demo: sample clips as cameras, a few people enrolled");
  command
      ->add_option("--data", options->data, "folder to prepare; give it to `hadir serve --config-dir DIR --data DIR`")
      ->capture_default_str();
  command->add_option("--assets", options->assets, "description of clips and photos")->capture_default_str();
  add_scene_command(*command, exit);
  command->callback([options, command, &exit] {
    if (command->get_subcommands().empty()) exit = run_demo(*options);
  });
}

}  // namespace hadir
