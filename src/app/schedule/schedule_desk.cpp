#include "app/schedule/schedule_desk.hpp"

#include <format>

#include "app/facts/site_schedule.hpp"
#include "core/uuid.hpp"

namespace hadir {

ScheduleDesk::ScheduleDesk(Database& database, std::filesystem::path tracking_mode, FactRules rules, Changed changed)
    : database_(database), file_(std::move(tracking_mode)), rules_(std::move(rules)), changed_(std::move(changed)) {}

Result<ScheduleNow> ScheduleDesk::at(Instant now) const {
  const auto rules = known_hours(database_, rules_);
  if (!rules) return std::unexpected(rules.error());
  const ScheduleVersion* version = rules->schedule_at(now);
  if (version == nullptr) return fail(ErrorKind::not_found, "there is no schedule yet");
  return ScheduleNow{*version, rules->state_at(now)};
}

Result<std::vector<ScheduleVersion>> ScheduleDesk::versions() const {
  return database_.rules().schedules();
}

Result<ScheduleVersion> ScheduleDesk::put(const Edit& edit, const std::string& message, const ScheduleChange& change,
                                          const Also& also) {
  const std::scoped_lock one_at_a_time(changing_);
  ScheduleVersion saved;
  const Notification notification{.id = NotificationId(RandomUuidSource().next(change.now)),
                                  .type = NotificationType::schedule_changed,
                                  .person = {},
                                  .camera = {},
                                  .alert = {},
                                  .message = std::format("{} ({})", message, change.by),
                                  .created_at = change.now,
                                  .is_read = false};
  const auto done = database_.in_transaction([&]() -> Status {
    const auto known = database_.rules().schedules();
    if (!known) return std::unexpected(known.error());
    ScheduleVersion version;
    // The one it follows: also one that somebody saved in this very millisecond.
    const Instant from = earliest_valid_from<ScheduleVersion>(*known, change.valid_from.value_or(change.now));
    if (const auto* present = in_force<ScheduleVersion>(*known, from)) version = *present;
    version.valid_from = change.valid_from.value_or(Instant{});
    version.changed_by = change.by;
    version.remarks = change.remarks;
    edit(version);
    auto added = add_schedule(database_, std::move(version), change.now);
    if (!added) return std::unexpected(added.error());
    saved = std::move(*added);
    if (auto noted = also(saved); !noted) return noted;
    if (auto told = database_.alerts().add(notification); !told) return told;
    return write_if_in_force(file_, saved, change.now);  // last: it cannot be taken back
  });
  if (!done) return std::unexpected(done.error());
  if (auto told = changed_(notification); !told) return std::unexpected(told.error());
  return saved;
}

Result<ScheduleVersion> ScheduleDesk::set_mode(ScheduleMode mode, bool tracking, const ScheduleChange& change,
                                               const Also& also) {
  const char* message = mode == ScheduleMode::automatic ? "The schedule decides again when people are tracked"
                        : tracking                      ? "People are tracked whatever the hours, until it is changed"
                                                        : "Nobody is tracked, until it is changed";
  return put(
      [&](ScheduleVersion& version) {
        version.mode = mode;
        version.manual_tracking = tracking;
      },
      message, change, also);
}

Result<ScheduleVersion> ScheduleDesk::pause(std::optional<Instant> until, const ScheduleChange& change,
                                            const Also& also) {
  if (until && *until <= change.valid_from.value_or(change.now))
    return fail(ErrorKind::invalid_input, "until: must be a time to come");
  const std::string end = until ? std::format("until {:%Y-%m-%d %H:%M}", std::chrono::zoned_time(rules_.site, *until))
                                : "until it is resumed";
  return put(
      [&](ScheduleVersion& version) {
        version.paused = true;
        version.pause_until = until;
      },
      "Tracking is paused " + end, change, also);
}

Result<ScheduleVersion> ScheduleDesk::resume(const ScheduleChange& change, const Also& also) {
  return put(
      [](ScheduleVersion& version) {
        version.paused = false;
        version.pause_until.reset();
      },
      "Tracking goes on", change, also);
}

Result<ScheduleVersion> ScheduleDesk::save(const ScheduleHours& hours, const ScheduleChange& change, const Also& also) {
  if (hours.working_days.days.none())
    return fail(ErrorKind::invalid_input, "working_days: at least one day must be a working day");
  return put(
      [&](ScheduleVersion& version) {
        version.work_hours = hours.work_hours;
        version.lunch_break = hours.lunch_break;
        version.working_days = hours.working_days;
        version.grace = hours.grace;
      },
      std::format("Work hours are {}", to_text(hours.work_hours)), change, also);
}

}  // namespace hadir
