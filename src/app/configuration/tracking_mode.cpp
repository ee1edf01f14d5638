#include "app/configuration/tracking_mode.hpp"

#include <format>
#include <functional>
#include <map>

#include "app/configuration/json_file.hpp"
#include "app/configuration/whole_file.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// Reads one value; false when it is not allowed.
using Reader = std::function<bool(const Json&)>;

struct Key {
  const char* allowed;
  Reader read;
};

bool read_flag(const Json& json, bool& value) {
  if (!json.is_boolean()) return false;
  value = json.get<bool>();
  return true;
}

bool read_days(const Json& json, Weekdays& days) {
  if (!json.is_array()) return false;
  days.days.reset();
  for (const auto& day : json) {
    if (!day.is_number_unsigned() || day.get<unsigned>() > 6) return false;
    days.days.set(day.get<unsigned>());
  }
  return true;
}

std::map<std::string, Key, std::less<>> keys_of(ScheduleVersion& schedule) {
  const auto text = [](const Json& json) { return json.is_string() ? json.get<std::string>() : std::string(); };
  return {
      {"mode",
       {"\"AUTO\" or \"MANUAL\"",
        [&schedule, text](const Json& json) {
          const auto mode = schedule_mode_from(text(json));
          if (mode) schedule.mode = *mode;
          return mode.has_value();
        }}},
      {"manual_tracking",
       {"true or false", [&](const Json& json) { return read_flag(json, schedule.manual_tracking); }}},
      {"paused", {"true or false", [&](const Json& json) { return read_flag(json, schedule.paused); }}},
      {"pause_until",
       {"a time such as 2026-01-05T07:55:00+07:00, or null",
        [&schedule, text](const Json& json) {
          schedule.pause_until.reset();
          if (json.is_null()) return true;
          const auto at = parse_iso8601(text(json));
          if (at) schedule.pause_until = *at;
          return at.has_value();
        }}},
      {"work_hours",
       {"hours such as \"08:00-17:00\"",
        [&schedule, text](const Json& json) {
          const auto hours = hours_from(text(json));
          if (hours) schedule.work_hours = *hours;
          return hours.has_value();
        }}},
      {"lunch_break",
       {"hours such as \"12:00-13:00\", or null",
        [&schedule, text](const Json& json) {
          schedule.lunch_break = hours_from(text(json));
          return json.is_null() || schedule.lunch_break.has_value();
        }}},
      {"working_days",
       {"numbers from 0 (Monday) to 6", [&](const Json& json) { return read_days(json, schedule.working_days); }}},
      {"grace_minutes",
       {"a whole number 0..720",
        [&](const Json& json) {
          if (!json.is_number_unsigned() || json.get<unsigned>() > 720) return false;
          schedule.grace = std::chrono::minutes(json.get<unsigned>());
          return true;
        }}},
  };
}

std::string document_of(const ScheduleVersion& schedule) {
  Json days = Json::array();
  for (std::size_t day = 0; day < schedule.working_days.days.size(); ++day)
    if (schedule.working_days.days.test(day)) days.push_back(day);
  const Json json = {{"mode", to_text(schedule.mode)},
                     {"manual_tracking", schedule.manual_tracking},
                     {"paused", schedule.paused},
                     {"pause_until", schedule.pause_until ? Json(format_utc(*schedule.pause_until)) : Json(nullptr)},
                     {"work_hours", to_text(schedule.work_hours)},
                     {"lunch_break", schedule.lunch_break ? Json(to_text(*schedule.lunch_break)) : Json(nullptr)},
                     {"working_days", std::move(days)},
                     {"grace_minutes", schedule.grace.count()}};
  return json.dump(2) + "\n";
}

}  // namespace

Result<std::optional<ScheduleVersion>> read_tracking_mode(const fs::path& file) {
  const auto object = read_json_object(file);
  if (!object && object.error().kind == ErrorKind::not_found) return std::nullopt;
  if (!object) return std::unexpected(object.error());
  ScheduleVersion schedule;
  const auto keys = keys_of(schedule);
  for (const auto& [name, json] : object->value.items()) {
    const auto key = keys.find(name);
    if (key == keys.end()) continue;
    if (!key->second.read(json))
      return fail(ErrorKind::invalid_input,
                  std::format("{}: {}: must be {}", file.string(), name, key->second.allowed));
  }
  return schedule;
}

Status write_tracking_mode(const fs::path& file, const ScheduleVersion& schedule) {
  return write_whole_file(file, document_of(schedule));
}

bool same_schedule(const ScheduleVersion& a, const ScheduleVersion& b) {
  return document_of(a) == document_of(b);
}

}  // namespace hadir
