#include <algorithm>
#include <format>
#include <unordered_map>

#include "app/attendance/check_in.hpp"
#include "app/queries/attendance_report.hpp"
#include "app/queries/person_statistics.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"
#include "web/v1_reply.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;

constexpr int usual_days = 31;
constexpr int most_days = 3660;

/// The words of /api/v1.
const char* v1_status(AttendanceStatus status) {
  switch (status) {
    case AttendanceStatus::present:
      return "present";
    case AttendanceStatus::absent:
      return "absent";
    case AttendanceStatus::late:
      return "late";
    case AttendanceStatus::left_early:
      return "early_leave";
    case AttendanceStatus::on_leave:
      return "on_leave";
    case AttendanceStatus::holiday:
      return "holiday";
    case AttendanceStatus::pending_review:
      return "pending";
  }
  std::unreachable();
}

std::optional<AttendanceStatus> status_from(std::string_view text) {
  for (int i = 1; i <= static_cast<int>(AttendanceStatus::pending_review); ++i)
    if (text == v1_status(static_cast<AttendanceStatus>(i))) return static_cast<AttendanceStatus>(i);
  return std::nullopt;
}

Json time_or_null(const WebServices& services, const std::optional<Instant>& at) {
  return at ? Json(site_time(services, *at)) : Json(nullptr);
}

void put_mark(const WebServices& services, Json& json, const std::string& name,
              const std::optional<AttendanceMark>& mark) {
  json[name + "_time"] = mark ? Json(site_time(services, mark->at)) : Json(nullptr);
  json[name + "_confidence"] =
      mark ? Json(std::round(static_cast<double>(mark->confidence) * 1000) / 1000) : Json(nullptr);
  json[name + "_source"] = mark ? Json(mark->source) : Json(nullptr);
  json[name + "_detection_id"] = mark && !mark->sighting.empty() ? Json(mark->sighting.str()) : Json(nullptr);
}

/// A day has no id of its own: it is the person's and the date.
Json day_json(const WebServices& services, const AttendanceDay& day) {
  Json json{{"id", std::format("{}:{}", day.person.str(), format_day(day.day))},
            {"person_id", day.person.str()},
            {"attendance_date", format_day(day.day)}};
  put_mark(services, json, "check_in", day.first_in);
  put_mark(services, json, "check_out", day.last_out);
  const auto duration = day.duration();
  json["duration_minutes"] = duration ? Json(duration->count()) : Json(nullptr);
  json["status"] = v1_status(day.status);
  json["is_manual"] = day.entry_type == EntryType::manual;
  json["approved_by"] = day.approved_by.empty() ? Json(nullptr) : Json(day.approved_by);
  json["approval_timestamp"] = time_or_null(services, day.approved_at);
  json["remarks"] = day.remarks.empty() ? Json(nullptr) : Json(day.remarks);
  json["createdAt"] = site_time(services, day.created_at);
  json["updatedAt"] = site_time(services, day.updated_at);
  return json;
}

struct Range {
  LocalDay from{};
  LocalDay to{};
};

/// from_date and to_date, both inclusive; the last 31 days when neither is given.
Range range_of(const WebServices& services, QueryValues& in) {
  const LocalDay today = services.site_day.of(services.clock.now());
  const auto from = in.day("from_date");
  const auto to = in.day("to_date");
  const LocalDay last = to.value_or(from ? std::max(today, *from) : today);
  const Range range{.from = from.value_or(last - days(usual_days - 1)), .to = last};
  if (range.to < range.from)
    in.fault("to_date", "must not be before from_date");
  else if ((range.to - range.from).count() >= most_days)
    in.fault("from_date", std::format("must be within {} days of to_date", most_days));
  return range;
}

/// Of one person, or of everybody the caller sees.
Result<Page<AttendanceDay>> find_days(const WebServices& services, const HttpCall& call, const DayFilter& filter,
                                      const Paging& paging) {
  if (filter.person || call.caller.departments.empty()) return services.database.attendance().find_days(filter, paging);
  PersonFilter seen;
  seen.departments = call.caller.departments;
  const auto people = services.database.persons().find(seen, {.offset = 0, .limit = 1'000'000});
  if (!people) return std::unexpected(people.error());
  std::unordered_map<PersonId, bool> visible;
  for (const Person& person : people->rows) visible.emplace(person.id, true);
  auto all = services.database.attendance().days(filter.from, filter.to);
  if (!all) return std::unexpected(all.error());
  std::erase_if(*all, [&](const AttendanceDay& day) {
    return !visible.contains(day.person) || (filter.status && day.status != *filter.status);
  });
  std::ranges::sort(*all, [](const AttendanceDay& a, const AttendanceDay& b) {
    return std::tie(b.day, b.person) < std::tie(a.day, a.person);
  });
  Page<AttendanceDay> page;
  page.total = static_cast<std::int64_t>(all->size());
  for (auto i = paging.offset; i < std::min(page.total, paging.offset + paging.limit); ++i)
    page.rows.push_back(std::move((*all)[static_cast<std::size_t>(i)]));
  return page;
}

drogon::HttpResponsePtr days_reply(const WebServices& services, const Result<Page<AttendanceDay>>& found,
                                   const PageNumber& page) {
  if (!found) return error_reply(found.error());
  Json list = Json::array();
  for (const AttendanceDay& day : found->rows) list.push_back(day_json(services, day));
  return v1_reply(std::move(list), page_meta(page, found->total));
}

constexpr const char* statuses = "present, absent, late, early_leave, on_leave, holiday or pending";

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const auto page = in.page();
  const auto range = range_of(services, in);
  const auto person_id = in.text("person_id", {.most = 200});
  DayFilter filter{.from = range.from, .to = range.to, .person = {}, .status = {}};
  filter.status = in.word("status", status_from, statuses);
  if (auto wrong = in.reply()) return wrong;
  if (person_id) {
    const auto person = visible_person(services, call, *person_id);
    if (!person) return error_reply(person.error());
    filter.person = person->id;
  }
  return days_reply(services, find_days(services, call, filter, page.paging()), page);
}

drogon::HttpResponsePtr of_person(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const auto page = in.page();
  const auto range = range_of(services, in);
  DayFilter filter{.from = range.from, .to = range.to, .person = {}, .status = {}};
  filter.status = in.word("status", status_from, statuses);
  if (auto wrong = in.reply()) return wrong;
  const auto person = person_with_visible_attendance(services, call, call.id);
  if (!person) return error_reply(person.error());
  filter.person = person->id;
  return days_reply(services, services.database.attendance().find_days(filter, page.paging()), page);
}

/// The person of a request to check somebody in or out, or the answer.
std::expected<Person, drogon::HttpResponsePtr> person_to_check(const WebServices& services, const HttpCall& call,
                                                               bool with_threshold) {
  auto body = JsonBody::of(call);
  if (!body) return std::unexpected(body.error());
  JsonFields in = body->fields();
  in.require({"person_id"});
  const auto person_id = in.text("person_id", {.most = 200});
  // Whoever enters it is sure: the threshold is of systems in which a picture checks people in.
  if (with_threshold) in.number("confidence_threshold", {.least = 0, .most = 1});
  if (auto wrong = in.reply()) return std::unexpected(wrong);
  auto person = visible_person(services, call, *person_id);
  if (!person) return std::unexpected(error_reply(person.error(), "person_id"));
  return std::move(*person);
}

EnteredBy caller_of(const HttpCall& call) {
  return {.name = call.caller.name, .approves = call.caller.may(Permission::attendance_approve)};
}

/// Live channels hear of what was entered as of what cameras saw.
void tell_live(const WebServices& services, const Person& person, const AttendanceDay& day, bool is_check_in) {
  RecordedFacts facts;
  facts.attendance.push_back(
      {.person = person, .day = day, .first_in_changed = is_check_in, .last_out_changed = !is_check_in});
  services.feed.publish(facts);
}

drogon::HttpResponsePtr enter_check_in(const WebServices& services, const HttpCall& call) {
  const auto person = person_to_check(services, call, true);
  if (!person) return person.error();
  const auto day = check_in(services.database, services.rules, *person, caller_of(call), services.clock.now());
  if (!day) return error_reply(day.error());
  tell_live(services, *person, *day, true);
  return v1_reply({{"success", true},
                   {"person_id", person->id.str()},
                   {"person_name", person->name},
                   {"check_in_time", site_time(services, day->first_in->at)},
                   {"confidence", day->first_in->confidence},
                   {"message", "Check-in successful"}});
}

drogon::HttpResponsePtr enter_check_out(const WebServices& services, const HttpCall& call) {
  const auto person = person_to_check(services, call, false);
  if (!person) return person.error();
  const auto day = check_out(services.database, services.rules, *person, caller_of(call), services.clock.now());
  if (!day) return error_reply(day.error());
  tell_live(services, *person, *day, false);
  return v1_reply({{"success", true},
                   {"person_id", person->id.str()},
                   {"person_name", person->name},
                   {"check_out_time", site_time(services, day->last_out->at)},
                   {"duration_minutes", day->duration()->count()},
                   {"message", "Check-out successful"}});
}

double one_decimal(double value) {
  return std::round(value * 10) / 10;
}

drogon::HttpResponsePtr daily(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const Instant now = services.clock.now();
  const auto given = in.day("date");
  const LocalDay day = given.value_or(services.site_day.of(now));
  if (day > services.site_day.of(now)) in.fault("date", "has not come yet");
  if (auto wrong = in.reply()) return wrong;
  AttendanceQuery query{.from = day, .to = day, .person = {}, .department = {}};
  query.may_be_told = [&](const Person& person) { return call.caller.sees_department(person.department); };
  auto report = attendance_report(services.database, query, {.offset = 0, .limit = 1}, services.site_day, now);
  if (!report) return error_reply(report.error());
  auto& counts = report->counts;
  using enum AttendanceStatus;
  const int came = counts[present] + counts[late] + counts[left_early] + counts[pending_review];
  const auto total = report->page.total;
  return v1_reply({{"date", format_day(day)},
                   {"total_persons", total},
                   {"present", came},
                   {"absent", counts[absent]},
                   {"late", counts[late]},
                   {"early_leave", counts[left_early]},
                   {"pending", counts[pending_review]},
                   {"on_leave", counts[on_leave] + counts[holiday]},
                   {"presence_percentage", total == 0 ? 0.0 : one_decimal(100.0 * came / static_cast<double>(total))}});
}

drogon::HttpResponsePtr statistics(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const auto range = range_of(services, in);
  if (auto wrong = in.reply()) return wrong;
  const auto person = person_with_visible_attendance(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto found =
      person_statistics(services.database, services.rules, *person, range.from, range.to, services.clock.now());
  if (!found) return error_reply(found.error());
  return v1_reply({{"total_working_days", found->working_days},
                   {"days_present", found->present},
                   {"days_absent", found->absent},
                   {"days_late", found->late},
                   {"days_early_leave", found->left_early},
                   {"presence_percentage", one_decimal(found->presence_percentage())}});
}

drogon::HttpResponsePtr state(const WebServices& services, const HttpCall& call) {
  const auto person = person_with_visible_attendance(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto found = person_state(services.database, services.rules, *person, services.clock.now());
  if (!found) return error_reply(found.error());
  return v1_reply({{"person_id", person->id.str()},
                   {"person_name", person->name},
                   {"checked_in", found->checked_in},
                   {"check_in_time", time_or_null(services, found->check_in)},
                   {"current_duration_minutes", found->duration ? Json(found->duration->count()) : Json(nullptr)}});
}

}  // namespace

void add_v1_attendance_routes(Router& router, const WebServices& services) {
  const auto add = [&](drogon::HttpMethod method, const char* path, const Access& access, auto handler) {
    router.add({method, path, access}, [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  add(drogon::Get, "/api/v1/attendance", Access::to(Permission::attendance_read), list);
  add(drogon::Post, "/api/v1/attendance/check-in", Access::to(Permission::attendance_write), enter_check_in);
  add(drogon::Post, "/api/v1/attendance/check-out", Access::to(Permission::attendance_write), enter_check_out);
  add(drogon::Get, "/api/v1/attendance/reports/daily", Access::to(Permission::attendance_read), daily);
  // attendance:read for everybody's, self:read for one's own: see person_with_visible_attendance.
  add(drogon::Get, "/api/v1/attendance/{person_id}", Access::signed_in(), of_person);
  add(drogon::Get, "/api/v1/attendance/{person_id}/statistics", Access::signed_in(), statistics);
  add(drogon::Get, "/api/v1/attendance/status/{person_id}", Access::signed_in(), state);
}

}  // namespace hadir
