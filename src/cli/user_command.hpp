#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir user setup-link|list|add|invite|passwd|role|enable|disable|unlock|remove`.
void add_user_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
