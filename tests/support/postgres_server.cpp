#include "support/postgres_server.hpp"

#include <arpa/inet.h>
#include <pwd.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <format>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hadir {
namespace {

namespace fs = std::filesystem;

/// The newest PostgreSQL of the distribution that has its server here.
std::string server_binaries() {
  std::string newest;
  std::error_code error;
  for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", error))
    if (fs::exists(version.path() / "bin" / "initdb") && version.path().string() > newest)
      newest = version.path().string();
  if (newest.empty()) throw std::runtime_error("no PostgreSQL server is installed (package postgresql-17)");
  return newest + "/bin";
}

int free_port() {
  const int probe = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  const bool bound = ::bind(probe, generic, size) == 0 && ::getsockname(probe, generic, &size) == 0;
  ::close(probe);
  if (!bound) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

std::string in_shell_quotes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string text_of(const fs::path& file) {
  std::ifstream stream(file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

PostgresServer::PostgresServer() : binaries_(server_binaries()) {
  std::string pattern = (fs::temp_directory_path() / "hadir-pg-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
  folder_ = pattern;
  if (::geteuid() == 0) {
    for (const char* name : {"postgres", "nobody"})
      if (const passwd* account = ::getpwnam(name); account != nullptr) {
        owner_ = name;
        if (::chown(folder_.c_str(), account->pw_uid, account->pw_gid) != 0)
          throw std::runtime_error("cannot give away " + folder_.string());
        break;
      }
    if (owner_.empty()) throw std::runtime_error("there is neither a user postgres nor nobody to run PostgreSQL as");
  }
  {
    std::ofstream file(folder_ / "password");
    file << password;
  }
  fs::permissions(folder_ / "password", fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  run_as_owner(
      std::format("{}/initdb --pgdata={}/data --username={} --pwfile={}/password --auth=scram-sha-256 "
                  "--auth-local=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync",
                  binaries_, folder_.string(), user, folder_.string()));
  port_ = free_port();
  start();
}

PostgresServer::~PostgresServer() {
  try {
    stop();
  } catch (const std::exception&) {
    kill();
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string PostgresServer::run_as_owner(const std::string& command) const {
  std::string line = "cd " + folder_.string() + " && ";
  if (!owner_.empty()) line += std::format("setpriv --reuid={0} --regid=$(id -g {0}) --clear-groups ", owner_);
  line += "env LC_ALL=C " + command + " 2>&1";
  FILE* pipe = ::popen(line.c_str(), "r");
  if (pipe == nullptr) throw std::runtime_error("cannot run " + command);
  std::string output;
  std::array<char, 4096> buffer{};
  while (const auto size = ::fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), size);
  if (::pclose(pipe) != 0) throw std::runtime_error(command + ": " + output);
  return output;
}

void PostgresServer::start() {
  if (process_ > 0) return;
  const std::vector<std::string> settings{"listen_addresses=127.0.0.1",
                                          std::format("port={}", port_),
                                          "unix_socket_directories=" + folder_.string(),
                                          "fsync=off",
                                          "full_page_writes=off",
                                          "shared_buffers=64MB",
                                          "max_connections=100",
                                          "max_wal_size=256MB",
                                          "logging_collector=off"};
  std::string command = "exec setpriv --pdeathsig INT ";  // a test that crashes takes its server along
  if (!owner_.empty()) command += std::format("--reuid={0} --regid=$(id -g {0}) --clear-groups ", owner_);
  command += std::format("{}/postgres -D {}/data", binaries_, folder_.string());
  for (const auto& setting : settings) command += " -c " + setting;
  const std::string log = (folder_ / "log").string();
  command += " </dev/null >>" + log + " 2>&1";
  process_ = ::fork();
  if (process_ < 0) throw std::runtime_error("cannot fork");
  if (process_ == 0) {
    ::setpgid(0, 0);
    if (::chdir("/") != 0) ::_exit(126);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
  wait_until_ready();
}

void PostgresServer::wait_until_ready() const {
  using namespace std::chrono_literals;
  const auto give_up = std::chrono::steady_clock::now() + 60s;
  while (std::chrono::steady_clock::now() < give_up) {
    const std::string asked = std::format("{}/pg_isready -q -h 127.0.0.1 -p {} -U {}", binaries_, port_, user);
    if (std::system(asked.c_str()) == 0) return;
    std::this_thread::sleep_for(50ms);
  }
  throw std::runtime_error("PostgreSQL does not start: " + text_of(folder_ / "log"));
}

std::string PostgresServer::log() const {
  return text_of(folder_ / "log");
}

void PostgresServer::stop() {
  if (process_ <= 0) return;
  ::kill(process_, SIGINT);  // "fast": open sessions end
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void PostgresServer::kill() {
  if (process_ <= 0) return;
  ::kill(process_, SIGQUIT);  // its processes end at once, nothing is written: the next start recovers
  ::waitpid(process_, nullptr, 0);
  process_ = -1;
}

void PostgresServer::restart() {
  stop();
  start();
}

std::string PostgresServer::psql(const std::string& sql, const std::string& database) const {
  return run_as_owner(
      std::format("{}/psql --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 -h {} -p {} -U {} -d {} "
                  "-c {}",
                  binaries_, folder_.string(), port_, user, database, in_shell_quotes(sql)));
}

void PostgresServer::create_database(const std::string& name, const std::string& of) const {
  psql(std::format("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY", name, of));
}

void PostgresServer::drop_database(const std::string& name) const {
  psql(std::format("DROP DATABASE IF EXISTS {} WITH (FORCE)", name));
}

}  // namespace hadir
