#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir demo scene`, below the given command: a camera clip made of photos, with its truth.
void add_scene_command(CLI::App& demo, ExitCode& exit);

}  // namespace hadir
