#pragma once
#include <optional>
#include <string>

#include "core/attendance/hours.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using ShiftId = Id<struct ShiftTag>;                      ///< UUIDv7, the same for all versions of a shift
using ShiftAssignmentId = Id<struct ShiftAssignmentTag>;  ///< UUIDv7

/// A shift (attendance session) from a moment on. An edit adds a version of the same id with a later `valid_from`; a
/// removed shift is a version that is not active. (id, valid_from) is unique; versions are never changed.
struct Shift {
  ShiftId id;
  Instant valid_from{};
  std::string name;  ///< "Morning"; not empty
  HoursOfDay hours;
  std::optional<HoursOfDay> lunch_break;      ///< empty: the schedule's
  std::optional<Weekdays> working_days;       ///< empty: the schedule's
  std::chrono::minutes expected_duration{0};  ///< 0: the length of the hours
  std::chrono::minutes grace{0};              ///< as in ScheduleVersion
  bool is_active = true;
  std::string organisation;
  Instant created_at{};
  Instant updated_at{};
  friend bool operator==(const Shift&, const Shift&) = default;
};

/// Who works a shift from a moment on: one person, or everybody of a department. Of several that hold, the person's own
/// goes before the department's and the later `valid_from` before the earlier. Never changed or removed: one without a
/// shift ends those before it.
struct ShiftAssignment {
  ShiftAssignmentId id;
  std::optional<PersonId> person;  ///< empty: the department
  std::string department;          ///< empty when `person` is given
  std::optional<ShiftId> shift;    ///< empty: no shift from then on
  Instant valid_from{};
  Instant created_at{};
  friend bool operator==(const ShiftAssignment&, const ShiftAssignment&) = default;
};

}  // namespace hadir
