#include "app/facts/site_schedule.hpp"

#include <algorithm>
#include <format>
#include <span>

#include "app/configuration/tracking_mode.hpp"
#include "app/facts/fact_rules.hpp"
#include "core/uuid.hpp"

namespace hadir {

Result<ScheduleVersion> add_schedule(Database& database, ScheduleVersion schedule, Instant now) {
  const auto known = database.rules().schedules();
  if (!known) return std::unexpected(known.error());
  const std::span<const ScheduleVersion> versions(*known);
  if (schedule.valid_from == Instant{}) {
    schedule.valid_from = earliest_valid_from(versions, now);
  } else if (schedule.valid_from < now) {
    return fail(ErrorKind::invalid_input,
                std::format("valid_from: {} is past; what was judged by then is not judged again",
                            format_utc(schedule.valid_from)));
  }
  schedule.id = ScheduleId(RandomUuidSource().next(now));
  schedule.created_at = now;
  if (auto added = database.rules().add(schedule); !added) return std::unexpected(added.error());
  return schedule;
}

Status write_if_in_force(const std::filesystem::path& file, const ScheduleVersion& schedule, Instant now) {
  return schedule.valid_from > now + std::chrono::seconds(1) ? Status{} : write_tracking_mode(file, schedule);
}

Result<ScheduleVersion> save_schedule(Database& database, const std::filesystem::path& file, ScheduleVersion schedule,
                                      Instant now) {
  auto added = add_schedule(database, std::move(schedule), now);
  if (!added) return added;
  if (auto written = write_if_in_force(file, *added, now); !written) return std::unexpected(written.error());
  return added;
}

Status adopt_tracking_mode(Database& database, const std::filesystem::path& file, Instant now) {
  auto from_file = read_tracking_mode(file);
  if (!from_file) return std::unexpected(from_file.error());
  auto known = database.rules().schedules();
  if (!known) return std::unexpected(known.error());
  if (*from_file) {
    const auto* present = in_force<ScheduleVersion>(*known, now);
    if (present != nullptr && same_schedule(*present, **from_file)) return {};
    (*from_file)->remarks = file.filename().string();
    auto saved = save_schedule(database, file, std::move(**from_file), now);
    return saved ? Status{} : std::unexpected(saved.error());
  }
  if (auto added = add_first_schedule(database, now); !added) return added;
  known = database.rules().schedules();
  if (!known) return std::unexpected(known.error());
  const auto* present = in_force<ScheduleVersion>(*known, now);
  return present == nullptr ? Status{} : write_tracking_mode(file, *present);
}

}  // namespace hadir
