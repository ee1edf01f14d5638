#include "store/sql/record_repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto policy_columns =
    "valid_from, time_zone, day_starts_at_min, present_timeout_ms, alert_threshold_ms, alert_min_interval_ms, "
    "first_in_overwrite, auto_attendance, auto_check_in, auto_check_out, manual_review, duplicate_window_min";
constexpr auto schedule_columns =
    "id, valid_from, work_hours, lunch_break, working_days, grace_min, mode, manual_tracking, paused, pause_until, "
    "changed_by, remarks, created_at";
constexpr auto shift_columns =
    "id, valid_from, name, hours, lunch_break, working_days, expected_duration_min, grace_min, is_active, "
    "organisation, created_at, updated_at";
constexpr auto assignment_columns = "id, person_id, department, session_id, valid_from, created_at";
constexpr auto rule_columns =
    "id, valid_from, name, department, working_days, hours, min_presence_percentage, auto_check_in, auto_check_out, "
    "manual_review, duplicate_window_min, is_active, created_at, updated_at";
constexpr auto exception_columns =
    "id, person_id, day, type, reason, requires_approval, approved, approved_by, approved_at, withdrawn_at, "
    "created_at";
constexpr auto outage_columns = "camera_id, from_at, until_at";

std::optional<std::string> text_of(const std::optional<HoursOfDay>& hours) {
  return hours ? std::optional(to_text(*hours)) : std::nullopt;
}
std::optional<std::string> text_of(const std::optional<Weekdays>& days) {
  return days ? std::optional(to_text(*days)) : std::nullopt;
}

/// Reads an optional text; false when there is one that does not read.
template <class Value, class Parse>
bool read_if(const Query& row, int column, std::optional<Value>& value, Parse parse) {
  const auto text = row.text_if(column);
  value = text ? parse(*text) : std::nullopt;
  return !text || value.has_value();
}

void bind(Query& query, const ConfidenceBands& bands) {
  query.bind(bands.auto_check_in).bind(bands.auto_check_out).bind(bands.manual_review).bind(bands.duplicate_window);
}

ConfidenceBands bands_in(const Query& row, int column) {
  return {.auto_check_in = row.precise(column),
          .auto_check_out = row.precise(column + 1),
          .manual_review = row.precise(column + 2),
          .duplicate_window = row.minutes(column + 3)};
}

SitePolicy policy_in(const Query& row) {
  return {.valid_from = row.instant(0),
          .time_zone = row.text(1),
          .day_starts_at = row.minutes(2),
          .present_timeout = row.millis(3),
          .alert_threshold = row.millis(4),
          .alert_min_interval = row.millis(5),
          .first_in_overwrite = row.boolean(6),
          .auto_attendance = row.boolean(7),
          .bands = bands_in(row, 8)};
}

Result<ScheduleVersion> schedule_in(const Query& row) {
  const auto hours = hours_from(row.text(2));
  const auto days = weekdays_from(row.text(4));
  const auto mode = schedule_mode_from(row.text(6));
  std::optional<HoursOfDay> lunch;
  if (!hours || !days || !mode || !read_if(row, 3, lunch, hours_from)) return unreadable("schedule", row.text(0));
  return ScheduleVersion{.id = ScheduleId(row.text(0)),
                         .valid_from = row.instant(1),
                         .work_hours = *hours,
                         .lunch_break = lunch,
                         .working_days = *days,
                         .grace = row.minutes(5),
                         .mode = *mode,
                         .manual_tracking = row.boolean(7),
                         .paused = row.boolean(8),
                         .pause_until = row.instant_if(9),
                         .changed_by = row.text(10),
                         .remarks = row.text(11),
                         .created_at = row.instant(12)};
}

Result<Shift> shift_in(const Query& row) {
  const auto hours = hours_from(row.text(3));
  std::optional<HoursOfDay> lunch;
  std::optional<Weekdays> days;
  if (!hours || !read_if(row, 4, lunch, hours_from) || !read_if(row, 5, days, weekdays_from))
    return unreadable("shift", row.text(0));
  return Shift{.id = ShiftId(row.text(0)),
               .valid_from = row.instant(1),
               .name = row.text(2),
               .hours = *hours,
               .lunch_break = lunch,
               .working_days = days,
               .expected_duration = row.minutes(6),
               .grace = row.minutes(7),
               .is_active = row.boolean(8),
               .organisation = row.text(9),
               .created_at = row.instant(10),
               .updated_at = row.instant(11)};
}

ShiftAssignment assignment_in(const Query& row) {
  return {.id = ShiftAssignmentId(row.text(0)),
          .person = row.id_if<PersonId>(1),
          .department = row.text(2),
          .shift = row.id_if<ShiftId>(3),
          .valid_from = row.instant(4),
          .created_at = row.instant(5)};
}

Result<AttendanceRule> rule_in(const Query& row) {
  const auto days = weekdays_from(row.text(4));
  std::optional<HoursOfDay> hours;
  if (!days || !read_if(row, 5, hours, hours_from)) return unreadable("attendance rule", row.text(0));
  return AttendanceRule{.id = AttendanceRuleId(row.text(0)),
                        .valid_from = row.instant(1),
                        .name = row.text(2),
                        .department = row.text(3),
                        .working_days = *days,
                        .hours = hours,
                        .min_presence_percentage = row.precise(6),
                        .bands = bands_in(row, 7),
                        .is_active = row.boolean(11),
                        .created_at = row.instant(12),
                        .updated_at = row.instant(13)};
}

Result<AttendanceException> exception_in(const Query& row) {
  const auto day = parse_day(row.text(2));
  const auto type = exception_type_from(row.text(3));
  if (!day || !type) return unreadable("attendance exception", row.text(0));
  return AttendanceException{.id = AttendanceExceptionId(row.text(0)),
                             .person = row.id_if<PersonId>(1),
                             .day = *day,
                             .type = *type,
                             .reason = row.text(4),
                             .requires_approval = row.boolean(5),
                             .approved = row.boolean(6),
                             .approved_by = row.text(7),
                             .approved_at = row.instant_if(8),
                             .withdrawn_at = row.instant_if(9),
                             .created_at = row.instant(10)};
}

CameraOutage outage_in(const Query& row) {
  return {.camera = CameraId(row.text(0)), .from = row.instant(1), .until = row.instant_if(2)};
}

}  // namespace

Status Rules::add(const SitePolicy& policy) {
  return run_bound(connections_, insert_into("site_policies", policy_columns), [&](Query& query) {
    query.bind(policy.valid_from).bind(policy.time_zone).bind(policy.day_starts_at).bind(policy.present_timeout);
    query.bind(policy.alert_threshold).bind(policy.alert_min_interval).bind(policy.first_in_overwrite);
    bind(query.bind(policy.auto_attendance), policy.bands);
  });
}

Result<std::vector<SitePolicy>> Rules::policies() const {
  return list(connections_, select_from("site_policies", policy_columns, "ORDER BY valid_from"), policy_in);
}

Status Rules::add(const ScheduleVersion& schedule) {
  return run_bound(connections_, insert_into("schedules", schedule_columns), [&](Query& query) {
    query.bind(schedule.id).bind(schedule.valid_from).bind(to_text(schedule.work_hours));
    query.bind(text_of(schedule.lunch_break)).bind(to_text(schedule.working_days)).bind(schedule.grace);
    query.bind(to_text(schedule.mode)).bind(schedule.manual_tracking).bind(schedule.paused);
    query.bind(schedule.pause_until).bind(schedule.changed_by).bind(schedule.remarks).bind(schedule.created_at);
  });
}

Result<std::vector<ScheduleVersion>> Rules::schedules() const {
  return list(connections_, select_from("schedules", schedule_columns, "ORDER BY valid_from"), schedule_in);
}

Status Rules::add(const Shift& shift) {
  return run_bound(connections_, insert_into("attendance_sessions", shift_columns), [&](Query& query) {
    query.bind(shift.id).bind(shift.valid_from).bind(shift.name).bind(to_text(shift.hours));
    query.bind(text_of(shift.lunch_break)).bind(text_of(shift.working_days)).bind(shift.expected_duration);
    query.bind(shift.grace).bind(shift.is_active).bind(shift.organisation);
    query.bind(shift.created_at).bind(shift.updated_at);
  });
}

Result<std::vector<Shift>> Rules::shifts() const {
  return list(connections_, select_from("attendance_sessions", shift_columns, "ORDER BY valid_from, id"), shift_in);
}

Status Rules::add(const ShiftAssignment& assignment) {
  return run(connections_, insert_into("shift_assignments", assignment_columns), assignment.id, assignment.person,
             assignment.department, assignment.shift, assignment.valid_from, assignment.created_at);
}

Result<std::vector<ShiftAssignment>> Rules::assignments() const {
  return list(connections_, select_from("shift_assignments", assignment_columns, "ORDER BY valid_from, id"),
              assignment_in);
}

Status Rules::add(const AttendanceRule& rule) {
  return run_bound(connections_, insert_into("attendance_rules", rule_columns), [&](Query& query) {
    query.bind(rule.id).bind(rule.valid_from).bind(rule.name).bind(rule.department).bind(to_text(rule.working_days));
    query.bind(text_of(rule.hours)).bind(rule.min_presence_percentage);
    bind(query, rule.bands);
    query.bind(rule.is_active).bind(rule.created_at).bind(rule.updated_at);
  });
}

Result<std::vector<AttendanceRule>> Rules::rules() const {
  return list(connections_, select_from("attendance_rules", rule_columns, "ORDER BY valid_from, id"), rule_in);
}

Status Rules::put(const AttendanceException& exception) {
  return run(connections_, put_into("attendance_exceptions", exception_columns, "id"), exception.id, exception.person,
             exception.day, to_text(exception.type), exception.reason, exception.requires_approval, exception.approved,
             exception.approved_by, exception.approved_at, exception.withdrawn_at, exception.created_at);
}

Result<std::vector<AttendanceException>> Rules::exceptions() const {
  return list(connections_, select_from("attendance_exceptions", exception_columns, "ORDER BY day, id"), exception_in);
}

Status Rules::put(const CameraOutage& outage) {
  return run(connections_, put_into("camera_outages", outage_columns, "camera_id, from_at"), outage.camera, outage.from,
             outage.until);
}

Result<std::optional<CameraOutage>> Rules::latest_outage(const CameraId& camera) const {
  return first(
      connections_,
      select_from("camera_outages", outage_columns, "WHERE camera_id = ? ORDER BY camera_id, from_at DESC LIMIT 1"),
      outage_in, camera);
}

Result<std::vector<CameraOutage>> Rules::outages(std::optional<Instant> from, std::optional<Instant> to) const {
  Conditions conditions;
  conditions.add_if("from_at < ?", to).add_if("(until_at IS NULL OR until_at > ?)", from);
  return connections_.read([&](Connection& connection) {
    auto query = connection.query(select_from("camera_outages", outage_columns, conditions.where()) +
                                  " ORDER BY from_at, camera_id");
    conditions.bind(query);
    return rows_of(query, outage_in);
  });
}

}  // namespace hadir::sql
