#pragma once
#include "cli/command.hpp"

namespace hadir {

/// `hadir bench fill` and `hadir bench queries`, below the command `bench`.
void add_bench_data_commands(CLI::App& bench, ExitCode& exit);

}  // namespace hadir
