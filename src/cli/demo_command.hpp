#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir demo`: prepares a folder with sample clips as cameras and a few people enrolled.
void add_demo_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
