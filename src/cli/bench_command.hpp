#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir bench pipeline`: live streams through the real pipeline, what they cost, and against the plain loop.
void add_bench_command(CLI::App& app, ExitCode& exit);

}  // namespace hadir
