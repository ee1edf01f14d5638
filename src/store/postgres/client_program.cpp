#include "store/postgres/client_program.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <filesystem>
#include <format>

#include "core/masking.hpp"
#include "store/file_descriptor.hpp"

namespace hadir::postgres {
namespace {

namespace fs = std::filesystem;

/// Debian keeps every version in a folder of its own; the newest understands all older servers.
std::string path_of(const std::string& program) {
  std::error_code error;
  int newest = 0;
  for (const auto& folder : fs::directory_iterator("/usr/lib/postgresql", error)) {
    const int version = std::atoi(folder.path().filename().c_str());
    if (version > newest && fs::exists(folder.path() / "bin" / program, error)) newest = version;
  }
  return newest > 0 ? std::format("/usr/lib/postgresql/{}/bin/{}", newest, program) : program;
}

/// Our environment with the password in it, and messages in English.
std::vector<std::string> environment_with(const std::string& password) {
  std::vector<std::string> variables;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string_view variable(*one);
    if (!variable.starts_with("PGPASSWORD=") && !variable.starts_with("LC_ALL=")) variables.emplace_back(variable);
  }
  variables.push_back("PGPASSWORD=" + password);
  variables.emplace_back("LC_ALL=C");
  return variables;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> all;
  for (auto& text : texts) all.push_back(text.data());
  all.push_back(nullptr);
  return all;
}

std::string all_from(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (ssize_t size = 0; (size = ::read(fd, buffer.data(), buffer.size())) > 0;)
    text.append(buffer.data(), static_cast<std::size_t>(size));
  return text;
}

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  const auto end = text.rfind('\n');
  return mask_credentials(end == std::string::npos ? text : text.substr(end + 1));
}

}  // namespace

Status run_client_program(const std::string& program, const std::vector<std::string>& arguments,
                          const std::string& password) {
  std::vector<std::string> words{path_of(program)};
  words.insert(words.end(), arguments.begin(), arguments.end());
  auto variables = environment_with(password);
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return fail(ErrorKind::unavailable, std::strerror(errno));
  const FileDescriptor reading(ends[0]);
  FileDescriptor writing(ends[1]);

  posix_spawn_file_actions_t files;
  ::posix_spawn_file_actions_init(&files);
  ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_adddup2(&files, writing.get(), STDERR_FILENO);
  pid_t process = -1;
  const int spawned =
      ::posix_spawnp(&process, words[0].c_str(), &files, nullptr, pointers(words).data(), pointers(variables).data());
  ::posix_spawn_file_actions_destroy(&files);
  if (spawned != 0)
    return fail(ErrorKind::not_found,
                std::format("{} is not installed: it is in the package postgresql-client", program));
  writing = FileDescriptor();
  const std::string said = all_from(reading.get());
  int state = 0;
  while (::waitpid(process, &state, 0) < 0 && errno == EINTR) {
  }
  if (WIFEXITED(state) && WEXITSTATUS(state) == 0) return {};
  return fail(ErrorKind::unavailable, said.empty() ? program + " failed" : last_line(said));
}

}  // namespace hadir::postgres
