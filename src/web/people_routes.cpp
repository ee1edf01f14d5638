#include <format>
#include <unordered_map>

#include "app/people/erase_person.hpp"
#include "web/audit_note.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t people_a_page = 1000;

/// The number of somebody's templates. Only known for lists; -1: leave it out.
Json employee_json(const WebServices& services, const HttpCall& call, const PresenceRow& row, std::int64_t templates) {
  const Person& person = row.person;
  Json json{{"employee_id", person.employee_code},
            {"id", person.id.str()},
            {"name", person.name},
            {"department", person.department},
            {"role", person.role},
            {"email", person.email},
            {"phone", person.phone},
            {"type", to_text(person.type)},
            {"person_status", to_text(person.status)},
            {"templates", templates},
            {"status", to_text(row.presence ? row.presence->status : PresenceStatus::unavailable)},
            {"last_seen", nullptr},
            {"camera", nullptr}};
  if (!row.presence || row.presence->last_seen == Instant{}) return json;
  json["last_seen"] = site_time(services, row.presence->last_seen);
  if (call.caller.sees(row.presence->camera))
    json["camera"] = {{"id", row.presence->camera.str()}, {"name", camera_name(services, row.presence->camera)}};
  return json;
}

Result<Json> one_employee(const WebServices& services, const HttpCall& call, const Person& person) {
  const auto presence = services.database.attendance().presence(person.id);
  if (!presence) return std::unexpected(presence.error());
  const auto templates = services.database.templates().of_person(person.id);
  if (!templates) return std::unexpected(templates.error());
  return employee_json(services, call, {person, *presence}, static_cast<std::int64_t>(templates->size()));
}

drogon::HttpResponsePtr employee_reply(const WebServices& services, const HttpCall& call, const Person& person,
                                       drogon::HttpStatusCode status) {
  const auto json = one_employee(services, call, person);
  return json ? json_reply(*json, status) : error_reply(json.error());
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const auto department = in.text("department");
  const auto page = in.page(people_a_page, people_a_page);
  if (auto wrong = in.reply()) return wrong;
  auto people = presence_list(services.database);
  if (!people) return error_reply(people.error());
  std::erase_if(*people, [&](const PresenceRow& row) {
    return !call.caller.sees_department(row.person.department) || (department && row.person.department != *department);
  });
  const auto enrolments = services.database.templates().enrolments();
  if (!enrolments) return error_reply(enrolments.error());
  std::unordered_map<PersonId, std::int64_t> templates;
  for (const Enrolment& one : *enrolments) templates.emplace(one.person, one.templates);
  Json employees = Json::array();
  const auto total = static_cast<std::int64_t>(people->size());
  const auto end = std::min(total, page.paging().offset + page.size);
  for (std::int64_t i = page.paging().offset; i < end; ++i) {
    const auto& row = (*people)[static_cast<std::size_t>(i)];
    const auto found = templates.find(row.person.id);
    employees.push_back(employee_json(services, call, row, found == templates.end() ? 0 : found->second));
  }
  auto reply = json_reply(employees);
  reply->addHeader("x-total-count", std::to_string(total));
  return reply;
}

std::optional<std::string> code_of(JsonFields& in) {
  return in.text("employee_id", {.most = 64});
}

PersonFields fields_of(JsonFields& in) {
  PersonFields fields;
  fields.employee_code = code_of(in);
  fields.name = in.text("name", {.most = 200});
  fields.department = in.text("department", {.least = 0, .most = 100});
  fields.role = in.text("role", {.least = 0, .most = 100});
  fields.email = email_of(in);
  fields.phone = in.text("phone", {.least = 0, .most = 40});
  fields.type = in.word("type", person_type_from, "employee, visitor or contractor");
  fields.status = in.word("person_status", person_status_from, "active, inactive or archived");
  return fields;
}

/// Here employee_code is called employee_id.
drogon::HttpResponsePtr named_error(Error error) {
  constexpr std::string_view code = "employee_code: ";
  if (!error.message.starts_with(code)) return person_error(error);
  error.message.replace(0, code.size(), "employee_id: ");
  return error_reply(error, "employee_id");
}

drogon::HttpResponsePtr create(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"name"});
  const auto fields = fields_of(in);
  check_department(call, in.faults(), fields.department, true);
  if (auto wrong = in.reply()) return wrong;
  RandomUuidSource uuids;
  const auto person =
      add_person(services.database, fields, services.clock.now(), uuids, [&](const Person&, const Person& added) {
        return note(services, call, "person.add", added.id.str(),
                    {{"employee_id", added.employee_code}, {"after", body->json()}});
      });
  if (!person) return named_error(person.error());
  tell_people_changed(services);
  return employee_reply(services, call, *person, drogon::k201Created);
}

drogon::HttpResponsePtr show(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  return person ? employee_reply(services, call, *person, drogon::k200OK) : error_reply(person.error());
}

Json before_of(const Person& person) {
  return {{"employee_id", person.employee_code},
          {"name", person.name},
          {"department", person.department},
          {"role", person.role},
          {"email", person.email},
          {"phone", person.phone},
          {"type", to_text(person.type)},
          {"person_status", to_text(person.status)}};
}

drogon::HttpResponsePtr change(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const auto fields = fields_of(in);
  check_department(call, in.faults(), fields.department, false);
  if (auto wrong = in.reply()) return wrong;
  const auto found = visible_person(services, call, call.id);
  if (!found) return error_reply(found.error());
  const auto person = change_person(services.database, found->id, fields, services.clock.now(),
                                    [&](const Person& before, const Person& after) {
                                      return note(services, call, "person.change", after.id.str(),
                                                  {{"before", before_of(before)}, {"after", before_of(after)}});
                                    });
  if (!person) return named_error(person.error());
  tell_people_changed(services);
  return employee_reply(services, call, *person, drogon::k200OK);
}

drogon::HttpResponsePtr erase(const WebServices& services, const HttpCall& call) {
  const auto found = visible_person(services, call, call.id);
  if (!found) return error_reply(found.error());
  const auto counts = [](const Erasure& erasure) -> Json {
    return {{"templates", erasure.templates},
            {"photos", erasure.photos},
            {"captures", erasure.captures},
            {"attendance_days", erasure.days},
            {"sightings_made_anonymous", erasure.sightings}};
  };
  const auto erasure = erase_person(services.database, services.pictures, found->id, [&](const Erasure& erased) {
    return note(services, call, "person.remove", erased.person.id.str(),
                {{"employee_id", erased.person.employee_code}, {"erased", counts(erased)}});
  });
  if (!erasure) return error_reply(erasure.error());
  tell_people_changed(services);
  return json_reply({{"ok", true},
                     {"employee_id", erasure->person.employee_code},
                     {"id", erasure->person.id.str()},
                     {"erased", counts(*erasure)},
                     {"pictures_left_for_housekeeping", erasure->left.size()}});
}

}  // namespace

void add_people_routes(Router& router, const WebServices& services) {
  const auto add = [&](drogon::HttpMethod method, const char* path, Permission permission, auto handler) {
    router.add({method, path, Access::to(permission)},
               [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  add(drogon::Get, "/api/employees", Permission::persons_read, list);
  add(drogon::Post, "/api/employees", Permission::persons_write, create);
  add(drogon::Get, "/api/employees/{id}", Permission::persons_read, show);
  add(drogon::Put, "/api/employees/{id}", Permission::persons_write, change);
  add(drogon::Delete, "/api/employees/{id}", Permission::persons_write, erase);
}

}  // namespace hadir
