#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir import employees`, below the command `import`.
void add_import_employees_command(CLI::App& import, ExitCode& exit);

}  // namespace hadir
