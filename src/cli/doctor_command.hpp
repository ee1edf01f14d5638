#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir doctor`: looks whether everything hadir needs is there and works.
void add_doctor_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
