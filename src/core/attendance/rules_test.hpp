#pragma once
#include <string>

#include "core/attendance/rulebook.hpp"

namespace hadir {

/// "2026-01-05 08:00" or with seconds, on the wall clock of a zone; of two such moments the first.
inline Instant local(const char* text, const char* zone = "Asia/Jakarta") {
  const std::string all(text);
  const auto day = parse_day(all.substr(0, 10)).value();
  const auto time = time_of_day_from(all.substr(11, 5)).value();
  const auto seconds = std::chrono::seconds(all.size() > 16 ? std::stoi(all.substr(17)) : 0);
  return SiteCalendar{.zone = std::chrono::locate_zone(zone)}.at(day, time) + seconds;
}

/// A site that works Monday to Friday, 08:00 to 17:00, lunch from 12:00 to 13:00, 15 minutes of grace. 2026-01-05 is a
/// Monday.
inline Rulebook::Contents office(const char* zone = "Asia/Jakarta") {
  Rulebook::Contents contents;
  contents.policies.emplace_back();
  contents.policies.back().time_zone = zone;
  contents.schedules.emplace_back();
  contents.schedules.back().id = ScheduleId("first");
  contents.schedules.back().valid_from = local("2025-12-01 00:00", zone);
  return contents;
}

inline JudgedPerson ana() {
  return {.id = PersonId("p1"), .department = "plant", .expected = true, .known_since = local("2025-12-01 00:00")};
}

inline Shift shift_of(const char* hours, const char* from = "2025-12-01 00:00", const char* zone = "Asia/Jakarta") {
  Shift shift;
  shift.id = ShiftId("s1");
  shift.name = "Shift";
  shift.valid_from = local(from, zone);
  shift.hours = hours_from(hours).value();
  return shift;
}

inline ShiftAssignment assigned(const char* from = "2025-12-01 00:00") {
  ShiftAssignment assignment;
  assignment.person = PersonId("p1");
  assignment.shift = ShiftId("s1");
  assignment.valid_from = local(from);
  return assignment;
}

}  // namespace hadir
