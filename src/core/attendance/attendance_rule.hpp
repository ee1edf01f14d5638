#pragma once
#include <optional>
#include <string>

#include "core/attendance/hours.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using AttendanceRuleId = Id<struct AttendanceRuleTag>;  ///< UUIDv7, the same for all versions of a rule

/// How sure a sighting must be to make attendance. Confidences in 0..1.
///
/// Two figures act one after the other and are not the same: the recognition threshold (similarity, from gallery size
/// and target FPIR) decides who somebody is, and makes the sighting; the bands below decide what a sighting may do by
/// itself. A pack whose calibration gives nearly 1 to everything above its recognition threshold puts nearly every
/// sighting into the first band; see docs/adr/0010-judgements.md.
struct ConfidenceBands {
  double auto_check_in = 0.7;                ///< from here on a first in is marked without anybody's help
  double auto_check_out = 0.7;               ///< from here on a last out is
  double manual_review = 0.6;                ///< from here on a person is asked; below, a sighting makes no attendance
  std::chrono::minutes duplicate_window{5};  ///< the same finding again within it is not told again
  friend bool operator==(const ConfidenceBands&, const ConfidenceBands&) = default;
};

/// A policy for everybody or for a department from a moment on. Versions as those of a Shift.
struct AttendanceRule {
  AttendanceRuleId id;
  Instant valid_from{};
  std::string name;        ///< "Standard working hours"; not empty
  std::string department;  ///< empty: everybody
  Weekdays working_days{};
  std::optional<HoursOfDay> hours;     ///< empty: the schedule's
  double min_presence_percentage = 0;  ///< 0..100 of the expected duration; a closed day below it goes to review
  ConfidenceBands bands;
  bool is_active = true;
  Instant created_at{};
  Instant updated_at{};
  friend bool operator==(const AttendanceRule&, const AttendanceRule&) = default;
};

}  // namespace hadir
