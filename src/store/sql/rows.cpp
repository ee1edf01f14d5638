#include "store/sql/rows.hpp"

namespace hadir::sql {
namespace {

void bind_mark(Query& query, const std::optional<AttendanceMark>& mark) {
  if (mark)
    query.bind(mark->at).bind(mark->camera).bind(mark->confidence).bind(mark->sighting).bind(mark->picture);
  else
    query.bind_null().bind_null().bind_null().bind_null().bind_null();
  query.bind(mark ? mark->source : "");
}

}  // namespace

void bind_row(Query& query, const Sighting& sighting) {
  query.bind(sighting.id).bind(sighting.camera).bind(static_cast<std::int64_t>(sighting.track)).bind(sighting.person);
  query.bind(sighting.confidence).bind(sighting.similarity).bind(sighting.at).bind(sighting.pts);
  query.bind(sighting.box.x).bind(sighting.box.y).bind(sighting.box.width).bind(sighting.box.height);
  query.bind(sighting.frame.width).bind(sighting.frame.height).bind(sighting.liveness).bind(sighting.picture);
}

void bind_row(Query& query, const PresenceEdge& edge) {
  query.bind(edge.person).bind(to_text(edge.kind)).bind(edge.at).bind(edge.camera);
}

void bind_row(Query& query, const AttendanceDay& day) {
  query.bind(day.person).bind(day.day);
  bind_mark(query, day.first_in);
  bind_mark(query, day.last_out);
  query.bind(to_text(day.status)).bind(to_text(day.entry_type)).bind(day.remarks);
  query.bind(day.approved_by).bind(day.approved_at).bind(day.created_at).bind(day.updated_at);
}

void bind_row(Query& query, const Violation& violation) {
  const ScheduleState& state = violation.schedule;
  query.bind(violation.id).bind(violation.person).bind(violation.day).bind(violation.camera);
  query.bind(violation.last_seen).bind(violation.opened_at).bind(violation.resolved_at).bind(state.version);
  query.bind(state.work_hours).bind(state.lunch_break).bind(to_text(state.mode)).bind(state.tracking_active);
  query.bind(state.in_work_hours).bind(state.in_lunch_break).bind(state.paused);
}

}  // namespace hadir::sql
