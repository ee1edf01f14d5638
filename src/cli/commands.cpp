#include "cli/command.hpp"
#include "cli/doctor_command.hpp"

namespace hadir {

void add_commands(CLI::App& app, ExitCode& exit) {
  add_doctor_command(app, exit);
}

}  // namespace hadir
