#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/attendance/hours.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using ScheduleId = Id<struct ScheduleTag>;  ///< UUIDv7, one a version

enum class ScheduleMode {
  automatic = 1,  ///< "AUTO": hours, lunch and working days decide when people are tracked
  manual          ///< "MANUAL": the operator decides, whatever the hours
};
const char* to_text(ScheduleMode);
std::optional<ScheduleMode> schedule_mode_from(std::string_view text);

/// The site's schedule from a moment on, until the next version. Saving hours, switching the mode, pausing and resuming
/// each add a version; none is ever changed or removed, so that every moment keeps the version it was judged by.
struct ScheduleVersion {
  ScheduleId id;
  Instant valid_from{};  ///< unique
  HoursOfDay work_hours{.start = std::chrono::hours(8), .end = std::chrono::hours(17)};
  std::optional<HoursOfDay> lunch_break = HoursOfDay{.start = std::chrono::hours(12), .end = std::chrono::hours(13)};
  Weekdays working_days{};         ///< Monday to Friday; the day on which the hours begin counts
  std::chrono::minutes grace{15};  ///< so much after the start is not yet late, so much before the end not yet early
  ScheduleMode mode = ScheduleMode::automatic;
  bool manual_tracking = true;         ///< in MANUAL mode: whether people are tracked
  bool paused = false;                 ///< from `valid_from` on
  std::optional<Instant> pause_until;  ///< the pause ends by itself; empty: when a later version ends it
  std::string changed_by;              ///< user name, or empty: the program
  std::string remarks;
  Instant created_at{};
  friend bool operator==(const ScheduleVersion&, const ScheduleVersion&) = default;
};

/// The schedule at a moment, as shown and as kept with an alert.
struct ScheduleState {
  ScheduleId version;       ///< empty: no schedule was in force
  std::string work_hours;   ///< "08:00-17:00": those that held for the person or site then; empty without a schedule
  std::string lunch_break;  ///< "12:00-13:00"; empty: none
  ScheduleMode mode = ScheduleMode::automatic;
  bool tracking_active = false;  ///< whether an absence was looked for at that moment
  bool in_work_hours = false;    ///< on a working day and within the hours
  bool in_lunch_break = false;
  bool paused = false;
  friend bool operator==(const ScheduleState&, const ScheduleState&) = default;
};

}  // namespace hadir
