#include "cli/recompute_command.hpp"

#include <memory>
#include <print>

#include "app/facts/recomputation.hpp"
#include "cli/records_access.hpp"
#include "server/system_clock.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct RecomputeOptions {
  std::string from;
  std::string to;
  std::string config_dir = ".";
  std::string data = "data";
  bool apply = false;
  bool json = false;
};

Json json_of(const std::vector<RecordDifference>& differences) {
  Json list = Json::array();
  for (const auto& one : differences)
    list.push_back({{"person_id", one.person.str()},
                    {"name", one.name},
                    {"date", format_day(one.day)},
                    {"record", one.record},
                    {"kept", one.kept.empty() ? Json(nullptr) : Json(one.kept)},
                    {"computed", one.computed.empty() ? Json(nullptr) : Json(one.computed)}});
  return list;
}

void print_text(const Recomputation& made, bool applied) {
  for (const auto& one : made.differences)
    std::print("{} {}, {}\n  kept:     {}\n  computed: {}\n", format_day(one.day), one.name, one.record,
               one.kept.empty() ? "-" : one.kept, one.computed.empty() ? "-" : one.computed);
  for (const auto& one : made.without_journal)
    std::println("{} {}, {}: left as it is, its journal is no longer there", format_day(one.day), one.name, one.record);
  std::println("{} differences in {} sightings of {} people{}", made.differences.size(), made.sightings, made.people,
               made.differences.empty() ? ""
               : applied                ? ", put right"
                                        : "; --apply puts them right");
}

Status run(const RecomputeOptions& options) {
  const auto from = parse_day(options.from);
  if (!from) return std::unexpected(from.error());
  const auto to = parse_day(options.to.empty() ? options.from : options.to);
  if (!to) return std::unexpected(to.error());
  const auto records = RecordsAccess::open(options.data, options.config_dir);
  if (!records) return std::unexpected(records.error());
  const auto made =
      recompute_records(*records->data.database, records->rules, *from, *to, SystemClock().now(), options.apply);
  if (!made) return std::unexpected(made.error());
  if (!options.json) {
    print_text(*made, options.apply);
    return {};
  }
  print_json({{"from", format_day(*from)},
              {"to", format_day(*to)},
              {"people", made->people},
              {"sightings", made->sightings},
              {"differences", json_of(made->differences)},
              {"without_journal", json_of(made->without_journal)},
              {"applied", options.apply}});
  return {};
}

}  // namespace

void add_recompute_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<RecomputeOptions>();
  CLI::App* command =
      app.add_subcommand("recompute", "Compare presence, attendance and alerts with what the journal and rules make");
  command->add_option("--from", options->from, "first working day, YYYY-MM-DD")->required();
  command->add_option("--to", options->to, "last working day; the first when not given");
  command->add_flag("--apply", options->apply, "put the differences right; not while a server runs on this database");
  command->add_option("--config-dir", options->config_dir, "folder with config/")->capture_default_str();
  command->add_option("--data", options->data, "folder of the database")->capture_default_str();
  command->add_flag("--json", options->json, "answer as JSON");
  command->callback([options, &exit] { exit = exit_code(run(*options)); });
}

}  // namespace hadir
