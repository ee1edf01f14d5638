#include "notify/program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <format>

extern "C" char** environ;

namespace hadir {
namespace {

constexpr std::size_t kept_output = 16'384;
constexpr int beat_ms = 250;
constexpr int beats_to_leave = 8;  // between SIGTERM and SIGKILL

std::vector<std::string> merged_environment(const std::vector<std::string>& changes) {
  std::vector<std::string> all = changes;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text(*variable);
    const auto name = text.substr(0, text.find('=') + 1);
    if (std::ranges::none_of(changes, [&](const std::string& change) { return change.starts_with(name); }))
      all.emplace_back(text);
  }
  return all;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

/// Starts the program with its output in `output`; its process id, or the errno.
std::expected<pid_t, int> start(const ProgramCall& call, int output) {
  std::vector<std::string> arguments = call.arguments;
  std::vector<std::string> environment = merged_environment(call.environment);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  if (!call.folder.empty()) posix_spawn_file_actions_addchdir_np(&actions, call.folder.c_str());
  pid_t child = -1;
  const int error = posix_spawnp(&child, arguments[0].c_str(), &actions, nullptr, pointers(arguments).data(),
                                 pointers(environment).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return std::unexpected(error);
  return child;
}

/// Takes what is there, keeping the end; false when nothing more will come.
bool take_output(int pipe, std::string& output) {
  std::array<char, 4096> buffer{};
  const ssize_t count = ::read(pipe, buffer.data(), buffer.size());
  if (count <= 0) return count < 0 && (errno == EAGAIN || errno == EINTR);
  output.append(buffer.data(), static_cast<std::size_t>(count));
  if (output.size() > kept_output) output.erase(0, output.size() - kept_output);
  return true;
}

}  // namespace

Result<ProgramEnd> run_program(const ProgramCall& call) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return fail(ErrorKind::unavailable, "no pipe can be made");
  const auto child = start(call, pipe[1]);
  ::close(pipe[1]);
  if (!child) {
    ::close(pipe[0]);
    return fail(child.error() == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable,
                std::format("{} cannot be started: {}", call.arguments[0], std::strerror(child.error())));
  }
  ::fcntl(pipe[0], F_SETFL, O_NONBLOCK);
  ProgramEnd end;
  bool talking = true;
  int status = 0;
  int beats_since_ended = 0;
  const auto deadline = std::chrono::steady_clock::now() + call.limit;
  while (::waitpid(*child, &status, WNOHANG) == 0) {
    pollfd poll{pipe[0], POLLIN, 0};
    if (talking && ::poll(&poll, 1, beat_ms) > 0) {
      talking = take_output(pipe[0], end.output);
    } else if (!talking) {
      ::poll(nullptr, 0, beat_ms);
    }
    if (!end.ended && (std::chrono::steady_clock::now() > deadline || !call.go_on())) {
      end.ended = true;
      ::kill(*child, SIGTERM);
    } else if (end.ended && ++beats_since_ended == beats_to_leave) {
      ::kill(*child, SIGKILL);
    }
  }
  while (talking) {  // what it said last; whoever still holds the other end is not waited for
    pollfd poll{pipe[0], POLLIN, 0};
    talking = ::poll(&poll, 1, 0) > 0 && take_output(pipe[0], end.output);
  }
  ::close(pipe[0]);
  end.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return end;
}

}  // namespace hadir
