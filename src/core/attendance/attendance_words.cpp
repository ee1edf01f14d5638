#include <array>
#include <utility>

#include "core/attendance/attendance_exception.hpp"
#include "core/attendance/schedule.hpp"
#include "core/attendance/violation.hpp"
#include "core/words.hpp"

namespace hadir {
namespace {

constexpr Words<ScheduleMode, 2> modes{{{ScheduleMode::automatic, "AUTO"}, {ScheduleMode::manual, "MANUAL"}}};
constexpr Words<ExceptionType, 3> exceptions{{{ExceptionType::holiday, "holiday"},
                                              {ExceptionType::leave, "leave"},
                                              {ExceptionType::special_event, "special_event"}}};
constexpr Words<NotificationType, 4> notifications{{{NotificationType::employee_lost, "EMPLOYEE_LOST"},
                                                    {NotificationType::camera_down, "CAMERA_DOWN"},
                                                    {NotificationType::camera_up, "CAMERA_UP"},
                                                    {NotificationType::schedule_changed, "SCHEDULE_CHANGED"}}};

}  // namespace

const char* to_text(ScheduleMode value) {
  return word_of(modes, value);
}
const char* to_text(ExceptionType value) {
  return word_of(exceptions, value);
}
const char* to_text(NotificationType value) {
  return word_of(notifications, value);
}
std::optional<ScheduleMode> schedule_mode_from(std::string_view text) {
  return value_of(modes, text);
}
std::optional<ExceptionType> exception_type_from(std::string_view text) {
  return value_of(exceptions, text);
}
std::optional<NotificationType> notification_type_from(std::string_view text) {
  return value_of(notifications, text);
}

}  // namespace hadir
