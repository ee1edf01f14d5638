#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir recompute --from D --to D [--apply]`: presence, attendance and alerts anew from the journal.
void add_recompute_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
