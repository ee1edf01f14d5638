#include <format>

#include "store/sql/repositories.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto presence_columns = "person_id, status, last_seen, camera_id, changed_at";
Result<Presence> presence_in(const Query& row) {
  const auto status = presence_status_from(row.text(1));
  if (!status) return fail(ErrorKind::corrupted, "presence of person " + row.text(0) + " has a status nobody knows");
  return Presence{.person = PersonId(row.text(0)),
                  .status = *status,
                  .last_seen = row.instant(2),
                  .camera = CameraId(row.text(3)),
                  .changed_at = row.instant(4)};
}

PresenceEdge edge_in(const Query& row) {
  return {.person = PersonId(row.text(0)),
          .kind = row.text(1) == to_text(EdgeKind::enter) ? EdgeKind::enter : EdgeKind::exit,
          .at = row.instant(2),
          .camera = CameraId(row.text(3))};
}

std::optional<AttendanceMark> mark_in(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return AttendanceMark{.at = row.instant(column),
                        .camera = CameraId(row.text(column + 1)),
                        .confidence = row.real(column + 2),
                        .sighting = SightingId(row.text(column + 3)),
                        .picture = row.text(column + 4),
                        .source = row.text(column + 5)};
}

Result<AttendanceDay> day_in(const Query& row) {
  const auto day = parse_day(row.text(1));
  const auto status = attendance_status_from(row.text(14));
  const auto entry = entry_type_from(row.text(15));
  if (!day || !status || !entry) return unreadable("attendance on " + row.text(1) + " of person", row.text(0));
  return AttendanceDay{.person = PersonId(row.text(0)),
                       .day = *day,
                       .first_in = mark_in(row, 2),
                       .last_out = mark_in(row, 8),
                       .status = *status,
                       .entry_type = *entry,
                       .remarks = row.text(16),
                       .approved_by = row.text(17),
                       .approved_at = row.instant_if(18),
                       .created_at = row.instant(19),
                       .updated_at = row.instant(20)};
}

}  // namespace

Result<std::optional<Presence>> Attendance::presence(const PersonId& person) const {
  return first(connections_, select_from("presence", presence_columns, "WHERE person_id = ?"), presence_in, person);
}

Result<std::vector<Presence>> Attendance::all_presence() const {
  return list(connections_, select_from("presence", presence_columns, "ORDER BY person_id"), presence_in);
}

Status Attendance::put_presence(const Presence& presence) {
  return run(connections_, put_into("presence", presence_columns, "person_id"), presence.person,
             to_text(presence.status), presence.last_seen, presence.camera, presence.changed_at);
}

Status Attendance::remove_presence(const PersonId& person) {
  return run(connections_, "DELETE FROM presence WHERE person_id = ?", person);
}

Status Attendance::add_edge(const PresenceEdge& edge) {
  return run_bound(connections_,
                   insert_into("presence_edges", edge_columns) + " ON CONFLICT (person_id, at, kind) DO NOTHING",
                   [&](Query& query) { bind_row(query, edge); });
}

Status Attendance::remove_edge(const PresenceEdge& edge) {
  return run(connections_, "DELETE FROM presence_edges WHERE person_id = ? AND at = ? AND kind = ?", edge.person,
             edge.at, to_text(edge.kind));
}

Result<std::vector<PresenceEdge>> Attendance::edges(Instant from, Instant to) const {
  return list(connections_, select_from("presence_edges", edge_columns, "WHERE at >= ? AND at < ? ORDER BY at, id"),
              edge_in, from, to);
}

Result<std::vector<PresenceEdge>> Attendance::edges_of(const PersonId& person, Instant from, Instant to) const {
  return list(connections_,
              select_from("presence_edges", edge_columns, "WHERE person_id = ? AND at >= ? AND at < ? ORDER BY at, id"),
              edge_in, person, from, to);
}

Result<std::int64_t> Attendance::remove_edges(std::optional<Instant> from, std::optional<Instant> to) {
  return remove_between(connections_, "presence_edges", "at", from, to);
}

Result<std::optional<AttendanceDay>> Attendance::day(const PersonId& person, LocalDay day) const {
  return first(connections_, select_from("attendances", day_columns, "WHERE person_id = ? AND day = ?"), day_in, person,
               day);
}

Result<std::vector<AttendanceDay>> Attendance::days(LocalDay from, LocalDay to) const {
  return list(connections_,
              select_from("attendances", day_columns, "WHERE day >= ? AND day <= ? ORDER BY day, person_id"), day_in,
              from, to);
}

Result<std::vector<AttendanceDay>> Attendance::days_of(const PersonId& person, LocalDay from, LocalDay to) const {
  return list(connections_,
              select_from("attendances", day_columns, "WHERE person_id = ? AND day >= ? AND day <= ? ORDER BY day"),
              day_in, person, from, to);
}

Result<Page<AttendanceDay>> Attendance::find_days(const DayFilter& filter, const Paging& paging) const {
  Conditions conditions;
  conditions.add_if("person_id = ?", filter.person).add("day >= ?", filter.from).add("day <= ?", filter.to);
  // Said in the statement itself, so that databases know that the index of days to review will do.
  if (filter.status) conditions.add(std::format("status = '{}'", to_text(*filter.status)));
  return page_of(connections_, "attendances", day_columns, conditions, "day DESC, person_id DESC", paging, day_in);
}

Status Attendance::put_day(const AttendanceDay& day) {
  return run_bound(connections_, put_into("attendances", day_columns, "person_id, day"),
                   [&](Query& query) { bind_row(query, day); });
}

Status Attendance::remove_day(const PersonId& person, LocalDay day) {
  return run(connections_, "DELETE FROM attendances WHERE person_id = ? AND day = ?", person, day);
}

}  // namespace hadir::sql
