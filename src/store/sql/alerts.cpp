#include "store/sql/record_repositories.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto notification_columns = "id, type, person_id, camera_id, alert_id, message, created_at, is_read";

Result<Violation> violation_in(const Query& row) {
  const auto day = parse_day(row.text(2));
  const auto mode = schedule_mode_from(row.text(10));
  if (!day || !mode) return unreadable("alert", row.text(0));
  return Violation{.id = AlertId(row.text(0)),
                   .person = PersonId(row.text(1)),
                   .day = *day,
                   .camera = CameraId(row.text(3)),
                   .last_seen = row.instant(4),
                   .opened_at = row.instant(5),
                   .resolved_at = row.instant_if(6),
                   .schedule = {.version = ScheduleId(row.text(7)),
                                .work_hours = row.text(8),
                                .lunch_break = row.text(9),
                                .mode = *mode,
                                .tracking_active = row.boolean(11),
                                .in_work_hours = row.boolean(12),
                                .in_lunch_break = row.boolean(13),
                                .paused = row.boolean(14)}};
}

Result<Notification> notification_in(const Query& row) {
  const auto type = notification_type_from(row.text(1));
  if (!type) return unreadable("notification", row.text(0));
  return Notification{.id = NotificationId(row.text(0)),
                      .type = *type,
                      .person = row.id_if<PersonId>(2),
                      .camera = row.id_if<CameraId>(3),
                      .alert = row.id_if<AlertId>(4),
                      .message = row.text(5),
                      .created_at = row.instant(6),
                      .is_read = row.boolean(7)};
}

}  // namespace

Status Alerts::put(const Violation& violation) {
  return run_bound(connections_, put_into("alert_logs", violation_columns, "id"),
                   [&](Query& query) { bind_row(query, violation); });
}

Status Alerts::remove(const AlertId& id) {
  return run_on_one(connections_, "no alert " + id.str(), "DELETE FROM alert_logs WHERE id = ?", id);
}

Result<std::optional<Violation>> Alerts::violation(const AlertId& id) const {
  return first(connections_, select_from("alert_logs", violation_columns, "WHERE id = ?"), violation_in, id);
}

Result<std::vector<Violation>> Alerts::of_day(const PersonId& person, LocalDay day) const {
  return list(connections_,
              select_from("alert_logs", violation_columns, "WHERE person_id = ? AND day = ? ORDER BY opened_at"),
              violation_in, person, day);
}

Result<std::vector<Violation>> Alerts::unresolved(const PersonId& person) const {
  return list(
      connections_,
      select_from("alert_logs", violation_columns, "WHERE person_id = ? AND resolved_at IS NULL ORDER BY opened_at"),
      violation_in, person);
}

Result<Page<Violation>> Alerts::find(const ViolationFilter& filter, const Paging& paging) const {
  Conditions conditions;
  conditions.add_if("opened_at >= ?", filter.from)
      .add_if("opened_at < ?", filter.to)
      .add_if("person_id = ?", filter.person);
  if (filter.unresolved_only) conditions.add("resolved_at IS NULL");
  return page_of(connections_, "alert_logs", violation_columns, conditions, "opened_at DESC, id DESC", paging,
                 violation_in);
}

Result<std::int64_t> Alerts::remove_opened(std::optional<Instant> from, std::optional<Instant> to) {
  return remove_between(connections_, "alert_logs", "opened_at", from, to);
}

Status Alerts::add(const Notification& notification) {
  return run(connections_, insert_into("notifications", notification_columns), notification.id,
             to_text(notification.type), notification.person, notification.camera, notification.alert,
             notification.message, notification.created_at, notification.is_read);
}

Result<Page<Notification>> Alerts::notifications(bool unread_only, const Paging& paging) const {
  Conditions conditions;
  if (unread_only) conditions.add("is_read = FALSE");
  return page_of(connections_, "notifications", notification_columns, conditions, "created_at DESC, id DESC", paging,
                 notification_in);
}

Status Alerts::mark_read(const NotificationId& id) {
  return run_on_one(connections_, "no notification " + id.str(), "UPDATE notifications SET is_read = TRUE WHERE id = ?",
                    id);
}

Result<std::int64_t> Alerts::mark_all_read() {
  return change(connections_, "UPDATE notifications SET is_read = TRUE WHERE is_read = FALSE");
}

Result<std::int64_t> Alerts::remove_notifications_before(Instant at) {
  return remove_between(connections_, "notifications", "created_at", std::nullopt, at);
}

}  // namespace hadir::sql
