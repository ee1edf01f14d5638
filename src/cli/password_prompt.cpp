#include "cli/password_prompt.hpp"

#include <termios.h>
#include <unistd.h>

#include <format>
#include <iostream>
#include <print>

namespace hadir {
namespace {

/// The terminal does not show what is typed while this lives.
class NoEcho {
 public:
  NoEcho() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet);
  }
  ~NoEcho() { ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_); }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

 private:
  termios before_{};
};

Result<std::string> read_line() {
  std::string line;
  if (!std::getline(std::cin, line)) return fail(ErrorKind::invalid_input, "password: none was given");
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

Result<std::string> ask(const std::string& prompt) {
  std::print(stderr, "{}", prompt);
  const NoEcho quiet;
  auto line = read_line();
  std::println(stderr);
  return line;
}

}  // namespace

Result<std::string> ask_password(const std::string& whose) {
  if (::isatty(STDIN_FILENO) == 0) return read_line();
  const auto first = ask(std::format("New password for {}: ", whose));
  if (!first) return first;
  const auto second = ask("The same again: ");
  if (!second) return second;
  if (*first != *second) return fail(ErrorKind::invalid_input, "password: the two are not the same");
  return first;
}

}  // namespace hadir
