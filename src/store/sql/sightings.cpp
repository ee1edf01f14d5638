#include "store/sql/repositories.hpp"

namespace hadir::sql {
namespace {

constexpr const char* insert_sighting =
    "INSERT INTO sightings (id, camera_id, track, person_id, confidence, similarity, at, pts_ms, box_x, box_y, "
    "box_width,"
    " box_height, frame_width, frame_height, liveness, picture) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO NOTHING";
#define HADIR_SIGHTING_COLUMNS                                                                            \
  "SELECT id, camera_id, track, person_id, confidence, similarity, at, pts_ms, box_x, box_y, box_width, " \
  "box_height, frame_width, frame_height, liveness, picture FROM sightings "
constexpr const char* sightings_between = HADIR_SIGHTING_COLUMNS "WHERE at >= ? AND at < ? ORDER BY at, id";
constexpr const char* sightings_of_person =
    HADIR_SIGHTING_COLUMNS "WHERE at >= ? AND at < ? AND person_id = ? ORDER BY at, id";
#undef HADIR_SIGHTING_COLUMNS

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
    auto query = connection.query(insert_sighting);
    query.bind(sighting.id.str()).bind(sighting.camera.str()).bind(static_cast<std::int64_t>(sighting.track));
    if (sighting.person)
      query.bind(sighting.person->str());
    else
      query.bind_null();
    query.bind(sighting.confidence).bind(sighting.similarity).bind(sighting.at);
    query.bind(std::int64_t{sighting.pts.count()});
    query.bind(sighting.box.x).bind(sighting.box.y).bind(sighting.box.width).bind(sighting.box.height);
    query.bind(sighting.frame.width).bind(sighting.frame.height);
    query.bind(sighting.liveness).bind(sighting.picture);
    return query.run() == 1;
  });
}

Result<std::vector<Sighting>> Sightings::between(Instant from, Instant to,
                                                 const std::optional<PersonId>& person) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<Sighting>> {
    auto query = connection.query(person ? sightings_of_person : sightings_between);
    query.bind(from).bind(to);
    if (person) query.bind(person->str());
    std::vector<Sighting> sightings;
    while (query.step()) sightings.push_back(sighting_in(query));
    return sightings;
  });
}

}  // namespace hadir::sql
