#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// A program of the machine to be run to its end, without a shell.
struct ProgramCall {
  std::vector<std::string> arguments;    ///< [0] is looked for in PATH unless it has a slash
  std::vector<std::string> environment;  ///< "NAME=value": set, or replaced, in a copy of ours
  std::filesystem::path folder;          ///< where it runs
  std::chrono::seconds limit{60};        ///< then it is ended
  /// Asked about four times a second; false ends the program.
  std::function<bool()> go_on = [] { return true; };
};

struct ProgramEnd {
  int exit = -1;       ///< -1 when a signal ended it
  bool ended = false;  ///< by the limit or by `go_on`
  std::string output;  ///< the last 16 kB of stdout and stderr together
};

/// `not_found` when there is no such program, `unavailable` when it can't be started. stdin is empty.
Result<ProgramEnd> run_program(const ProgramCall& call);

}  // namespace hadir
