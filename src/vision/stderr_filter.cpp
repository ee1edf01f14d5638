#include "vision/stderr_filter.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>

namespace hadir {
namespace {

constexpr std::string_view schema_error = "Schema error: ";

void write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(to, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Passes lines on until every writer has closed the pipe.
void pass_on(int from, int to) {
  std::string pending;
  bool after_schema_error = false;
  const auto take_line = [&](std::string_view line) {
    const bool drop = line.starts_with(schema_error) || (after_schema_error && line == "\n");
    after_schema_error = line.starts_with(schema_error);
    if (!drop) write_all(to, line);
  };
  char buffer[8192];
  for (;;) {
    const ssize_t count = ::read(from, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    pending.append(buffer, static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end; (end = pending.find('\n', begin)) != std::string::npos; begin = end + 1)
      take_line(std::string_view(pending).substr(begin, end + 1 - begin));
    pending.erase(0, begin);
  }
  if (!pending.empty()) take_line(pending);
}

}  // namespace

void without_schema_errors(const std::function<void()>& work) {
  int ends[2] = {-1, -1};
  const int original = ::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (original < 0 || ::pipe2(ends, O_CLOEXEC) != 0) {
    if (original >= 0) ::close(original);
    work();
    return;
  }
  std::fflush(stderr);
  ::dup2(ends[1], STDERR_FILENO);
  ::close(ends[1]);
  {
    // Restored, also when `work` throws, before the reader is joined: the reader ends when the last writer closes.
    std::jthread reader([&] { pass_on(ends[0], original); });
    struct Restore {
      int original;
      ~Restore() {
        std::fflush(stderr);
        ::dup2(original, STDERR_FILENO);
      }
    } restore{original};
    work();
  }
  ::close(ends[0]);
  ::close(original);
}

}  // namespace hadir
