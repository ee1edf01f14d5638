#include "store/sql/repositories.hpp"
#include "store/sql/rows.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

Sighting sighting_in(const Query& row) {
  Sighting sighting{.id = SightingId(row.text(0)),
                    .camera = CameraId(row.text(1)),
                    .track = static_cast<TrackId>(row.integer(2)),
                    .person = std::nullopt,
                    .confidence = row.real(4),
                    .similarity = row.real(5),
                    .at = row.instant(6),
                    .pts = Millis{row.integer(7)},
                    .box = {row.real(8), row.real(9), row.real(10), row.real(11)},
                    .frame = {static_cast<int>(row.integer(12)), static_cast<int>(row.integer(13))},
                    .liveness = std::nullopt,
                    .picture = row.text(15)};
  if (!row.is_null(3)) sighting.person = PersonId(row.text(3));
  if (!row.is_null(14)) sighting.liveness = row.real(14);
  return sighting;
}

}  // namespace

Result<bool> Sightings::add(const Sighting& sighting) {
  return connections_.write([&](Connection& connection) -> Result<bool> {
    auto query = connection.query(insert_into("sightings", sighting_columns) + " ON CONFLICT (id) DO NOTHING");
    bind_row(query, sighting);
    return query.run() == 1;
  });
}

Result<std::optional<Sighting>> Sightings::sighting(const SightingId& id) const {
  return first(connections_, select_from("sightings", sighting_columns, "WHERE id = ?"), sighting_in, id);
}

Status Sightings::assign(const SightingId& id, const std::optional<PersonId>& person, float confidence) {
  return run_on_one(connections_, "no sighting " + id.str(),
                    "UPDATE sightings SET person_id = ?, confidence = ? WHERE id = ?", person, confidence, id);
}

Result<std::vector<Sighting>> Sightings::between(Instant from, Instant to,
                                                 const std::optional<PersonId>& person) const {
  if (!person)
    return list(connections_, select_from("sightings", sighting_columns, "WHERE at >= ? AND at < ? ORDER BY at, id"),
                sighting_in, from, to);
  return list(connections_,
              select_from("sightings", sighting_columns, "WHERE person_id = ? AND at >= ? AND at < ? ORDER BY at, id"),
              sighting_in, *person, from, to);
}

Result<std::vector<Sighting>> Sightings::newest(const SightingFilter& filter, int most) const {
  Conditions conditions;
  conditions.add_if("person_id = ?", filter.person).add_if("camera_id = ?", filter.camera);
  conditions.add("at >= ?", filter.from).add("at < ?", filter.to);
  if (filter.last_at) conditions.add("at <= ?", *filter.last_at);
  return connections_.read([&](Connection& connection) {
    std::string where = conditions.where();
    if (filter.last_at) where += " AND (at < ? OR id < ?)";
    auto query =
        connection.query(select_from("sightings", sighting_columns, where + " ORDER BY at DESC, id DESC LIMIT ?"));
    conditions.bind(query);
    if (filter.last_at) query.bind(*filter.last_at).bind(filter.last_id);
    query.bind(most);
    return rows_of(query, sighting_in);
  });
}

Result<std::int64_t> Sightings::remove_between(std::optional<Instant> from, std::optional<Instant> to) {
  return sql::remove_between(connections_, "sightings", "at", from, to);
}

}  // namespace hadir::sql
