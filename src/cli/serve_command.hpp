#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir serve`: runs all cameras and the web page until SIGINT or SIGTERM.
void add_serve_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
