#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/error.hpp"
#include "core/ports/repositories.hpp"
#include "core/records.hpp"
#include "core/time.hpp"

namespace hadir {

/// The site's idea of a day, needed to say which day an instant belongs to.
struct SiteDay {
  const std::chrono::time_zone* zone = nullptr;
  std::chrono::minutes starts_at{0};
  LocalDay of(Instant at) const { return work_day_of(at, *zone, starts_at); }
};

struct AttendanceRow {
  Person person;
  AttendanceDay day;      ///< status absent and no marks when nothing is recorded
  bool recorded = false;  ///< false: made up for a person of whom nothing is recorded that day
};

/// One row for each person recorded on that day and each active person who was already known on it, by name, then code.
/// `invalid_input` for a day after today; else what the repositories answer.
Result<std::vector<AttendanceRow>> attendance_list(Database& database, LocalDay day, const SiteDay& site, Instant now);

struct PresenceRow {
  Person person;
  std::optional<Presence> presence;  ///< nothing when the person was never seen
};

/// All people who are not archived with where they were seen last, by name, then code.
Result<std::vector<PresenceRow>> presence_list(Database& database);

/// How many tracks nobody enrolled belongs to were seen in [from, to).
Result<std::size_t> unknown_tracks(Database& database, Instant from, Instant to);

}  // namespace hadir
