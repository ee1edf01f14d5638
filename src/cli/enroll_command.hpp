#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir enroll --name N photo...`: enrols somebody from photos; a running server notices within seconds.
void add_enroll_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
