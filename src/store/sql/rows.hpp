#pragma once
#include "core/attendance/violation.hpp"
#include "core/records.hpp"
#include "core/sighting.hpp"
#include "store/sql/query.hpp"

namespace hadir::sql {

/// Columns of the tables that grow, and what binds a record to them in that order.
inline constexpr auto sighting_columns =
    "id, camera_id, track, person_id, confidence, similarity, at, pts_ms, box_x, box_y, box_width, box_height, "
    "frame_width, frame_height, liveness, picture";
void bind_row(Query& query, const Sighting& sighting);

inline constexpr auto edge_columns = "person_id, kind, at, camera_id";
void bind_row(Query& query, const PresenceEdge& edge);

inline constexpr auto day_columns =
    "person_id, day, first_in_at, first_in_camera, first_in_confidence, first_in_sighting, first_in_picture, "
    "first_in_source, last_out_at, last_out_camera, last_out_confidence, last_out_sighting, last_out_picture, "
    "last_out_source, status, entry_type, remarks, approved_by, approved_at, created_at, updated_at";
void bind_row(Query& query, const AttendanceDay& day);

inline constexpr auto violation_columns =
    "id, person_id, day, camera_id, last_seen, opened_at, resolved_at, schedule_id, work_hours, lunch_break, mode, "
    "tracking_active, in_work_hours, in_lunch_break, paused";
void bind_row(Query& query, const Violation& violation);

}  // namespace hadir::sql
