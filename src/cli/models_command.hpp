#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir models list|fetch|verify`: the model packs, where their files are, and whether they are what they should be.
void add_models_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
