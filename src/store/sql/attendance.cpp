#include "store/sql/repositories.hpp"

namespace hadir::sql {
namespace {

#define HADIR_PRESENCE_COLUMNS "SELECT person_id, status, last_seen, camera_id, changed_at FROM presence "
constexpr const char* presence_of_person = HADIR_PRESENCE_COLUMNS "WHERE person_id = ?";
constexpr const char* presence_of_all = HADIR_PRESENCE_COLUMNS "ORDER BY person_id";
#undef HADIR_PRESENCE_COLUMNS
constexpr const char* put_presence_row =
    "INSERT INTO presence (person_id, status, last_seen, camera_id, changed_at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (person_id) DO UPDATE SET status = excluded.status, last_seen = excluded.last_seen,"
    " camera_id = excluded.camera_id, changed_at = excluded.changed_at";
#define HADIR_DAY_COLUMNS                                                                                        \
  "person_id, day, first_in_at, first_in_camera, first_in_confidence, first_in_sighting, first_in_picture, "     \
  "last_out_at, last_out_camera, last_out_confidence, last_out_sighting, last_out_picture, status, entry_type, " \
  "remarks"
constexpr const char* day_of_person = "SELECT " HADIR_DAY_COLUMNS " FROM attendances WHERE person_id = ? AND day = ?";
constexpr const char* days_between =
    "SELECT " HADIR_DAY_COLUMNS " FROM attendances WHERE day >= ? AND day <= ? ORDER BY day, person_id";
constexpr const char* put_day_row =
    "INSERT INTO attendances (" HADIR_DAY_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (person_id, day) DO UPDATE SET first_in_at = excluded.first_in_at,"
    " first_in_camera = excluded.first_in_camera, first_in_confidence = excluded.first_in_confidence,"
    " first_in_sighting = excluded.first_in_sighting, first_in_picture = excluded.first_in_picture,"
    " last_out_at = excluded.last_out_at, last_out_camera = excluded.last_out_camera,"
    " last_out_confidence = excluded.last_out_confidence, last_out_sighting = excluded.last_out_sighting,"
    " last_out_picture = excluded.last_out_picture, status = excluded.status, entry_type = excluded.entry_type,"
    " remarks = excluded.remarks";
#undef HADIR_DAY_COLUMNS

Result<Presence> presence_in(const Query& row) {
  const auto status = presence_status_from(row.text(1));
  if (!status) return fail(ErrorKind::corrupted, "presence of person " + row.text(0) + " has a status nobody knows");
  return Presence{.person = PersonId(row.text(0)),
                  .status = *status,
                  .last_seen = row.instant(2),
                  .camera = CameraId(row.text(3)),
                  .changed_at = row.instant(4)};
}

void bind(Query& query, const std::optional<AttendanceMark>& mark) {
  if (mark) {
    query.bind(mark->at).bind(mark->camera.str()).bind(mark->confidence).bind(mark->sighting.str()).bind(mark->picture);
    return;
  }
  for (int column = 0; column < 5; ++column) query.bind_null();
}

std::optional<AttendanceMark> mark_in(const Query& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return AttendanceMark{.at = row.instant(column),
                        .camera = CameraId(row.text(column + 1)),
                        .confidence = row.real(column + 2),
                        .sighting = SightingId(row.text(column + 3)),
                        .picture = row.text(column + 4)};
}

Result<AttendanceDay> day_in(const Query& row) {
  const auto day = parse_day(row.text(1));
  const auto status = attendance_status_from(row.text(12));
  const auto entry = entry_type_from(row.text(13));
  if (!day || !status || !entry)
    return fail(ErrorKind::corrupted,
                "attendance of person " + row.text(0) + " on " + row.text(1) + " is not readable");
  return AttendanceDay{.person = PersonId(row.text(0)),
                       .day = *day,
                       .first_in = mark_in(row, 2),
                       .last_out = mark_in(row, 7),
                       .status = *status,
                       .entry_type = *entry,
                       .remarks = row.text(14)};
}

}  // namespace

Result<std::optional<Presence>> Attendance::presence(const PersonId& person) const {
  return connections_.read([&](Connection& connection) -> Result<std::optional<Presence>> {
    auto query = connection.query(presence_of_person);
    if (!query.bind(person.str()).step()) return std::nullopt;
    return presence_in(query);
  });
}

Result<std::vector<Presence>> Attendance::all_presence() const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<Presence>> {
    auto query = connection.query(presence_of_all);
    std::vector<Presence> all;
    while (query.step()) {
      auto presence = presence_in(query);
      if (!presence) return std::unexpected(presence.error());
      all.push_back(std::move(*presence));
    }
    return all;
  });
}

Status Attendance::put_presence(const Presence& presence) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query(put_presence_row);
    query.bind(presence.person.str()).bind(to_text(presence.status)).bind(presence.last_seen);
    query.bind(presence.camera.str()).bind(presence.changed_at).run();
    return {};
  });
}

Status Attendance::add_edge(const PresenceEdge& edge) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query(
        "INSERT INTO presence_edges (person_id, kind, at, camera_id) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (person_id, at, kind) DO NOTHING");
    query.bind(edge.person.str()).bind(to_text(edge.kind)).bind(edge.at).bind(edge.camera.str()).run();
    return {};
  });
}

Result<std::vector<PresenceEdge>> Attendance::edges(Instant from, Instant to) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<PresenceEdge>> {
    auto query = connection.query(
        "SELECT person_id, kind, at, camera_id FROM presence_edges WHERE at >= ? AND at < ? ORDER BY at, id");
    query.bind(from).bind(to);
    std::vector<PresenceEdge> edges;
    while (query.step())
      edges.push_back({.person = PersonId(query.text(0)),
                       .kind = query.text(1) == to_text(EdgeKind::enter) ? EdgeKind::enter : EdgeKind::exit,
                       .at = query.instant(2),
                       .camera = CameraId(query.text(3))});
    return edges;
  });
}

Result<std::optional<AttendanceDay>> Attendance::day(const PersonId& person, LocalDay day) const {
  return connections_.read([&](Connection& connection) -> Result<std::optional<AttendanceDay>> {
    auto query = connection.query(day_of_person);
    if (!query.bind(person.str()).bind(format_day(day)).step()) return std::nullopt;
    return day_in(query);
  });
}

Result<std::vector<AttendanceDay>> Attendance::days(LocalDay from, LocalDay to) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<AttendanceDay>> {
    auto query = connection.query(days_between);
    query.bind(format_day(from)).bind(format_day(to));
    std::vector<AttendanceDay> days;
    while (query.step()) {
      auto day = day_in(query);
      if (!day) return std::unexpected(day.error());
      days.push_back(std::move(*day));
    }
    return days;
  });
}

Status Attendance::put_day(const AttendanceDay& day) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query(put_day_row);
    query.bind(day.person.str()).bind(format_day(day.day));
    bind(query, day.first_in);
    bind(query, day.last_out);
    query.bind(to_text(day.status)).bind(to_text(day.entry_type)).bind(day.remarks).run();
    return {};
  });
}

}  // namespace hadir::sql
