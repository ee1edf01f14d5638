#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir eval verify|identify|calibrate`: how well a model pack recognises people, measured on photos.
void add_eval_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
