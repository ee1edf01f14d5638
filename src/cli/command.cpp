#include "cli/command.hpp"

#include <cstdio>
#include <print>

#include "app/configuration/nearest_name.hpp"
#include "cli/logging.hpp"
#include "core/masking.hpp"

namespace hadir {

ExitCode exit_code(const Error& error) {
  std::println(stderr, "hadir: {}", mask_credentials(error.message));
  return error.kind == ErrorKind::invalid_input ? 2 : 1;
}

ExitCode exit_code(const Status& status) {
  return status ? 0 : exit_code(status.error());
}

void print_json(const nlohmann::ordered_json& json) {
  std::println("{}", json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

namespace {

/// The command the user meant, for "hadir serve --help".
std::string called(const CLI::App& app) {
  std::string name = app.get_name();
  for (const CLI::App* command : app.get_subcommands()) name += " " + called(*command);
  return name;
}

/// "did you mean serve?" when the first word that is no option is like a command.
std::string suggestion(const CLI::App& app, int argc, const char* const* argv) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word.starts_with('-')) continue;
    if (std::ranges::find(candidates, word) != candidates.end()) return {};
    const auto near = nearest_name(word, candidates);
    return near ? std::format("there is no command {}; did you mean {}?", word, *near)
                : std::format("there is no command {}", word);
  }
  return {};
}

}  // namespace

ExitCode run_command_line(int argc, const char* const* argv) {
  CLI::App app{"hadir recognises enrolled people on cameras and keeps their attendance", "hadir"};
  ExitCode exit = 0;
  std::string log_level = "info";
  app.set_version_flag("--version", "hadir " HADIR_VERSION);
  app.add_option("--log-level", log_level, "what is told on stderr")
      ->check(CLI::IsMember({"trace", "debug", "info", "warning", "error", "off"}))
      ->capture_default_str();
  app.require_subcommand(1);
  app.fallthrough();
  app.parse_complete_callback([&] { set_up_logging(log_level); });
  add_commands(app, exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    const std::string unknown_command = suggestion(app, argc, argv);
    std::println(stderr, "hadir: {} ({} --help tells more)",
                 mask_credentials(unknown_command.empty() ? error.what() : unknown_command), called(app));
    return 2;
  } catch (const std::exception& error) {
    return exit_code(Error{ErrorKind::internal, error.what()});
  }
  std::fflush(stdout);
  return exit;
}

}  // namespace hadir
