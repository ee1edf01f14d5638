#pragma once
#include <string>
#include <unordered_map>
#include <vector>

#include "core/attendance/violation.hpp"
#include "core/records.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// How replay's files show people and times.
struct ReplayNames {
  const std::unordered_map<PersonId, std::string>& people;
  const std::chrono::time_zone& zone;
};

/// sightings.jsonl: an object a line with id, time, pts_ms, camera, track, person (or null), confidence, similarity,
/// liveness (or null), box [x, y, width, height].
std::string sightings_text(const std::vector<Sighting>& sightings, const ReplayNames& names);
/// attendance.json: an array of days with date, person, first_in, last_out (each with time, camera, confidence, picture
/// or null), duration_minutes, status, entry_type.
std::string attendance_text(const std::vector<AttendanceDay>& days, const ReplayNames& names);
/// alerts.json: an array of absences in tracked time with type, person, camera, left_at (when the absence became one),
/// resolved_at (null when they did not come back), last_seen, and schedule as it was then: work_hours, lunch_break,
/// mode, tracking_active.
std::string alerts_text(const std::vector<Violation>& alerts, const ReplayNames& names);

}  // namespace hadir
