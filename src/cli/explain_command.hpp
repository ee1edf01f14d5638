#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir explain --person P --date D`: from sightings and rule versions to each figure of that day.
void add_explain_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
