#pragma once
#include <string>

#include "core/attendance/attendance_rule.hpp"
#include "core/time.hpp"

namespace hadir {

/// The settings judgements depend on, from a moment on: a start of the server with other settings adds a version, so
/// that what was judged before can be recomputed as it was. `valid_from` is unique; versions are never changed.
struct SitePolicy {
  Instant valid_from{};
  std::string time_zone;                  ///< IANA name, never empty
  std::chrono::minutes day_starts_at{0};  ///< cut-off of the working day, 0..1439
  Millis present_timeout{60'000};         ///< unseen for longer is UNAVAILABLE
  Millis alert_threshold{60'000};         ///< away for longer in tracked time is a violation
  Millis alert_min_interval{60'000};      ///< between violations of one person
  bool first_in_overwrite = false;        ///< see DayRules
  bool auto_attendance = true;            ///< false: sightings make presence, but no attendance
  ConfidenceBands bands;                  ///< where no attendance rule says otherwise
  friend bool operator==(const SitePolicy&, const SitePolicy&) = default;
};

}  // namespace hadir
