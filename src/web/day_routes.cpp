// A person's day: as it is, why it is so, entered by hand, approved, given back to the machine, and who did that.
#include <algorithm>

#include "app/attendance/correction.hpp"
#include "app/attendance/revert.hpp"
#include "app/facts/explanation_json.hpp"
#include "web/access_gate.hpp"
#include "web/day_json.hpp"
#include "web/field_errors.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t entries_at_once = 1000;
constexpr std::int64_t most_entries = 20'000;
constexpr const char* statuses = "PRESENT, ABSENT, LATE, LEFT_EARLY, ON_LEAVE or HOLIDAY";

Result<LocalDay> day_of(const WebServices& services, const HttpCall& call) {
  const auto day = parse_day(call.sub_id);
  if (!day) return fail(ErrorKind::invalid_input, "date: must be a day such as 2026-01-05");
  if (*day > services.site_day.of(services.clock.now()))
    return fail(ErrorKind::invalid_input, "date: has not come yet");
  return day;
}

struct PersonDay {
  Person person;
  LocalDay date{};
  std::optional<AttendanceDay> day;
};

/// The person and day of the address, or the answer.
std::expected<PersonDay, drogon::HttpResponsePtr> person_day(const WebServices& services, const HttpCall& call) {
  auto person = visible_person(services, call, call.id);
  if (!person) return std::unexpected(error_reply(person.error()));
  const auto date = day_of(services, call);
  if (!date) return std::unexpected(error_reply(date.error(), "date"));
  auto day = services.database.attendance().day(person->id, *date);
  if (!day) return std::unexpected(error_reply(day.error()));
  return PersonDay{.person = std::move(*person), .date = *date, .day = std::move(*day)};
}

drogon::HttpResponsePtr day_reply(const WebServices& services, const HttpCall& call, const Person& person,
                                  LocalDay date, const std::optional<AttendanceDay>& day) {
  AttendanceDay nothing;
  nothing.person = person.id;
  nothing.day = date;
  nothing.status = AttendanceStatus::absent;
  return json_reply(day_json(services, call.caller, person, day.value_or(nothing), day.has_value()));
}

drogon::HttpResponsePtr show(const WebServices& services, const HttpCall& call) {
  const auto found = person_day(services, call);
  return found ? day_reply(services, call, found->person, found->date, found->day) : found.error();
}

/// The day's `updated_at` as the caller saw it; null and nothing: they saw no record.
std::optional<Instant> seen_in(JsonFields& in) {
  return in.time_or_null("updated_at").value_or(std::nullopt);
}

std::string reason_in(JsonFields& in) {
  in.require({"reason"});
  return in.text("reason", {.most = 500, .lines = true}).value_or("");
}

std::optional<AttendanceStatus> correctable_status(std::string_view text) {
  const auto status = attendance_status_from(text);
  return status == AttendanceStatus::pending_review ? std::nullopt : status;
}

Correction correction_in(JsonFields& in, const HttpCall& call) {
  Correction correction;
  correction.first_in = in.time_or_null("first_in");
  correction.last_out = in.time_or_null("last_out");
  correction.status = in.word("status", correctable_status, statuses);
  correction.remarks = in.text("remarks", {.least = 0, .most = 500, .lines = true});
  correction.reason = reason_in(in);
  correction.seen_updated_at = seen_in(in);
  correction.approve = in.boolean("approve").value_or(call.caller.may(Permission::attendance_approve));
  correction.address = call.address;
  return correction;
}

drogon::HttpResponsePtr correct(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  Correction correction = correction_in(in, call);
  if (!correction.first_in && !correction.last_out && !correction.status && !correction.remarks)
    in.fault("first_in", "or last_out, status or remarks must be given");
  if (auto wrong = in.reply()) return wrong;
  if (correction.approve && !call.caller.may(Permission::attendance_approve))
    return forbidden_reply("forbidden", "approving needs attendance:approve");
  const auto found = person_day(services, call);
  if (!found) return found.error();
  correction.person = found->person.id;
  correction.day = found->date;
  const auto day = correct_day(services.database, services.rules, correction, call.caller.name, services.clock.now());
  if (!day) return field_errors_reply(day.error());
  tell_day(services, found->person, found->day, *day);
  return day_reply(services, call, found->person, found->date, *day);
}

drogon::HttpResponsePtr approve(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  Correction approval;
  approval.reason = in.text("reason", {.least = 0, .most = 500, .lines = true}).value_or("");
  in.require({"updated_at"});
  approval.seen_updated_at = seen_in(in);
  approval.address = call.address;
  if (auto wrong = in.reply()) return wrong;
  const auto found = person_day(services, call);
  if (!found) return found.error();
  approval.person = found->person.id;
  approval.day = found->date;
  const auto day = approve_day(services.database, approval, call.caller.name, services.clock.now());
  if (!day) return error_reply(day.error());
  tell_day(services, found->person, found->day, *day);
  return day_reply(services, call, found->person, found->date, *day);
}

drogon::HttpResponsePtr revert(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"updated_at"});
  Reversion reversion{.person = {}, .day = {}, .seen_updated_at = seen_in(in), .reason = reason_in(in)};
  reversion.address = call.address;
  if (auto wrong = in.reply()) return wrong;
  const auto found = person_day(services, call);
  if (!found) return found.error();
  reversion.person = found->person.id;
  reversion.day = found->date;
  const auto day = revert_day(services.database, services.rules, reversion, call.caller.name, services.clock.now());
  if (!day) return error_reply(day.error());
  tell_day(services, found->person, found->day, *day);
  return day_reply(services, call, found->person, found->date, *day);
}

/// A day as the audit log has it, with the times of the site.
Json noted_day(const WebServices& services, const Json& noted) {
  if (!noted.is_object()) return nullptr;
  const auto value = [&](const char* name) { return noted.contains(name) ? noted[name] : Json(nullptr); };
  const auto time = [&](const char* name) -> Json {
    const auto text = value(name);
    const auto at = text.is_string() ? parse_iso8601(text.get<std::string>()) : fail(ErrorKind::not_found, "");
    return at ? Json(site_time(services, *at)) : Json(nullptr);
  };
  return {{"first_in", time("first_in")},      {"last_out", time("last_out")}, {"status", value("status")},
          {"entry_type", value("entry_type")}, {"remarks", value("remarks")},  {"approved_by", value("approved_by")}};
}

Json change_json(const WebServices& services, const AuditEntry& entry, const Json& detail) {
  return {{"id", entry.id.str()},
          {"at", site_time(services, entry.at)},
          {"by", entry.actor},
          {"action", entry.action.substr(entry.action.find('.') + 1)},
          {"decision", detail.value("decision", Json(nullptr))},
          {"reason", detail.value("reason", "")},
          {"before", noted_day(services, detail.value("before", Json(nullptr)))},
          {"after", noted_day(services, detail.value("after", Json(nullptr)))}};
}

bool is_of_days(const AuditEntry& entry) {
  constexpr const char* actions[] = {"attendance.correct", "attendance.approve", "attendance.revert",
                                     "attendance.review"};
  return std::ranges::contains(actions, entry.action);
}

/// From the audit log, newest first.
drogon::HttpResponsePtr history(const WebServices& services, const HttpCall& call) {
  const auto found = person_day(services, call);
  if (!found) return found.error();
  const AuditFilter filter{.from = {}, .to = {}, .actor = {}, .subject = found->person.id.str()};
  Json list = Json::array();
  for (Paging paging{.offset = 0, .limit = entries_at_once}; paging.offset < most_entries;
       paging.offset += paging.limit) {
    const auto page = services.database.audit().find(filter, paging);
    if (!page) return error_reply(page.error());
    for (const auto& entry : page->rows) {
      if (!is_of_days(entry)) continue;
      const auto detail = Json::parse(entry.detail, nullptr, false);
      if (detail.is_object() && detail.value("date", "") == format_day(found->date))
        list.push_back(change_json(services, entry, detail));
    }
    if (page->rows.size() < static_cast<std::size_t>(paging.limit)) break;
  }
  return json_reply(list);
}

drogon::HttpResponsePtr explain(const WebServices& services, const HttpCall& call) {
  const auto person = person_with_visible_attendance(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto date = day_of(services, call);
  if (!date) return error_reply(date.error(), "date");
  const CameraNaming name_of = [&](const CameraId& camera) {
    return call.caller.sees(camera) ? camera_name(services, camera) : "another camera";
  };
  const auto explained =
      explain_person_day(services.database, services.rules, person->id.str(), *date, services.clock.now(), name_of);
  if (!explained) return error_reply(explained.error());
  return json_reply(explanation_json(*explained, *services.site_day.zone, name_of));
}

}  // namespace

void add_day_routes(Router& router, const WebServices& services) {
  const auto add = [&](drogon::HttpMethod method, const char* path, const Access& access, auto handler) {
    router.add({method, path, access}, [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  const auto read = Access::to(Permission::attendance_read);
  const auto write = Access::to(Permission::attendance_write);
  add(drogon::Get, "/api/attendance/{id}/{date}", read, show);
  add(drogon::Put, "/api/attendance/{id}/{date}", write, correct);
  add(drogon::Post, "/api/attendance/{id}/{date}/approve", Access::to(Permission::attendance_approve), approve);
  add(drogon::Post, "/api/attendance/{id}/{date}/revert", write, revert);
  add(drogon::Get, "/api/attendance/{id}/{date}/history", read, history);
  // attendance:read for everybody's, self:read for one's own: see person_with_visible_attendance.
  add(drogon::Get, "/api/attendance/{id}/{date}/explanation", Access::signed_in(), explain);
}

}  // namespace hadir
