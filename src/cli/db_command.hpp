#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir db migrate|status|backup|restore|check`.
void add_db_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
