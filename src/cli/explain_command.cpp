#include "cli/explain_command.hpp"

#include <memory>
#include <print>

#include "app/facts/explanation_json.hpp"
#include "cli/records_access.hpp"
#include "server/system_clock.hpp"

namespace hadir {
namespace {

struct ExplainOptions {
  std::string person;
  std::string date;
  std::string config_dir = ".";
  std::string data = "data";
  bool json = false;
};

Status run(const ExplainOptions& options) {
  const auto day = parse_day(options.date);
  if (!day) return std::unexpected(day.error());
  const auto records = RecordsAccess::open(options.data, options.config_dir);
  if (!records) return std::unexpected(records.error());
  const auto explained =
      explain_person_day(*records->data.database, records->rules, options.person, *day, SystemClock().now());
  if (!explained) return std::unexpected(explained.error());
  if (options.json)
    print_json(explanation_json(*explained, *records->rules.site));
  else
    std::print("{}", text_of(explained->day, explained->person.name, *records->rules.site));
  return {};
}

}  // namespace

void add_explain_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<ExplainOptions>();
  CLI::App* command = app.add_subcommand("explain", "Why a person's day is recorded as it is");
  command->add_option("--person", options->person, "employee code, id, or a name only one person has")->required();
  command->add_option("--date", options->date, "working day, YYYY-MM-DD")->required();
  command->add_option("--config-dir", options->config_dir, "folder with config/")->capture_default_str();
  command->add_option("--data", options->data, "folder of the database")->capture_default_str();
  command->add_flag("--json", options->json, "answer as JSON");
  command->callback([options, &exit] { exit = exit_code(run(*options)); });
}

}  // namespace hadir
