#pragma once
#include <filesystem>
#include <string>

#include "core/attendance/schedule.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// At the start: brings the database's schedules and config/tracking_mode.json together. A file that says something
/// else than the schedule in force becomes a version from now on; without a file it is written, and a database without
/// any schedule gets the usual one. `invalid_input` for a file that cannot be understood.
Status adopt_tracking_mode(Database& database, const std::filesystem::path& file, Instant now);

/// Adds a schedule as a new version to the database. One without a `valid_from` holds from now on; `invalid_input` for
/// one in the past: what was judged is not judged again. The version as it was added. Tell the recorder afterwards
/// (FactRecorder::rules_changed).
Result<ScheduleVersion> add_schedule(Database& database, ScheduleVersion schedule, Instant now);

/// The same, and the file, which says what holds now: a version to come is not in it.
Result<ScheduleVersion> save_schedule(Database& database, const std::filesystem::path& file, ScheduleVersion schedule,
                                      Instant now);
/// Writes a version into the file, unless it is one to come.
Status write_if_in_force(const std::filesystem::path& file, const ScheduleVersion& schedule, Instant now);

}  // namespace hadir
