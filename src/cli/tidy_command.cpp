#include "cli/tidy_command.hpp"

#include <memory>
#include <print>

#include "app/housekeeping/housekeeping.hpp"
#include "server/data_folder.hpp"
#include "server/database_choice.hpp"
#include "server/system_clock.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct TidyOptions {
  std::string data = "data";
  std::string config_dir = ".";
  bool dry_run = false;
  bool compact = false;
  bool json = false;
};

struct Tidied {
  HousekeepingReport report;
  std::vector<Finding> findings;
  DatabaseSpace space;
  std::string database;
  bool is_well() const { return report.problems.empty() && findings.empty(); }
};

/// A server may hold the spool: only look whether there is anything in it.
bool facts_wait_in(const fs::path& spool) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(spool, error))
    if (entry.path().extension() == ".jsonl" && entry.path().stem() != "set-aside" && entry.file_size(error) > 0)
      return true;
  return false;
}

Result<Tidied> tidy(const TidyOptions& options) {
  const auto configuration = load_configuration(options.config_dir, process_environment());
  if (!configuration) return std::unexpected(configuration.error());
  const auto rules = HousekeepingRules::from(configuration->settings.site);
  if (!rules) return std::unexpected(rules.error());
  const auto choice = DatabaseChoice::from(options.data, process_environment());
  if (!choice) return std::unexpected(choice.error());
  if (!choice->postgres && !fs::exists(choice->file))
    return fail(ErrorKind::not_found, choice->file.string() + ": there is no database");
  const auto data = DataFolder::open(options.data);
  if (!data) return std::unexpected(data.error());
  const auto upkeep = choice->upkeep();
  Tidied tidied;
  tidied.database = upkeep->describe();
  auto report =
      keep_house(*data->database, *data->pictures, *data->pictures, *rules, SystemClock().now(),
                 {.dry_run = options.dry_run, .facts_waiting = facts_wait_in(fs::path(options.data) / "spool")});
  if (!report) return std::unexpected(report.error());
  tidied.report = std::move(*report);
  if (!options.dry_run)
    if (auto done = options.compact ? upkeep->compact() : upkeep->analyse(); !done)
      return std::unexpected(done.error());
  auto findings = upkeep->check();
  if (!findings) return std::unexpected(findings.error());
  tidied.findings = std::move(*findings);
  const auto space = upkeep->space();
  if (!space) return std::unexpected(space.error());
  tidied.space = *space;
  return tidied;
}

void print_text(const Tidied& tidied, const TidyOptions& options) {
  for (const auto& one : tidied.report.swept)
    std::println("{:<20} {:>10} {}{}", one.what, one.count, options.dry_run ? "would be removed" : "removed",
                 one.bytes > 0 ? std::format(", {:.1f} MiB", static_cast<double>(one.bytes) / (1 << 20)) : "");
  for (const auto& problem : tidied.report.problems) std::println("could not be removed: {}", problem);
  for (const auto& finding : tidied.findings) std::println("{:<20} {}", finding.subject, finding.text);
  const auto mib = [](std::int64_t bytes) { return static_cast<double>(bytes) / (1 << 20); };
  std::println("{}: {:.1f} MiB, {:.1f} MiB of it free{}", tidied.database, mib(tidied.space.bytes),
               mib(tidied.space.free),
               tidied.space.free * 4 > tidied.space.bytes && !options.compact ? "; --compact gives them back" : "");
}

void print_as_json(const Tidied& tidied, const TidyOptions& options) {
  Json removed = Json::array();
  for (const auto& one : tidied.report.swept)
    removed.push_back({{"what", one.what}, {"count", one.count}, {"bytes", one.bytes}});
  Json findings = Json::array();
  for (const auto& finding : tidied.findings)
    findings.push_back({{"subject", finding.subject}, {"finding", finding.text}});
  print_json({{"database", tidied.database},
              {"dry_run", options.dry_run},
              {"removed", std::move(removed)},
              {"problems", tidied.report.problems},
              {"findings", std::move(findings)},
              {"bytes", tidied.space.bytes},
              {"free_bytes", tidied.space.free},
              {"compacted", options.compact && !options.dry_run}});
}

ExitCode run(const TidyOptions& options) {
  const auto tidied = tidy(options);
  if (!tidied) return exit_code(tidied.error());
  if (options.json)
    print_as_json(*tidied, options);
  else
    print_text(*tidied, options);
  return tidied->is_well() ? 0 : 1;
}

}  // namespace

void add_tidy_command(CLI::App& db, ExitCode& exit) {
  auto options = std::make_shared<TidyOptions>();
  CLI::App* command = db.add_subcommand(
      "tidy", "remove what is older than the configuration keeps, and check; the server does it every night");
  command->add_flag("--dry-run", options->dry_run, "only count what would be removed");
  command->add_flag("--compact", options->compact,
                    "also give free room back to the disk; SQLite keeps a server from writing meanwhile");
  command->add_option("--data", options->data, "data folder")->capture_default_str();
  command->add_option("--config-dir", options->config_dir, "folder with config/")->capture_default_str();
  command->add_flag("--json", options->json, "answer as JSON");
  command->callback([options, &exit] { exit = run(*options); });
}

}  // namespace hadir
