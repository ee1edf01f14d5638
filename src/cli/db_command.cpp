#include "cli/db_command.hpp"

#include <algorithm>
#include <memory>
#include <print>

#include "cli/tidy_command.hpp"
#include "server/data_folder.hpp"
#include "server/database_choice.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct DbOptions {
  std::string data = "data";
  std::string file;
  bool yes = false;
  bool json = false;
};

Result<std::unique_ptr<Upkeep>> upkeep_of(const DbOptions& options) {
  const auto choice = DatabaseChoice::from(options.data, process_environment());
  if (!choice) return std::unexpected(choice.error());
  return choice->upkeep();
}

/// "Done." on stdout, or the same as JSON.
ExitCode answer(const DbOptions& options, const Upkeep& upkeep, const std::string& line, Json more = Json::object()) {
  if (options.json) {
    Json json = {{"database", upkeep.describe()}};
    json.update(more);
    print_json(json);
  } else {
    std::println("{}", line);
  }
  return 0;
}

ExitCode run_status(const DbOptions& options) {
  const auto upkeep = upkeep_of(options);
  if (!upkeep) return exit_code(upkeep.error());
  const auto there = (*upkeep)->exists();
  if (!there) return exit_code(there.error());
  if (!*there)
    return answer(options, **upkeep, (*upkeep)->describe() + ": there is no database yet",
                  {{"exists", false}, {"steps", Json::array()}});
  const auto steps = (*upkeep)->schema();
  if (!steps) return exit_code(steps.error());
  const auto applied = std::ranges::count(*steps, true, &SchemaStep::applied);
  Json list = Json::array();
  std::string text = std::format("{}, schema {} of {}", (*upkeep)->describe(), applied, steps->size());
  for (const auto& step : *steps) {
    list.push_back({{"number", step.number}, {"name", step.name}, {"applied", step.applied}});
    text += std::format("\n{:04} {:<32} {}", step.number, step.name, step.applied ? "applied" : "pending");
  }
  return answer(options, **upkeep, text,
                {{"exists", true}, {"schema", applied}, {"program", steps->size()}, {"steps", std::move(list)}});
}

/// Opening a data folder brings its database up to date.
ExitCode run_migrate(const DbOptions& options) {
  const auto upkeep = upkeep_of(options);
  if (!upkeep) return exit_code(upkeep.error());
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const auto steps = (*upkeep)->schema();
  if (!steps) return exit_code(steps.error());
  return answer(options, **upkeep, data->database->describe(), {{"schema", steps->size()}});
}

ExitCode run_backup(const DbOptions& options) {
  const auto upkeep = upkeep_of(options);
  if (!upkeep) return exit_code(upkeep.error());
  if (const auto done = (*upkeep)->backup(options.file); !done) return exit_code(done.error());
  std::error_code error;
  const auto size = std::filesystem::file_size(options.file, error);
  return answer(options, **upkeep,
                std::format("{} holds all of {} ({} KiB). Keep hadir.key with it, apart from it: faces are encrypted.",
                            options.file, (*upkeep)->describe(), size / 1024),
                {{"file", options.file}, {"bytes", size}});
}

ExitCode run_restore(const DbOptions& options) {
  const auto upkeep = upkeep_of(options);
  if (!upkeep) return exit_code(upkeep.error());
  const auto there = (*upkeep)->exists();
  if (!there) return exit_code(there.error());
  if (*there && !options.yes)
    return exit_code(Error{ErrorKind::invalid_input, (*upkeep)->describe() +
                                                         " exists and would be replaced: stop the server, make a "
                                                         "backup of it, and say --yes"});
  if (const auto done = (*upkeep)->restore(options.file); !done) return exit_code(done.error());
  return answer(options, **upkeep, std::format("{} is what {} holds.", (*upkeep)->describe(), options.file),
                {{"file", options.file}});
}

ExitCode run_check(const DbOptions& options) {
  const auto upkeep = upkeep_of(options);
  if (!upkeep) return exit_code(upkeep.error());
  const auto there = (*upkeep)->exists();
  if (!there) return exit_code(there.error());
  if (!*there) return exit_code(Error{ErrorKind::not_found, (*upkeep)->describe() + ": there is no database"});
  const auto findings = (*upkeep)->check();
  if (!findings) return exit_code(findings.error());
  Json list = Json::array();
  std::string text;
  for (const auto& finding : *findings) {
    list.push_back({{"subject", finding.subject}, {"finding", finding.text}});
    text += std::format("{:<20} {}\n", finding.subject, finding.text);
  }
  text += findings->empty() ? (*upkeep)->describe() + " is sound." : std::format("{} findings.", findings->size());
  answer(options, **upkeep, text, {{"sound", findings->empty()}, {"findings", std::move(list)}});
  return findings->empty() ? 0 : 1;
}

}  // namespace

void add_db_command(CLI::App& app, ExitCode& exit) {
  CLI::App* db = app.add_subcommand(
      "db", "Look after the database: SQLite in the data folder, or PostgreSQL where POSTGRES_HOST and the others say");
  db->require_subcommand(1);
  auto options = std::make_shared<DbOptions>();
  const auto add = [&](const char* name, const char* what, ExitCode (*run)(const DbOptions&)) {
    CLI::App* command = db->add_subcommand(name, what);
    command->add_option("--data", options->data, "data folder")->capture_default_str();
    command->add_flag("--json", options->json, "answer as JSON");
    command->callback([options, &exit, run] { exit = run(*options); });
    return command;
  };
  add("migrate", "bring the schema up to this program's", run_migrate);
  add("status", "which database, which schema", run_status);
  add("backup", "write all of it into one file, also while the server runs", run_backup)
      ->add_option("FILE", options->file, "file to write; must not exist")
      ->required();
  CLI::App* restore = add("restore", "replace all of it by what a backup holds", run_restore);
  restore->add_option("FILE", options->file, "file that `hadir db backup` wrote")->required();
  restore->add_flag("--yes", options->yes, "replace a database that exists");
  add("check", "look for damage and contradictions; exit 1 when there are any", run_check);
  add_tidy_command(*db, exit);
}

}  // namespace hadir
