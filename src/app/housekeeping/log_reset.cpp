#include "app/housekeeping/log_reset.hpp"

#include <algorithm>
#include <format>

namespace hadir {
namespace {

Result<RemovedSpan> span_of(const SiteCalendar& site, const LogReset& reset) {
  if (reset.from && reset.to && *reset.to < *reset.from)
    return fail(ErrorKind::invalid_input, std::format("the last day, {}, is before the first, {}",
                                                      format_day(*reset.to), format_day(*reset.from)));
  RemovedSpan span;
  if (reset.from) span.from = site.begin_of(*reset.from);
  if (reset.to) span.to = site.end_of(*reset.to);
  return span;
}

/// What is still to come today is not gone.
Status note(Retention& retention, KeptRows rows, RemovedSpan span, Instant now) {
  const auto until = now + Millis{1};
  span.to = std::min(span.to.value_or(until), until);
  if (span.from && *span.from >= *span.to) return {};
  return retention.note_removed(rows, span);
}

Result<std::int64_t> remove_all(Retention& retention, KeptRows rows, const RemovedSpan& span, Instant now, int batch) {
  if (auto noted = note(retention, rows, span, now); !noted) return std::unexpected(noted.error());
  std::int64_t all = 0;
  for (;;) {
    const auto removed = retention.remove(rows, span, batch);
    if (!removed) return removed;
    all += *removed;
    if (*removed < batch) return all;
  }
}

template <class Work>
Result<LogCounts> of_each(const SiteCalendar& site, const LogReset& reset, Work&& work) {
  const auto span = span_of(site, reset);
  if (!span) return std::unexpected(span.error());
  LogCounts counts;
  if (reset.logs != ResetLogs::alert_logs) {
    const auto events = work(KeptRows::presence_edges, *span);
    if (!events) return std::unexpected(events.error());
    counts.events = *events;
  }
  if (reset.logs != ResetLogs::events) {
    const auto alerts = work(KeptRows::alert_logs, *span);
    if (!alerts) return std::unexpected(alerts.error());
    counts.alert_logs = *alerts;
  }
  return counts;
}

}  // namespace

std::optional<ResetLogs> reset_logs_from(std::string_view text) {
  if (text == "events") return ResetLogs::events;
  if (text == "alert_logs") return ResetLogs::alert_logs;
  if (text == "both") return ResetLogs::both;
  return std::nullopt;
}

Result<LogCounts> count_logs(Database& database, const SiteCalendar& site, const LogReset& reset) {
  return of_each(site, reset,
                 [&](KeptRows rows, const RemovedSpan& span) { return database.retention().count(rows, span); });
}

Result<LogCounts> reset_logs(Database& database, const SiteCalendar& site, const LogReset& reset, Instant now,
                             int batch) {
  return of_each(site, reset, [&](KeptRows rows, const RemovedSpan& span) {
    return remove_all(database.retention(), rows, span, now, batch);
  });
}

}  // namespace hadir
