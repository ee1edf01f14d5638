#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir db tidy`: housekeeping by hand.
void add_tidy_command(CLI::App& db, ExitCode& exit);

}  // namespace hadir
