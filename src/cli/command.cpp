#include "cli/command.hpp"

#include <cstdio>
#include <iostream>
#include <print>

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
    std::println(stderr, "hadir: {} ({} --help tells more)", mask_credentials(error.what()), called(app));
    return 2;
  } catch (const std::exception& error) {
    return exit_code(Error{ErrorKind::internal, error.what()});
  }
  std::fflush(stdout);
  return exit;
}

}  // namespace hadir
