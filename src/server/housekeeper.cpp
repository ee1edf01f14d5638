#include "server/housekeeper.hpp"

#include <condition_variable>
#include <format>

namespace hadir {

Housekeeper::Housekeeper(Parts parts, HousekeepingRules rules, const Clock& clock, std::chrono::milliseconds look_every)
    : parts_(std::move(parts)),
      rules_(rules),
      clock_(clock),
      look_every_(look_every),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Housekeeper::run(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  auto kept_for = rules_.calendar.day_of(clock_.now());
  std::optional<Instant> again;
  if (!keep(stop, false)) again = clock_.now() + retry;
  while (!wake.wait_for(lock, stop, look_every_, [&] { return stop.stop_requested(); })) {
    const auto now = clock_.now();
    const auto today = rules_.calendar.day_of(now);
    // A clock that stepped back begins no day.
    const bool is_new_day = today > kept_for;
    if (!is_new_day && !(again && now >= *again)) continue;
    kept_for = std::max(kept_for, today);
    again.reset();
    if (!keep(stop, is_new_day)) again = now + retry;
  }
}

bool Housekeeper::keep(const std::stop_token& stop, bool is_new_day) {
  const HousekeepingOptions options{.dry_run = false, .facts_waiting = parts_.facts_waiting(), .stop = stop};
  const auto report = keep_house(parts_.database, parts_.pictures, parts_.archive, rules_, clock_.now(), options);
  if (!report) {
    parts_.tell(false, "housekeeping: " + report.error().message);
    note(report.error().message);
    return false;
  }
  parts_.tell(report->problems.empty(), "housekeeping: " + text_of(*report, false));
  std::string trouble = report->problems.empty() ? "" : report->problems.front();
  if (is_new_day && !stop.stop_requested())
    if (auto found = check(); !found.empty()) trouble = found;
  note(trouble);
  const std::scoped_lock lock(mutex_);
  ++rounds_;
  return true;
}

/// Statistics follow what was removed and added; then what contradicts itself, in a sentence.
std::string Housekeeper::check() {
  if (const auto done = parts_.upkeep->analyse(); !done) parts_.tell(false, "statistics: " + done.error().message);
  const auto findings = parts_.upkeep->check();
  if (!findings) {
    parts_.tell(false, "check of the database: " + findings.error().message);
    return findings.error().message;
  }
  for (const auto& finding : *findings)
    parts_.tell(false, std::format("check of the database: {} {}", finding.subject, finding.text));
  if (findings->empty()) return "";
  return std::format("{} findings in the database, the first: {} {} (hadir db check)", findings->size(),
                     findings->front().subject, findings->front().text);
}

void Housekeeper::note(const std::string& trouble) {
  const std::scoped_lock lock(mutex_);
  trouble_ = trouble;
}

HealthItem Housekeeper::health() const {
  const std::scoped_lock lock(mutex_);
  return {.part = "housekeeping", .ok = trouble_.empty(), .reason = trouble_};
}

int Housekeeper::rounds() const {
  const std::scoped_lock lock(mutex_);
  return rounds_;
}

}  // namespace hadir
