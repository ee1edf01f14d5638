#include "app/housekeeping/housekeeping.hpp"

#include <algorithm>
#include <condition_variable>
#include <format>
#include <mutex>

#include "app/facts/fact_rules.hpp"
#include "app/housekeeping/picture_sweep.hpp"

namespace hadir {
namespace {

using std::chrono::days;

/// Waits, unless asked to stop.
void rest(const std::stop_token& stop, Millis pause) {
  if (pause <= Millis{0}) return;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, pause, [] { return false; });
}

/// Rows of one kind before a moment.
class RowSweep {
 public:
  RowSweep(Retention& retention, const HousekeepingOptions& options, HousekeepingReport& report)
      : retention_(retention), options_(options), report_(report) {}

  Status before(const char* what, KeptRows rows, Instant moment) {
    const RemovedSpan span{.from = std::nullopt, .to = moment};
    Swept swept{.what = what};
    auto done = options_.dry_run ? count(rows, span, swept) : remove(rows, span, swept);
    report_.swept.push_back(std::move(swept));
    return done;
  }

 private:
  Status count(KeptRows rows, const RemovedSpan& span, Swept& swept) {
    const auto counted = retention_.count(rows, span);
    if (!counted) return std::unexpected(counted.error());
    swept.count = *counted;
    return {};
  }

  Status remove(KeptRows rows, const RemovedSpan& span, Swept& swept) {
    const bool can_be_made_anew = rows == KeptRows::presence_edges;
    if (can_be_made_anew)
      if (auto noted = retention_.note_removed(rows, span); !noted) return noted;
    while (!options_.stop.stop_requested()) {
      const auto removed = retention_.remove(rows, span, options_.batch);
      if (!removed) return std::unexpected(removed.error());
      swept.count += *removed;
      if (*removed < options_.batch) return {};
      rest(options_.stop, options_.pause);
    }
    return {};
  }

  Retention& retention_;
  const HousekeepingOptions& options_;
  HousekeepingReport& report_;
};

}  // namespace

Result<HousekeepingRules> HousekeepingRules::from(const SiteSettings& settings) {
  const auto facts = FactRules::from(settings);
  if (!facts) return std::unexpected(facts.error());
  HousekeepingRules rules;
  rules.calendar = {.zone = facts->site, .day_starts_at = settings.day_starts_at};
  rules.events_days = settings.events_retention_days;
  rules.sightings_days = settings.sightings_retention_days;
  rules.captures_days = settings.attendance_captures_retention_days;
  rules.unknown_faces_days = settings.unknown_faces_retention_days;
  rules.notifications_days = settings.notifications_retention_days;
  return rules;
}

std::int64_t HousekeepingReport::count_of(std::string_view what) const {
  const auto found = std::ranges::find(swept, what, &Swept::what);
  return found == swept.end() ? 0 : found->count;
}

std::string text_of(const HousekeepingReport& report, bool dry_run) {
  std::string text;
  for (const auto& one : report.swept) {
    if (one.count == 0) continue;
    text += std::format("{}{} {}", text.empty() ? "" : ", ", one.count, one.what);
    if (one.bytes > 0) text += std::format(" ({:.1f} MiB)", static_cast<double>(one.bytes) / (1 << 20));
  }
  if (text.empty())
    text = "nothing to remove";
  else
    text += dry_run ? " would be removed" : " removed";
  if (!report.problems.empty())
    text += std::format("; {} could not be: {}", report.problems.size(), report.problems.front());
  if (report.stopped) text += "; not finished";
  return text;
}

Result<HousekeepingReport> keep_house(Database& database, PictureStore& pictures, PictureArchive& archive,
                                      const HousekeepingRules& rules, Instant now, const HousekeepingOptions& options) {
  HousekeepingReport report;
  const auto today = rules.calendar.day_of(now);
  const auto begin = [&](int days_before) { return rules.calendar.begin_of(today - days(days_before)); };
  RowSweep rows(database.retention(), options, report);
  PictureSweep files(database, pictures, archive, rules, now, options, report);
  Status done = rows.before("events", KeptRows::presence_edges, begin(rules.events_days - 1));
  if (done) done = rows.before("sightings", KeptRows::sightings, begin(rules.sightings_days));
  if (done) done = rows.before("notifications", KeptRows::notifications, begin(rules.notifications_days));
  if (done) done = rows.before("messages", KeptRows::outbox, begin(rules.notifications_days));
  if (done) done = files.attendance_captures();
  if (done) done = files.unknown_faces();
  if (done) done = files.orphans();
  if (!done) return std::unexpected(done.error());
  files.temporary_files();
  report.stopped = options.stop.stop_requested();
  return report;
}

}  // namespace hadir
