#include "cli/serve_command.hpp"

#include <unistd.h>

#include <csignal>
#include <memory>
#include <print>

#include <spdlog/spdlog.h>

#include "app/configuration/configuration.hpp"
#include "server/access_start.hpp"
#include "server/server.hpp"

namespace hadir {
namespace {

struct ServeOptions {
  std::string config_dir = ".";
  std::string data;
  std::string host = "127.0.0.1";
  std::uint16_t port = 5000;
  GateOptions gate;
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

/// Where nobody has an account yet: how to make the first one. On stdout, not in the log.
void tell_setup_link(Server& server, const ServeOptions& options) {
  const auto token = server.new_setup_token();
  if (!token) return spdlog::warn("no set-up link could be made: {}", token.error().message);
  if (!*token) return;
  std::println("\nSet hadir up and choose a password, once, within 24 hours:\n\n  {}\n",
               setup_link(std::format("http://localhost:{}", options.port), **token));
  std::fflush(stdout);
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
  server_options.web.gate = options.gate;
  server_options.version = HADIR_VERSION;
  server_options.config_dir = options.config_dir;
  server_options.load = [&options]() -> Result<Settings> {
    auto loaded = load_configuration(options.config_dir, process_environment());
    if (!loaded) return std::unexpected(loaded.error());
    return std::move(loaded->settings);
  };
  server_options.shut_down = [] { ::kill(::getpid(), SIGTERM); };
  auto server = Server::start(server_options, configuration->settings);
  if (!server) return exit_code(server.error());
  tell_setup_link(**server, options);
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
  command->add_option("--host", options->host, "address to listen on; 0.0.0.0 for all of this machine")
      ->capture_default_str();
  command->add_option("--port", options->port, "port to listen on")->check(CLI::Range(1, 65535))->capture_default_str();
  command->add_option("--allow-host", options->gate.allowed_hosts, "name by which browsers reach this server")
      ->envname("HADIR_ALLOW_HOST")
      ->delimiter(',');
  command
      ->add_option("--allow-origin", options->gate.allowed_origins,
                   "origin whose pages may call the API with tokens or keys, as https://dash.example.org")
      ->envname("HADIR_ALLOW_ORIGIN")
      ->delimiter(',');
  command
      ->add_flag("--behind-tls", options->gate.is_behind_tls,
                 "a proxy in front speaks TLS: cookies are for https alone")
      ->envname("HADIR_BEHIND_TLS");
  command
      ->add_option("--trusted-proxy", options->gate.trusted_proxies, "address of a proxy whose X-Forwarded-For is true")
      ->envname("HADIR_TRUSTED_PROXY")
      ->delimiter(',');
  command
      ->add_option("--caller-rate", options->gate.caller_per_second,
                   "requests a second that one signed-in user or key may make; 0: no limit")
      ->envname("HADIR_CALLER_RATE")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  command->callback([options, &exit] { exit = run_serve(*options); });
}

}  // namespace hadir
