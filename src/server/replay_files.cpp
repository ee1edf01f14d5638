#include "server/replay_files.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// Rounded, so that files stay readable; three digits are more than cameras give.
double rounded(float value) {
  return std::round(static_cast<double>(value) * 1000.0) / 1000.0;
}

std::string name_of(const PersonId& person, const ReplayNames& names) {
  const auto found = names.people.find(person);
  return found == names.people.end() ? person.str() : found->second;
}

Json json_of(const std::optional<AttendanceMark>& mark, const ReplayNames& names) {
  if (!mark) return nullptr;
  return {{"time", format_iso8601(mark->at, names.zone)},
          {"camera", mark->camera.str()},
          {"confidence", rounded(mark->confidence)},
          {"sighting", mark->sighting.str()},
          {"picture", mark->picture.empty() ? Json(nullptr) : Json(mark->picture)}};
}

}  // namespace

std::string sightings_text(const std::vector<Sighting>& sightings, const ReplayNames& names) {
  std::string text;
  for (const auto& s : sightings) {
    const Json line{{"id", s.id.str()},
                    {"time", format_iso8601(s.at, names.zone)},
                    {"pts_ms", s.pts.count()},
                    {"camera", s.camera.str()},
                    {"track", s.track},
                    {"person", s.person ? Json(name_of(*s.person, names)) : Json(nullptr)},
                    {"confidence", rounded(s.confidence)},
                    {"similarity", rounded(s.similarity)},
                    {"liveness", s.liveness ? Json(rounded(*s.liveness)) : Json(nullptr)},
                    {"box", {rounded(s.box.x), rounded(s.box.y), rounded(s.box.width), rounded(s.box.height)}}};
    text += line.dump() + "\n";
  }
  return text;
}

std::string attendance_text(const std::vector<AttendanceDay>& days, const ReplayNames& names) {
  Json rows = Json::array();
  for (const auto& day : days)
    rows.push_back({{"date", format_day(day.day)},
                    {"person", name_of(day.person, names)},
                    {"first_in", json_of(day.first_in, names)},
                    {"last_out", json_of(day.last_out, names)},
                    {"duration_minutes", day.duration() ? Json(day.duration()->count()) : Json(nullptr)},
                    {"status", to_text(day.status)},
                    {"entry_type", to_text(day.entry_type)}});
  return rows.dump(2) + "\n";
}

std::string alerts_text(const std::vector<Violation>& alerts, const ReplayNames& names) {
  Json rows = Json::array();
  for (const auto& alert : alerts) {
    const auto& schedule = alert.schedule;
    rows.push_back(
        {{"type", to_text(NotificationType::employee_lost)},
         {"person", name_of(alert.person, names)},
         {"camera", alert.camera.str()},
         {"left_at", format_iso8601(alert.opened_at, names.zone)},
         {"resolved_at", alert.resolved_at ? Json(format_iso8601(*alert.resolved_at, names.zone)) : Json(nullptr)},
         {"last_seen", format_iso8601(alert.last_seen, names.zone)},
         {"schedule",
          {{"work_hours", schedule.work_hours},
           {"lunch_break", schedule.lunch_break.empty() ? Json(nullptr) : Json(schedule.lunch_break)},
           {"mode", to_text(schedule.mode)},
           {"tracking_active", schedule.tracking_active}}}});
  }
  return rows.dump(2) + "\n";
}

}  // namespace hadir
