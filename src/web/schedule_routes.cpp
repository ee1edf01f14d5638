#include <ranges>

#include "app/schedule/schedule_desk.hpp"
#include "web/audit_note.hpp"
#include "web/field_errors.hpp"
#include "web/json_body.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Json optional_time(const WebServices& services, const std::optional<Instant>& at) {
  return at ? Json(site_time(services, *at)) : Json(nullptr);
}

Json days_json(const Weekdays& days) {
  Json list = Json::array();
  for (std::size_t day = 0; day < days.days.size(); ++day)
    if (days.days.test(day)) list.push_back(day);
  return list;
}

Json version_json(const WebServices& services, const ScheduleVersion& version) {
  return {{"id", version.id.str()},
          {"valid_from", site_time(services, version.valid_from)},
          {"mode", to_text(version.mode)},
          {"manual_tracking", version.manual_tracking},
          {"paused", version.paused},
          {"pause_until", optional_time(services, version.pause_until)},
          {"work_hours", to_text(version.work_hours)},
          {"lunch_break", version.lunch_break ? Json(to_text(*version.lunch_break)) : Json(nullptr)},
          {"working_days", days_json(version.working_days)},
          {"grace_minutes", version.grace.count()},
          {"changed_by", version.changed_by},
          {"remarks", version.remarks}};
}

drogon::HttpResponsePtr state_reply(const WebServices& services, Instant now) {
  const auto schedule = services.schedule.at(now);
  if (!schedule) return error_reply(schedule.error());
  Json json{{"ok", true}};
  json.update(version_json(services, schedule->version));
  json["time"] = site_time(services, now);
  json["time_zone"] = services.site_day.zone->name();
  json["tracking_active"] = schedule->state.tracking_active;
  json["in_work_hours"] = schedule->state.in_work_hours;
  json["in_lunch_break"] = schedule->state.in_lunch_break;
  json["is_paused"] = schedule->state.paused;
  return json_reply(json);
}

/// The part of a request that all changes have.
ScheduleChange change_of(const WebServices& services, const HttpCall& call, JsonFields& in) {
  return {.now = services.clock.now(),
          .by = call.caller.name,
          .remarks = in.text("remarks", {.least = 0, .most = 500}).value_or(""),
          .valid_from = in.time("valid_from")};
}

using Change = std::function<Result<ScheduleVersion>(JsonFields&, const ScheduleChange&, const ScheduleDesk::Also&)>;

/// Reads the request's JSON with `read`, which answers the change to be made.
drogon::HttpResponsePtr changed(const WebServices& services, const HttpCall& call, const char* action,
                                const std::function<Change(JsonFields&)>& read) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const Change make = read(in);
  const ScheduleChange change = change_of(services, call, in);
  if (auto wrong = in.reply()) return wrong;
  const auto also = [&](const ScheduleVersion& version) {
    return note(services, call, action, version.id.str(), version_json(services, version));
  };
  const auto saved = make(in, change, also);
  if (!saved) return field_errors_reply(saved.error());
  // A change that holds at once may begin a moment after another one.
  return state_reply(services, change.valid_from ? change.now : std::max(change.now, saved->valid_from));
}

drogon::HttpResponsePtr set_mode(const WebServices& services, const HttpCall& call) {
  return changed(services, call, "schedule.mode", [&](JsonFields& in) -> Change {
    in.require({"mode"});
    const auto mode = in.word("mode", [](std::string_view text) { return schedule_mode_from(text); }, "AUTO or MANUAL");
    const bool tracking = in.boolean("tracking").value_or(true);
    return [&, mode, tracking](JsonFields&, const ScheduleChange& change, const ScheduleDesk::Also& also) {
      return services.schedule.set_mode(*mode, tracking, change, also);
    };
  });
}

drogon::HttpResponsePtr pause(const WebServices& services, const HttpCall& call) {
  return changed(services, call, "schedule.pause", [&](JsonFields& in) -> Change {
    const bool paused = in.boolean("paused").value_or(true);
    auto until = in.time_or_null("until").value_or(std::nullopt);
    if (const auto minutes = in.integer("minutes", {.least = 1, .most = 60 * 24 * 366})) {
      if (until) in.fault("minutes", "may not be given together with until");
      until = services.clock.now() + std::chrono::minutes(*minutes);
    }
    return [&, paused, until](JsonFields&, const ScheduleChange& change, const ScheduleDesk::Also& also) {
      return paused ? services.schedule.pause(until, change, also) : services.schedule.resume(change, also);
    };
  });
}

std::optional<HoursOfDay> hours(JsonFields& in, const char* name) {
  return in.word(name, [](std::string_view text) { return hours_from(text); }, "hours such as \"08:00-17:00\"");
}

Weekdays working_days(JsonFields& in, Weekdays days) {
  const Json* list = in.array("working_days", 7);
  if (list == nullptr) return days;
  days.days.reset();
  for (const Json& day : *list)
    if (day.is_number_unsigned() && day.get<unsigned>() <= 6)
      days.days.set(day.get<unsigned>());
    else
      in.fault("working_days", "must be numbers from 0 (Monday) to 6");
  return days;
}

drogon::HttpResponsePtr save(const WebServices& services, const HttpCall& call) {
  const auto present = services.schedule.at(services.clock.now());
  if (!present && present.error().kind != ErrorKind::not_found) return error_reply(present.error());
  const ScheduleVersion before = present ? present->version : ScheduleVersion{};
  return changed(services, call, "schedule.save", [&](JsonFields& in) -> Change {
    ScheduleHours wanted{.work_hours = hours(in, "work_hours").value_or(before.work_hours),
                         .lunch_break = before.lunch_break,
                         .working_days = working_days(in, before.working_days),
                         .grace = before.grace};
    if (in.is_null("lunch_break")) {
      in.value("lunch_break");  // a day without one
      wanted.lunch_break.reset();
    } else if (const auto lunch = hours(in, "lunch_break")) {
      wanted.lunch_break = lunch;
    }
    if (const auto grace = in.integer("grace_minutes", {.least = 0, .most = 720}))
      wanted.grace = std::chrono::minutes(*grace);
    return [&, wanted](JsonFields&, const ScheduleChange& change, const ScheduleDesk::Also& also) {
      return services.schedule.save(wanted, change, also);
    };
  });
}

drogon::HttpResponsePtr versions(const WebServices& services) {
  const auto known = services.schedule.versions();
  if (!known) return error_reply(known.error());
  Json list = Json::array();
  for (const ScheduleVersion& version : *known | std::views::reverse) list.push_back(version_json(services, version));
  return json_reply(list);
}

}  // namespace

void add_schedule_routes(Router& router, const WebServices& services) {
  const Access write = Access::to(Permission::schedule_write);
  router.add({drogon::Get, "/api/schedule/state", Access::signed_in()},
             [&services](const HttpCall&) { return state_reply(services, services.clock.now()); });
  router.add({drogon::Get, "/api/schedule/versions", Access::to(Permission::attendance_read)},
             [&services](const HttpCall&) { return versions(services); });
  router.add({drogon::Post, "/api/schedule/mode", write},
             [&services](const HttpCall& call) { return set_mode(services, call); });
  router.add({drogon::Post, "/api/schedule/pause", write},
             [&services](const HttpCall& call) { return pause(services, call); });
  router.add({drogon::Post, "/api/schedule/save", write},
             [&services](const HttpCall& call) { return save(services, call); });
}

}  // namespace hadir
