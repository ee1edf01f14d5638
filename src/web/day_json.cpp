#include "web/day_json.hpp"

#include <cctype>
#include <cmath>
#include <format>

#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// For a query value: all but letters, digits and -_.~ as %XX (RFC 3986).
std::string percent_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte < 0x80 && (std::isalnum(byte) != 0 || std::string_view("-_.~").contains(c));
    encoded += plain ? std::string(1, c) : std::format("%{:02X}", byte);
  }
  return encoded;
}

void put_mark(const WebServices& services, const Principal& caller, Json& json, const std::string& name,
              const std::optional<AttendanceMark>& mark) {
  const bool by_camera = mark && !mark->camera.empty() && caller.sees(mark->camera);
  json[name] = mark ? Json(site_time(services, mark->at)) : Json(nullptr);
  json[name + "_camera"] = by_camera ? Json(camera_name(services, mark->camera)) : Json(nullptr);
  json[name + "_confidence"] =
      mark ? Json(std::round(static_cast<double>(mark->confidence) * 1000) / 1000) : Json(nullptr);
  json[name + "_source"] = mark ? Json(mark->source) : Json(nullptr);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace

Json capture_url(const Principal& caller, const Person& person, LocalDay day, const std::optional<AttendanceMark>& mark,
                 const char* end) {
  if (!mark || mark->picture.empty() || !caller.sees(mark->camera)) return nullptr;
  return std::format("/api/report/attendance_captures/{}.jpg?employee_id={}&date={}&v={}", end,
                     percent_encoded(person.employee_code), format_day(day), percent_encoded(mark->sighting.str()));
}

Json day_json(const WebServices& services, const Principal& caller, const Person& person, const AttendanceDay& day,
              bool recorded) {
  const auto duration = day.duration();
  Json json{
      {"employee_id", person.employee_code}, {"name", person.name},
      {"department", person.department},     {"date", format_day(day.day)},
      {"status", to_text(day.status)},       {"entry_type", recorded ? Json(to_text(day.entry_type)) : Json(nullptr)}};
  put_mark(services, caller, json, "first_in", day.first_in);
  put_mark(services, caller, json, "last_out", day.last_out);
  json["duration_minutes"] = duration ? Json(duration->count()) : Json(nullptr);
  json["first_in_picture"] = capture_url(caller, person, day.day, day.first_in, "first_in");
  json["last_out_picture"] = capture_url(caller, person, day.day, day.last_out, "last_out");
  json["remarks"] = day.remarks;
  json["approved_by"] = text_or_null(day.approved_by);
  json["approved_at"] = day.approved_at ? Json(site_time(services, *day.approved_at)) : Json(nullptr);
  json["updated_at"] = recorded ? Json(site_time(services, day.updated_at)) : Json(nullptr);
  return json;
}

void tell_day(const WebServices& services, const Person& person, const std::optional<AttendanceDay>& before,
              const std::optional<AttendanceDay>& after) {
  if (!after) return;
  const auto at = [](const std::optional<AttendanceMark>& mark) {
    return mark ? std::optional(mark->at) : std::nullopt;
  };
  const auto first = before ? at(before->first_in) : std::nullopt;
  const auto last = before ? at(before->last_out) : std::nullopt;
  RecordedFacts facts;
  facts.attendance.push_back({.person = person,
                              .day = *after,
                              .first_in_changed = at(after->first_in) != first,
                              .last_out_changed = at(after->last_out) != last});
  services.feed.publish(facts);
}

}  // namespace hadir
