#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/attendance/site_calendar.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

enum class ResetLogs { events = 1, alert_logs, both };
std::optional<ResetLogs> reset_logs_from(std::string_view text);  ///< "events", "alert_logs", "both"

/// Which logs go: of whole working days of the site, both inclusive; everything on a side without a day.
struct LogReset {
  ResetLogs logs = ResetLogs::both;
  std::optional<LocalDay> from;
  std::optional<LocalDay> to;
};

struct LogCounts {
  std::int64_t events = 0;
  std::int64_t alert_logs = 0;
};

/// What `reset_logs` would remove now. `invalid_input` when `to` is before `from`.
Result<LogCounts> count_logs(Database& database, const SiteCalendar& site, const LogReset& reset);
/// Removes them, a batch at a time. What is gone is remembered as gone: neither the server nor `hadir recompute` makes
/// it anew from the journal. Attendance and the journal stay.
Result<LogCounts> reset_logs(Database& database, const SiteCalendar& site, const LogReset& reset, Instant now,
                             int batch = 500);

}  // namespace hadir
