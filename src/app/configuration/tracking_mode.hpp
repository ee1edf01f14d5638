#pragma once
#include <filesystem>
#include <optional>

#include "core/attendance/schedule.hpp"
#include "core/error.hpp"

namespace hadir {

/// config/tracking_mode.json: the schedule in force, for people and other programs to read, and to carry from one
/// machine to another. Keys: mode ("AUTO" or "MANUAL"), manual_tracking, paused, pause_until (ISO 8601 or null),
/// work_hours ("08:00-17:00"), lunch_break (the same or null), working_days (numbers, 0 is Monday), grace_minutes.
/// A missing key has its default. The database has the versions and their history; the file has no times of its own.

/// The file's schedule, without id and `valid_from`; nothing when there is no file. `invalid_input` names the file, the
/// key and what is allowed.
Result<std::optional<ScheduleVersion>> read_tracking_mode(const std::filesystem::path& file);

/// Replaces the file as a whole (a new file, synchronised and renamed): a reader never sees half of one.
/// `unavailable` names the file.
Status write_tracking_mode(const std::filesystem::path& file, const ScheduleVersion& schedule);

/// Whether two versions say the same, whenever and by whomever.
bool same_schedule(const ScheduleVersion& a, const ScheduleVersion& b);

}  // namespace hadir
