#include "program.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <thread>

namespace hadir {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

int start(const std::vector<std::string>& arguments, const fs::path& working_folder, const fs::path& in,
          const fs::path& out, const fs::path& err) {
  const int pid = fork();
  if (pid != 0) return pid;
  if (!working_folder.empty() && chdir(working_folder.c_str()) != 0) _exit(126);
  const auto redirect = [](const fs::path& file, int descriptor, int flags = O_WRONLY | O_CREAT | O_APPEND) {
    const int opened = open(file.c_str(), flags, 0600);
    if (opened < 0 || dup2(opened, descriptor) < 0) _exit(126);
  };
  redirect(in, STDIN_FILENO, O_RDONLY);
  redirect(out, STDOUT_FILENO);
  redirect(err, STDERR_FILENO);
  std::vector<char*> argv;
  std::string program = HADIR_BINARY;
  argv.push_back(program.data());
  std::vector<std::string> copy = arguments;
  for (auto& argument : copy) argv.push_back(argument.data());
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

int free_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  bind(descriptor, generic, size);
  getsockname(descriptor, generic, &size);
  close(descriptor);
  return ntohs(address.sin_port);
}

}  // namespace

std::string read_text(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

Finished run_hadir(const std::vector<std::string>& arguments, const fs::path& working_folder,
                   const std::string& input) {
  const TestFolder folder;
  const auto in = folder.write("in", input);
  const auto out = folder.path() / "out";
  const auto err = folder.path() / "err";
  int status = 0;
  waitpid(start(arguments, working_folder, in, out, err), &status, 0);
  return {WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), read_text(out), read_text(err)};
}

ServedHadir::ServedHadir(const fs::path& config_dir, const fs::path& data, const std::string& log_level)
    : port_(free_port()) {
  log_ = data.string() + ".log";
  const std::size_t log_begins = log().size();
  pid_ = start({"--log-level", log_level, "serve", "--config-dir", config_dir.string(), "--data", data.string(),
                "--port", std::to_string(port_)},
               {}, "/dev/null", log_, log_);
  for (int i = 0; i < 600 && !ready_; ++i) {
    std::this_thread::sleep_for(100ms);
    ready_ = get("/readyz").first == 200;
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return;
    }
  }
  if (ready_) sign_in(log_begins);
}

void ServedHadir::sign_in(std::size_t log_begins) {
  const std::string credentials = R"("name":"tester","password":"tujuh gajah menari")";
  std::string token;
  // The link comes before the line that says where hadir is.
  for (int i = 0; i < 50; ++i) {
    const std::string said = log().substr(log_begins);
    if (const auto link = said.find("/setup#");
        link != std::string::npos && said.find('\n', link) != std::string::npos) {
      token = said.substr(link + 7, said.find('\n', link) - link - 7);
      break;
    }
    if (said.contains("hadir is on http")) break;
    std::this_thread::sleep_for(100ms);
  }
  const std::string answer =
      token.empty() ? exchange("POST", "/api/auth/login", "{" + credentials + "}")
                    : exchange("POST", "/api/auth/setup", R"({"token":")" + token + "\"," + credentials + "}");
  const auto value_after = [&](const std::string& start, char end) {
    const auto at = answer.find(start);
    return at == std::string::npos
               ? ""
               : answer.substr(at + start.size(), answer.find(end, at + start.size()) - at - start.size());
  };
  cookie_ = value_after("hadir_session=", ';');
  csrf_token_ = value_after(R"("csrf_token":")", '"');
  ready_ = !cookie_.empty();
}

ServedHadir::~ServedHadir() {
  stop();
}

int ServedHadir::stop() {
  if (pid_ < 0) return 0;
  ::kill(pid_, SIGTERM);
  for (int i = 0; i < 100; ++i) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    std::this_thread::sleep_for(100ms);
  }
  kill();
  return -1;
}

void ServedHadir::kill() {
  if (pid_ < 0) return;
  ::kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

std::pair<int, std::string> ServedHadir::get(const std::string& path) const {
  return request("GET", path);
}

std::pair<int, std::string> ServedHadir::request(const std::string& method, const std::string& path,
                                                 const std::string& body) const {
  const std::string answer = exchange(method, path, body);
  const auto begin = answer.find("\r\n\r\n");
  if (!answer.starts_with("HTTP/1.1 ") || begin == std::string::npos) return {0, ""};
  return {std::stoi(answer.substr(9, 3)), answer.substr(begin + 4)};
}

/// The whole answer, with its head.
std::string ServedHadir::exchange(const std::string& method, const std::string& path, const std::string& body) const {
  const int descriptor = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port_));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{10, 0};
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  std::string answer;
  if (connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    std::string request = method + " " + path + " HTTP/1.1\r\nHost: localhost:" + std::to_string(port_) + "\r\n";
    if (!cookie_.empty()) request += "Cookie: hadir_session=" + cookie_ + "\r\nX-CSRF-Token: " + csrf_token_ + "\r\n";
    if (!body.empty()) request += "Content-Type: application/json\r\n";
    if (!body.empty()) request += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    request += "Connection: close\r\n\r\n" + body;
    send(descriptor, request.data(), request.size(), MSG_NOSIGNAL);
    char buffer[65536];
    // An endless stream is read for its first half megabyte.
    for (ssize_t got = 0; answer.size() < (1U << 19) && (got = recv(descriptor, buffer, sizeof buffer, 0)) > 0;)
      answer.append(buffer, static_cast<std::size_t>(got));
  }
  close(descriptor);
  return answer;
}

std::string ServedHadir::log() const {
  return read_text(log_);
}

TestFolder::TestFolder() {
  std::string pattern = (fs::temp_directory_path() / "hadir-test-XXXXXX").string();
  path_ = mkdtemp(pattern.data());
}

TestFolder::~TestFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

fs::path TestFolder::write(const std::string& name, const std::string& text) const {
  const auto file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

}  // namespace hadir
