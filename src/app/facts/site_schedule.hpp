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

/// Saves a schedule as a new version, and the file. One without a `valid_from` holds from now on; `invalid_input` for
/// one in the past: what was judged is not judged again. The version as it was saved. Tell the recorder afterwards
/// (FactRecorder::rules_changed).
Result<ScheduleVersion> save_schedule(Database& database, const std::filesystem::path& file, ScheduleVersion schedule,
                                      Instant now);

}  // namespace hadir
