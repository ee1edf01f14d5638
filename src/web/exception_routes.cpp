// Days unlike others: holidays, leave, special events.
#include <algorithm>
#include <format>

#include "app/attendance/exceptions.hpp"
#include "web/access_gate.hpp"
#include "web/audit_note.hpp"
#include "web/field_errors.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;

constexpr int usual_days_ahead = 366;
constexpr int most_days = 3660;

Json time_or_null(const WebServices& services, const std::optional<Instant>& at) {
  return at ? Json(site_time(services, *at)) : Json(nullptr);
}

Json exception_json(const WebServices& services, const AttendanceException& exception, const Person* person) {
  return {{"id", exception.id.str()},
          {"employee_id", person != nullptr ? Json(person->employee_code) : Json(nullptr)},
          {"name", person != nullptr ? Json(person->name) : Json(nullptr)},
          {"date", format_day(exception.day)},
          {"type", to_text(exception.type)},
          {"reason", exception.reason},
          {"approved", exception.approved || !exception.requires_approval},
          {"approved_by", exception.approved_by.empty() ? Json(nullptr) : Json(exception.approved_by)},
          {"approved_at", time_or_null(services, exception.approved_at)},
          {"withdrawn_at", time_or_null(services, exception.withdrawn_at)},
          {"created_at", site_time(services, exception.created_at)}};
}

/// Those of everybody are of no department: whoever sees some departments alone sees them, and changes none.
Result<std::optional<Person>> visible_subject(const WebServices& services, const HttpCall& call,
                                              const AttendanceException& exception) {
  if (!exception.person) return std::optional<Person>();
  auto person = visible_person(services, call, exception.person->str());
  if (!person) return std::unexpected(person.error());
  return std::optional(std::move(*person));
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const LocalDay today = services.site_day.of(services.clock.now());
  const LocalDay from = in.day("from").value_or(today - days(92));
  const LocalDay to = in.day("to").value_or(std::max(from, today) + days(usual_days_ahead));
  const auto employee = in.text("employee");
  const bool with_withdrawn = in.boolean("withdrawn").value_or(false);
  if (to < from) in.fault("to", "must not be before from");
  if ((to - from).count() >= most_days) in.fault("from", std::format("must be within {} days of to", most_days));
  if (auto wrong = in.reply()) return wrong;
  std::optional<PersonId> of;
  if (employee) {
    const auto person = visible_person(services, call, *employee);
    if (!person) return error_reply(person.error(), "employee");
    of = person->id;
  }
  const auto known = services.database.rules().exceptions();
  if (!known) return error_reply(known.error());
  Json found = Json::array();
  for (const auto& one : *known) {
    if (one.day < from || one.day > to || (of && one.person != of) || (one.withdrawn_at && !with_withdrawn)) continue;
    const auto person = visible_subject(services, call, one);
    if (!person && person.error().kind == ErrorKind::not_found) continue;
    if (!person) return error_reply(person.error());
    found.push_back(exception_json(services, one, *person ? &**person : nullptr));
  }
  return json_reply(found);
}

/// Days that are over or now are judged again; those to come are judged when they come.
Status judge_again(const WebServices& services, const std::vector<AttendanceException>& changed) {
  if (!services.judge_again) return {};
  const LocalDay today = services.site_day.of(services.clock.now());
  std::vector<LocalDay> judged;
  for (const auto& one : changed)
    if (one.day <= today) judged.push_back(one.day);
  return services.judge_again(judged);
}

drogon::HttpResponsePtr needs_approval() {
  return forbidden_reply("forbidden", "this needs attendance:approve");
}

drogon::HttpResponsePtr for_everybody() {
  return forbidden_reply("forbidden", "days of everybody are for those who see all departments");
}

AlongWithException noted(const WebServices& services, const HttpCall& call, const char* action) {
  return [&services, &call, action](const AttendanceException& exception) {
    return note(services, call, action, exception.id.str(), exception_json(services, exception, nullptr));
  };
}

drogon::HttpResponsePtr add(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"type", "from"});
  const auto employee =
      in.is_null("employee_id") ? (in.value("employee_id"), std::nullopt) : in.text("employee_id", {.most = 200});
  ExceptionRequest request;
  request.type = in.word("type", exception_type_from, "holiday, leave or special_event").value_or(ExceptionType::leave);
  request.from = in.day("from").value_or(LocalDay{});
  request.to = in.day("to").value_or(request.from);
  request.reason = in.text("reason", {.least = 0, .most = 500}).value_or("");
  request.approve = in.boolean("approve").value_or(call.caller.may(Permission::attendance_approve));
  if (!employee && request.type == ExceptionType::leave) in.fault("employee_id", "must be given: leave is somebody's");
  if (auto wrong = in.reply()) return wrong;
  if (request.approve && !call.caller.may(Permission::attendance_approve)) return needs_approval();
  if (!employee && !call.caller.departments.empty()) return for_everybody();
  std::optional<Person> person;
  if (employee) {
    auto found = visible_person(services, call, *employee);
    if (!found) return error_reply(found.error(), "employee_id");
    person = std::move(*found);
    request.person = person->id;
  }
  const auto added = add_exceptions(services.database, request, call.caller.name, services.clock.now(),
                                    noted(services, call, "exception.add"));
  if (!added) return field_errors_reply(added.error());
  if (auto judged = judge_again(services, *added); !judged) return error_reply(judged.error());
  Json list = Json::array();
  for (const auto& one : *added) list.push_back(exception_json(services, one, person ? &*person : nullptr));
  return json_reply(list, drogon::k201Created);
}

using Change = Result<AttendanceException> (*)(const WebServices&, const HttpCall&, const AttendanceExceptionId&);

drogon::HttpResponsePtr changed(const WebServices& services, const HttpCall& call, Change change,
                                bool approved_needs_approval) {
  const AttendanceExceptionId id(is_utf8(call.id) && !call.id.contains('\0') ? call.id : "");
  const auto found = exception_of(services.database, id);
  if (!found) return error_reply(found.error());
  const auto person = visible_subject(services, call, *found);
  if (!person) return error_reply(Error{ErrorKind::not_found, "there is no such exception"});
  if (!*person && !call.caller.departments.empty()) return for_everybody();
  if (approved_needs_approval && found->approved && !call.caller.may(Permission::attendance_approve))
    return needs_approval();
  const auto done = change(services, call, id);
  if (!done) return error_reply(done.error());
  if (auto judged = judge_again(services, {*done}); !judged) return error_reply(judged.error());
  return json_reply(exception_json(services, *done, *person ? &**person : nullptr));
}

drogon::HttpResponsePtr approve(const WebServices& services, const HttpCall& call) {
  const Change change = [](const WebServices& of, const HttpCall& by, const AttendanceExceptionId& id) {
    return approve_exception(of.database, id, by.caller.name, of.clock.now(), noted(of, by, "exception.approve"));
  };
  return changed(services, call, change, false);
}

drogon::HttpResponsePtr withdraw(const WebServices& services, const HttpCall& call) {
  const Change change = [](const WebServices& of, const HttpCall& by, const AttendanceExceptionId& id) {
    return withdraw_exception(of.database, id, of.clock.now(), noted(of, by, "exception.withdraw"));
  };
  return changed(services, call, change, true);
}

}  // namespace

void add_exception_routes(Router& router, const WebServices& services) {
  const auto route = [&](drogon::HttpMethod method, const char* path, Permission permission, auto handler) {
    router.add({method, path, Access::to(permission)},
               [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  route(drogon::Get, "/api/exceptions", Permission::attendance_read, list);
  route(drogon::Post, "/api/exceptions", Permission::attendance_write, add);
  route(drogon::Post, "/api/exceptions/{id}/approve", Permission::attendance_approve, approve);
  route(drogon::Delete, "/api/exceptions/{id}", Permission::attendance_write, withdraw);
}

}  // namespace hadir
