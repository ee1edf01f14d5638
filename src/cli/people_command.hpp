#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir people list`: who is enrolled, and where they were seen last.
void add_people_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
