#pragma once
#include <vector>

#include "app/facts/fact_rules.hpp"
#include "app/queries/attendance_report.hpp"

namespace hadir {

/// How many people were there in a stretch of a day.
struct PresenceSlot {
  Instant from{};
  Instant to{};
  int present = 0;  ///< between first in and last out, by their attendance
  int seen = 0;     ///< before a camera at some moment of it
};

/// The working day `query.from` in slots of so many minutes, those to come left out. Errors as of `attendance_report`.
Result<std::vector<PresenceSlot>> presence_over_day(Database& database, const AttendanceQuery& query,
                                                    std::chrono::minutes slot, const SiteDay& site, Instant now);

/// A day in numbers.
struct DayFigures {
  LocalDay day{};
  std::map<AttendanceStatus, int> counts;
  std::chrono::minutes late{0};  ///< of all who are LATE, after the start of their hours
};

/// Of each day of the query. Errors as of `attendance_report`.
Result<std::vector<DayFigures>> figures_by_day(Database& database, const FactRules& settings,
                                               const AttendanceQuery& query, const SiteDay& site, Instant now);

}  // namespace hadir
