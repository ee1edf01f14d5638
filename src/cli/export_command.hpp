#pragma once
#include "cli/command.hpp"

namespace hadir {

void add_export_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
