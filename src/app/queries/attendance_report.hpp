#pragma once
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/queries/attendance_list.hpp"

namespace hadir {

struct AttendanceQuery {
  LocalDay from{};
  LocalDay to{};  ///< inclusive
  std::optional<PersonId> person;
  std::optional<std::string> department;
  std::set<AttendanceStatus> statuses{};             ///< of the rows wanted; empty: all
  std::function<bool(const Person&)> may_be_told{};  ///< empty: of everybody
};

struct AttendanceReport {
  Page<AttendanceRow> page;                ///< the rows wanted, and how many there are
  std::map<AttendanceStatus, int> counts;  ///< whatever status is wanted
};

/// As `attendance_list`, for several days and some of the people: by day, then name, then code. `invalid_input` naming
/// the field ("to: …") for a day after today, and for `to` before `from`.
Result<AttendanceReport> attendance_report(Database& database, const AttendanceQuery& query, const Paging& paging,
                                           const SiteDay& site, Instant now);

/// Goes through the rows of such a report in order; `recorded` as in AttendanceRow. The same errors.
using VisitAttendance = std::function<void(const Person& person, const AttendanceDay& day, bool recorded)>;
Status visit_attendance(Database& database, const AttendanceQuery& query, const SiteDay& site, Instant now,
                        const VisitAttendance& visit);

/// The moments of the site's working days from..to: at >= from, at < to.
std::pair<Instant, Instant> moments_of(const SiteDay& site, LocalDay from, LocalDay to);

}  // namespace hadir
