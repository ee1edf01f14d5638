#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir replay`: the whole pipeline over video files.
void add_replay_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
