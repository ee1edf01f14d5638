#include "cli/people_command.hpp"

#include <memory>
#include <print>

#include "app/queries/attendance_list.hpp"
#include "server/database_choice.hpp"
#include "server/server.hpp"

namespace hadir {
namespace {

struct PeopleOptions {
  std::string data = "data";
  bool json = false;
};

ExitCode run_list(const PeopleOptions& options) {
  const auto choice = DatabaseChoice::from(options.data, process_environment());
  if (!choice) return exit_code(choice.error());
  if (!choice->postgres && !std::filesystem::exists(choice->file))
    return exit_code(Error{ErrorKind::not_found, choice->file.string() + ": there is no database"});
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const auto people = presence_list(*data->database);
  if (!people) return exit_code(people.error());
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const PresenceRow& row : *people) {
    const bool seen = row.presence && row.presence->last_seen != Instant{};
    const std::string last_seen = seen ? format_utc(row.presence->last_seen) : "";
    const char* status = to_text(row.presence ? row.presence->status : PresenceStatus::unavailable);
    list.push_back({{"employee_id", row.person.employee_code},
                    {"name", row.person.name},
                    {"department", row.person.department},
                    {"status", status},
                    {"last_seen", last_seen.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(last_seen)}});
    if (!options.json)
      std::println("{:<12} {:<30} {:<16} {:<12} {}", row.person.employee_code, row.person.name, row.person.department,
                   status, last_seen);
  }
  if (options.json) print_json(list);
  return 0;
}

}  // namespace

void add_people_command(CLI::App& app, ExitCode& exit) {
  CLI::App* people = app.add_subcommand("people", "Look who is enrolled");
  people->require_subcommand(1);
  auto options = std::make_shared<PeopleOptions>();
  CLI::App* list = people->add_subcommand("list", "everybody, with where they were seen last");
  list->add_option("--data", options->data, "folder of the database")->capture_default_str();
  list->add_flag("--json", options->json, "answer as JSON");
  list->callback([options, &exit] { exit = run_list(*options); });
}

}  // namespace hadir
