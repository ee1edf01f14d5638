#pragma once
#include <optional>
#include <vector>

#include "core/attendance/attendance_exception.hpp"
#include "core/attendance/attendance_rule.hpp"
#include "core/attendance/camera_outage.hpp"
#include "core/attendance/schedule.hpp"
#include "core/attendance/shift.hpp"
#include "core/attendance/site_policy.hpp"
#include "core/error.hpp"

namespace hadir {

/// What attendance is judged by. Versions are added and listed, never changed: `conflict` for one that is there. All
/// lists are ordered by `valid_from`. Errors as those of the other repositories.
class RuleRepository {
 public:
  virtual ~RuleRepository() = default;
  virtual Status add(const SitePolicy& policy) = 0;
  virtual Result<std::vector<SitePolicy>> policies() const = 0;
  virtual Status add(const ScheduleVersion& schedule) = 0;
  virtual Result<std::vector<ScheduleVersion>> schedules() const = 0;
  virtual Status add(const Shift& shift) = 0;
  virtual Result<std::vector<Shift>> shifts() const = 0;
  virtual Status add(const ShiftAssignment& assignment) = 0;
  virtual Result<std::vector<ShiftAssignment>> assignments() const = 0;
  virtual Status add(const AttendanceRule& rule) = 0;
  virtual Result<std::vector<AttendanceRule>> rules() const = 0;

  /// Adds or replaces by id (an approval, a withdrawal).
  virtual Status put(const AttendanceException& exception) = 0;
  /// By day, then id; withdrawn ones too.
  virtual Result<std::vector<AttendanceException>> exceptions() const = 0;
  /// Adds or replaces by (camera, from).
  virtual Status put(const CameraOutage& outage) = 0;
  /// Those with a moment in [from, to), by `from`; of all time without bounds.
  virtual Result<std::vector<CameraOutage>> outages(std::optional<Instant> from, std::optional<Instant> to) const = 0;
  /// The camera's latest by `from`.
  virtual Result<std::optional<CameraOutage>> latest_outage(const CameraId& camera) const = 0;
};

}  // namespace hadir
