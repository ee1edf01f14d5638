#pragma once
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/facts/fact_rules.hpp"
#include "core/attendance/schedule.hpp"
#include "core/attendance/violation.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// Who changes the schedule, and when.
struct ScheduleChange {
  Instant now{};
  std::string by;       ///< user name
  std::string remarks;  ///< may be empty
  /// From when it holds; empty: at once. Never in the past: what was judged is not judged again.
  std::optional<Instant> valid_from;
};

/// The hours of a schedule.
struct ScheduleHours {
  HoursOfDay work_hours;
  std::optional<HoursOfDay> lunch_break;
  Weekdays working_days;
  std::chrono::minutes grace{15};
};

/// The schedule that holds, and what it means at a moment.
struct ScheduleNow {
  ScheduleVersion version;
  ScheduleState state;
};

/// The site's schedule: shows and changes it. Each change adds a version, a notification and a new tracking_mode.json,
/// and tells whoever judges. Safe from any thread; changes run one after the other. Errors are the database's, and
/// `invalid_input` that names the field.
class ScheduleDesk {
 public:
  /// Called after each change, outside any transaction, with the notification that tells of it.
  using Changed = std::function<Status(const Notification&)>;
  ScheduleDesk(Database& database, std::filesystem::path tracking_mode, FactRules rules, Changed changed);

  Result<ScheduleNow> at(Instant now) const;
  /// All of them, those to come too, by `valid_from`.
  Result<std::vector<ScheduleVersion>> versions() const;

  /// What goes into the same transaction as a change: who made it.
  using Also = std::function<Status(const ScheduleVersion&)>;
  /// `tracking`: whether people are tracked while the mode is MANUAL.
  Result<ScheduleVersion> set_mode(ScheduleMode mode, bool tracking, const ScheduleChange& change, const Also& also);
  /// Until a moment after `valid_from`, or until it is taken back.
  Result<ScheduleVersion> pause(std::optional<Instant> until, const ScheduleChange& change, const Also& also);
  Result<ScheduleVersion> resume(const ScheduleChange& change, const Also& also);
  Result<ScheduleVersion> save(const ScheduleHours& hours, const ScheduleChange& change, const Also& also);

 private:
  using Edit = std::function<void(ScheduleVersion&)>;
  Result<ScheduleVersion> put(const Edit& edit, const std::string& message, const ScheduleChange& change,
                              const Also& also);

  Database& database_;
  const std::filesystem::path file_;
  const FactRules rules_;
  const Changed changed_;
  std::mutex changing_;
};

}  // namespace hadir
