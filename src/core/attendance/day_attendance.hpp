#pragma once
#include <functional>
#include <optional>
#include <span>

#include "core/attendance/attendance_rule.hpp"
#include "core/records.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// How a working day's first in and last out are found.
struct DayRules {
  /// False: the first in is the earliest sighting, once and for all. True: its time stays, while a surer sighting
  /// within `first_in_window` of it replaces picture, camera and confidence.
  bool first_in_overwrite = false;
  Millis first_in_window{60'000};
  /// How sure sightings must be. Those that mark by themselves go before those that need a review, whatever their
  /// times; the latter are taken only where there are none of the former, and show by their confidence.
  ConfidenceBands bands{.auto_check_in = 0, .auto_check_out = 0, .manual_review = 0};
  /// Where the bands change within the day: those in force at a moment. Else empty, and `bands` hold all day.
  std::function<ConfidenceBands(Instant)> bands_at{};
};

/// First in and last out of one person and working day from all sightings of that day, in any order, repeated or not:
/// earliest and latest by (time, id) of those that count; one moment alone gives a first in and no last out. Nothing
/// when no sighting counts. The pictures of the marks are empty; the status is PRESENT (see day_status.hpp).
std::optional<AttendanceDay> attendance_of(const PersonId& person, LocalDay day, std::span<const Sighting> sightings,
                                           const DayRules& rules);

/// What one more sighting makes of a day.
enum class DayVerdict {
  unchanged = 1,
  changed,
  recount  ///< what was counted before counts differently now: use `attendance_of` on the journal
};
struct DayStep {
  AttendanceDay day;
  DayVerdict verdict = DayVerdict::unchanged;
  bool first_in_changed = false;
  bool last_out_changed = false;
};

/// Adds a sighting of that person and day; with `recount` answered where needed, any order of sightings ends in what
/// `attendance_of` says of all of them. A MANUAL day is never changed; a SYSTEM one (an absence noted by a job) becomes
/// AUTO. The pictures of marks that change are empty.
DayStep add_sighting(const std::optional<AttendanceDay>& before, LocalDay day, const Sighting& sighting,
                     const DayRules& rules);

}  // namespace hadir
