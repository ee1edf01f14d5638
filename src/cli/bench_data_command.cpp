#include "cli/bench_data_command.hpp"

#include <memory>
#include <print>

#include "server/data_folder.hpp"
#include "server/database_choice.hpp"
#include "server/year_of_data.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct DataOptions {
  YearOptions year;
  std::string data;
  int repeats = 200;
  bool json = false;
};

ExitCode run_fill(const DataOptions& options) {
  const auto choice = DatabaseChoice::from(options.data, process_environment());
  if (!choice) return exit_code(choice.error());
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const auto report = fill_year(*data->database, *choice->upkeep(), options.year);
  if (!report) return exit_code(report.error());
  if (options.json)
    print_json({{"database", choice->describe()},
                {"people", report->people},
                {"days", report->days},
                {"sightings", report->sightings},
                {"edges", report->edges},
                {"alerts", report->alerts}});
  else
    std::println("{}: {} people, {} days, {} sightings, {} edges, {} alerts", choice->describe(), report->people,
                 report->days, report->sightings, report->edges, report->alerts);
  return 0;
}

ExitCode run_queries(const DataOptions& options) {
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const auto times = time_queries(*data->database, options.year, options.repeats);
  if (!times) return exit_code(times.error());
  Json list = Json::array();
  for (const auto& one : *times) {
    list.push_back({{"query", one.name},
                    {"p50_ms", one.p50_ms},
                    {"p95_ms", one.p95_ms},
                    {"max_ms", one.max_ms},
                    {"rows", one.rows}});
    if (!options.json)
      std::println("{:<36} p50 {:8.3f} ms  p95 {:8.3f} ms  max {:8.3f} ms  {:6} rows", one.name, one.p50_ms, one.p95_ms,
                   one.max_ms, one.rows);
  }
  if (options.json) print_json({{"database", data->database->describe()}, {"queries", std::move(list)}});
  return 0;
}

ExitCode run_start(const DataOptions& options) {
  const auto data = DataFolder::open(options.data);
  if (!data) return exit_code(data.error());
  const auto times = time_starts(*data->database, options.year);
  if (!times) return exit_code(times.error());
  Json list = Json::array();
  for (const auto& one : *times) {
    list.push_back({{"wall_ms", one.wall_ms}, {"cpu_ms", one.cpu_ms}, {"days_changed", one.days}});
    if (!options.json)
      std::println("judging the last days again: {:.0f} ms, {:.0f} ms of CPU, {} days changed", one.wall_ms, one.cpu_ms,
                   one.days);
  }
  if (options.json) print_json({{"database", data->database->describe()}, {"starts", std::move(list)}});
  return 0;
}

}  // namespace

void add_bench_data_commands(CLI::App& bench, ExitCode& exit) {
  auto options = std::make_shared<DataOptions>();
  const auto add = [&](const char* name, const char* what, ExitCode (*run)(const DataOptions&)) {
    CLI::App* command = bench.add_subcommand(name, what);
    command->add_option("--data", options->data, "data folder; a folder of its own, not the one in use")->required();
    command->add_option("--people", options->year.people, "how many people")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command->add_option("--days", options->year.days, "calendar days up to 2025-12-31")
        ->check(CLI::Range(1, 3650))
        ->capture_default_str();
    command->add_flag("--json", options->json, "one JSON object");
    command->callback([options, &exit, run] { exit = run(*options); });
    return command;
  };
  add("fill", "Fill a database with a year of made-up attendance", run_fill)
      ->add_option("--sightings", options->year.sightings_per_day, "of a person on a working day")
      ->check(CLI::Range(2, 10'000))
      ->capture_default_str();
  add("start", "Time what a start judges again, on a filled database, which it changes", run_start);
  add("queries", "Time the queries of pages and reports on a filled database", run_queries)
      ->add_option("--repeats", options->repeats, "how often each is asked")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

}  // namespace hadir
