#include "cli/command.hpp"
#include "cli/doctor_command.hpp"
#include "cli/eval_command.hpp"
#include "cli/models_command.hpp"

namespace hadir {

void add_commands(CLI::App& app, ExitCode& exit) {
  add_models_command(app, exit);
  add_eval_command(app, exit);
  add_doctor_command(app, exit);
}

}  // namespace hadir
