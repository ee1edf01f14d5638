#include "cli/serve_command.hpp"

#include <csignal>
#include <memory>
#include <print>

#include <spdlog/spdlog.h>

#include "app/configuration/configuration.hpp"
#include "server/server.hpp"

namespace hadir {
namespace {

struct ServeOptions {
  std::string config_dir = ".";
  std::string data;
  std::string host = "127.0.0.1";
  std::uint16_t port = 5000;
};

/// The signals that end the program, kept back from all threads so that one of them can wait for them.
sigset_t hold_back_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

ExitCode run_serve(const ServeOptions& options) {
  const auto host = checked_host(options.host);
  if (!host) return exit_code(host.error());
  const auto configuration = load_configuration(options.config_dir, process_environment());
  if (!configuration) return exit_code(configuration.error());
  for (const std::string& warning : configuration->warnings) spdlog::warn("{}", warning);

  const sigset_t stop_signals = hold_back_stop_signals();
  ServerOptions server_options;
  server_options.tracking_mode = std::filesystem::path(options.config_dir) / "config" / "tracking_mode.json";
  server_options.data = options.data.empty() ? "data" : options.data;
  server_options.web.host = *host;
  server_options.web.port = options.port;
  server_options.version = HADIR_VERSION;
  auto server = Server::start(server_options, configuration->settings);
  if (!server) return exit_code(server.error());
  spdlog::info("hadir is on http://localhost:{} (Ctrl-C ends it)", options.port);

  int received = 0;
  sigwait(&stop_signals, &received);
  spdlog::info("stopping");
  server->reset();
  spdlog::info("stopped");
  return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<ServeOptions>();
  CLI::App* command = app.add_subcommand("serve", "Run all cameras, attendance and the web page");
  command->add_option("--config-dir", options->config_dir, "folder with config/ and camera_configs/")
      ->capture_default_str();
  command->add_option("--data", options->data, "folder of the database and the pictures (default: data)");
  command->add_option("--host", options->host, "address to listen on; this machine alone until there is a sign-in")
      ->capture_default_str();
  command->add_option("--port", options->port, "port to listen on")->check(CLI::Range(1, 65535))->capture_default_str();
  command->callback([options, &exit] { exit = run_serve(*options); });
}

}  // namespace hadir
