#include "web/live/attendance_words.hpp"

#include <cmath>
#include <format>

#include "web/routes.hpp"

namespace hadir {
namespace {

void put_wish(AttendanceJson& json, const AttendanceWish& wish, const std::string& last_id) {
  json["subscribed_to"] = wish.person ? AttendanceJson(wish.person->str()) : AttendanceJson(nullptr);
  json["min_confidence"] = wish.min_confidence;
  json["last_event_id"] = last_id;
}

}  // namespace

AttendanceJson AttendanceWords::established(const std::string& client_id, const AttendanceWish& wish,
                                            const std::string& last_id) const {
  AttendanceJson json{{"type", "connection_established"}, {"client_id", client_id}, {"timestamp", now()}};
  put_wish(json, wish, last_id);
  return json;
}

AttendanceJson AttendanceWords::subscribed(const AttendanceWish& wish, const std::string& last_id) const {
  AttendanceJson json{{"type", "subscribed"}};
  put_wish(json, wish, last_id);
  return json;
}

AttendanceJson AttendanceWords::initial_status(const PersonId& person, const PersonState& state) const {
  AttendanceJson json{{"type", "initial_status"}, {"person_id", person.str()}};
  put_state(json, state);
  return json;
}

AttendanceJson AttendanceWords::event(const std::string& id, const Person& person, const AttendanceDay& day,
                                      bool is_check_in) const {
  const AttendanceMark& mark = is_check_in ? *day.first_in : *day.last_out;
  AttendanceJson json{{"type", "attendance_event"},
                      {"event_id", id},
                      {"event_timestamp", now()},
                      {"person_id", person.id.str()},
                      {"person_name", person.name},
                      {"action", is_check_in ? "check_in" : "check_out"},
                      {"timestamp", site_time(services_, mark.at)},
                      {"confidence", std::round(static_cast<double>(mark.confidence) * 1000) / 1000},
                      {"attendance_id", std::format("{}:{}", person.id.str(), format_day(day.day))}};
  json["check_in_time"] =
      day.first_in ? AttendanceJson(site_time(services_, day.first_in->at)) : AttendanceJson(nullptr);
  const auto duration = is_check_in ? std::nullopt : day.duration();
  json["duration_minutes"] = duration ? AttendanceJson(duration->count()) : AttendanceJson(nullptr);
  return json;
}

AttendanceJson AttendanceWords::status(const std::string& id, const Person& person, const PersonState& state) const {
  AttendanceJson json{{"type", "person_status_update"},
                      {"event_id", id},
                      {"event_timestamp", now()},
                      {"person_id", person.id.str()},
                      {"person_name", person.name}};
  put_state(json, state);
  return json;
}

AttendanceJson AttendanceWords::ping() const {
  return {{"type", "ping"}, {"timestamp", now()}};
}

AttendanceJson AttendanceWords::resumed(const std::string& asked, std::size_t told, const std::string& gap) {
  return {{"type", "resumed"},
          {"since", asked.empty() ? AttendanceJson(nullptr) : AttendanceJson(asked)},
          {"events", told},
          {"complete", gap.empty()},
          {"reason", gap.empty() ? AttendanceJson(nullptr) : AttendanceJson(gap)}};
}

AttendanceJson AttendanceWords::error(const std::string& message) {
  return {{"type", "error"}, {"message", message}};
}

AttendanceJson AttendanceWords::now() const {
  return site_time(services_, services_.clock.now());
}

AttendanceJson AttendanceWords::time_or_null(const std::optional<Instant>& at) const {
  return at ? AttendanceJson(site_time(services_, *at)) : AttendanceJson(nullptr);
}

void AttendanceWords::put_state(AttendanceJson& json, const PersonState& state) const {
  json["checked_in"] = state.checked_in;
  json["check_in_time"] = time_or_null(state.check_in);
  json["current_duration_minutes"] = state.duration ? AttendanceJson(state.duration->count()) : AttendanceJson(nullptr);
}

std::shared_ptr<const std::string> text_of(const AttendanceJson& json) {
  return std::make_shared<const std::string>(json.dump(-1, ' ', false, AttendanceJson::error_handler_t::replace));
}

}  // namespace hadir
