#include "socketio/served_program.hpp"

#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <format>
#include <fstream>
#include <stdexcept>
#include <thread>

#include "socketio/wire_client.hpp"

namespace hadir {
namespace {

std::uint16_t unused_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("there is no port for the program under test");
  return ntohs(address.sin_port);
}

}  // namespace

ServedProgram::ServedProgram(const std::string& mode, std::uint16_t port, const std::vector<std::string>& options)
    : port_(port != 0 ? port : unused_port()) {
  std::vector<std::string> words{HADIR_CONFORMANCE, "--mode", mode, "--port", std::to_string(port_)};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  process_ = ::fork();
  if (process_ == 0) {
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }
  for (int attempt = 0; attempt < 3000 && is_running(); ++attempt) {
    try {
      WireConnection tried(port_);
      return;
    } catch (const std::runtime_error&) {
      std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
  }
  throw std::runtime_error(std::format("{} --mode {} does not answer", HADIR_CONFORMANCE, mode));
}

ServedProgram::~ServedProgram() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

bool ServedProgram::is_running() const {
  return ::waitpid(process_, nullptr, WNOHANG) == 0;
}

double ServedProgram::resident_mb() const {
  std::ifstream status(std::format("/proc/{}/statm", process_));
  double pages = 0;
  status >> pages >> pages;
  return pages * static_cast<double>(::sysconf(_SC_PAGESIZE)) / (1 << 20);
}

}  // namespace hadir
