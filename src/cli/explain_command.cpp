#include "cli/explain_command.hpp"

#include <memory>
#include <print>

#include "app/facts/explain.hpp"
#include "cli/records_access.hpp"
#include "server/system_clock.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct ExplainOptions {
  std::string person;
  std::string date;
  std::string config_dir = ".";
  std::string data = "data";
  bool json = false;
};

Json json_of(const PersonExplanation& explained, const std::chrono::time_zone& zone) {
  Json figures = Json::array();
  for (const auto& figure : explained.day.figures) {
    Json from = Json::array();
    for (const auto& sighting : figure.sightings) from.push_back(sighting.str());
    figures.push_back({{"figure", figure.figure},
                       {"value", figure.value},
                       {"because", figure.because},
                       {"sightings", std::move(from)}});
  }
  Json sightings = Json::array();
  for (const auto& [sighting, decision] : explained.day.sightings)
    sightings.push_back({{"id", sighting.id.str()},
                         {"time", format_iso8601(sighting.at, zone)},
                         {"camera", sighting.camera.str()},
                         {"confidence", sighting.confidence},
                         {"decision", to_text(decision.action)},
                         {"because", decision.reason}});
  return {{"person_id", explained.person.id.str()}, {"employee_code", explained.person.employee_code},
          {"name", explained.person.name},          {"date", format_day(explained.day.day)},
          {"figures", std::move(figures)},          {"sightings", std::move(sightings)},
          {"differs", explained.day.differs}};
}

Status run(const ExplainOptions& options) {
  const auto day = parse_day(options.date);
  if (!day) return std::unexpected(day.error());
  const auto records = RecordsAccess::open(options.data, options.config_dir);
  if (!records) return std::unexpected(records.error());
  const auto explained =
      explain_person_day(*records->data.database, records->rules, options.person, *day, SystemClock().now());
  if (!explained) return std::unexpected(explained.error());
  if (options.json)
    print_json(json_of(*explained, *records->rules.site));
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
