#include "cli/bench_command.hpp"
#include "cli/command.hpp"
#include "cli/db_command.hpp"
#include "cli/demo_command.hpp"
#include "cli/doctor_command.hpp"
#include "cli/enroll_command.hpp"
#include "cli/eval_command.hpp"
#include "cli/explain_command.hpp"
#include "cli/export_command.hpp"
#include "cli/import_command.hpp"
#include "cli/models_command.hpp"
#include "cli/people_command.hpp"
#include "cli/recompute_command.hpp"
#include "cli/replay_command.hpp"
#include "cli/serve_command.hpp"
#include "cli/user_command.hpp"

namespace hadir {

void add_commands(CLI::App& app, ExitCode& exit) {
  add_serve_command(app, exit);
  add_enroll_command(app, exit);
  add_people_command(app, exit);
  add_import_command(app, exit);
  add_export_command(app, exit);
  add_models_command(app, exit);
  add_eval_command(app, exit);
  add_replay_command(app, exit);
  add_bench_command(app, exit);
  add_demo_command(app, exit);
  add_db_command(app, exit);
  add_explain_command(app, exit);
  add_recompute_command(app, exit);
  add_user_command(app, exit);
  add_doctor_command(app, exit);
}

}  // namespace hadir
