#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/attendance/schedule.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using AlertId = Id<struct AlertTag>;                ///< made from person and moment, so that a recount finds it again
using NotificationId = Id<struct NotificationTag>;  ///< UUIDv7

/// An alert of the log (alert_logs): somebody who was here left, or was away for longer than the threshold, in tracked
/// time. Its id and (person, opened_at) are unique. A late sighting can show that nobody was away: then it is removed.
struct Violation {
  AlertId id;
  PersonId person;
  LocalDay day{};                      ///< the person's working day it belongs to
  CameraId camera;                     ///< where they were seen last
  Instant last_seen{};                 ///< when
  Instant opened_at{};                 ///< when the absence became one
  std::optional<Instant> resolved_at;  ///< when they were seen again, on whatever day
  ScheduleState schedule;              ///< at `opened_at`
  friend bool operator==(const Violation&, const Violation&) = default;
};

enum class NotificationType { employee_lost = 1, camera_down, camera_up, schedule_changed };
const char* to_text(NotificationType);  ///< "EMPLOYEE_LOST", "CAMERA_DOWN", "CAMERA_UP", "SCHEDULE_CHANGED"
std::optional<NotificationType> notification_type_from(std::string_view text);

/// A line for the bell of the dashboard and for messages.
struct Notification {
  NotificationId id;
  NotificationType type = NotificationType::employee_lost;
  std::optional<PersonId> person;
  std::optional<CameraId> camera;
  std::optional<AlertId> alert;
  std::string message;
  Instant created_at{};
  bool is_read = false;
  friend bool operator==(const Notification&, const Notification&) = default;
};

}  // namespace hadir
