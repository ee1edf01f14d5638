#include <unordered_map>

#include "app/people/erase_person.hpp"
#include "core/words.hpp"
#include "web/audit_note.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"
#include "web/v1_person_json.hpp"
#include "web/v1_reply.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

drogon::HttpResponsePtr person_reply(const WebServices& services, const Person& person, Json meta = nullptr,
                                     drogon::HttpStatusCode status = drogon::k200OK) {
  const auto enrolment = enrolment_of(services.database, person.id);
  if (!enrolment) return error_reply(enrolment.error());
  return v1_reply(v1_person_json(services, person, *enrolment), std::move(meta), status);
}

PersonFields fields_of(JsonFields& in) {
  PersonFields fields;
  fields.first_name = in.text("first_name", {.most = 100});
  fields.last_name = in.text("last_name", {.least = 0, .most = 100});
  fields.email = email_of(in);
  fields.phone = in.text("phone", {.least = 0, .most = 40});
  fields.type = in.word("person_type", person_type_from, "employee, visitor or contractor");
  fields.id_number = in.text("id_number", {.least = 0, .most = 64});
  fields.id_type = in.text("id_type", {.least = 0, .most = 50});
  fields.department = in.text("department", {.least = 0, .most = 100});
  fields.organisation = in.text("organization", {.least = 0, .most = 200});
  fields.status = in.word("status", person_status_from, "active, inactive or archived");
  fields.employee_code = in.text("employee_code", {.most = 64});
  return fields;
}

Json noted_person(const Person& person) {
  return {{"employee_code", person.employee_code},
          {"name", person.name},
          {"email", person.email},
          {"department", person.department},
          {"person_type", to_text(person.type)},
          {"status", to_text(person.status)}};
}

drogon::HttpResponsePtr create(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"first_name"});
  auto fields = fields_of(in);
  // An employee's number is the code that the dashboard knows them by.
  if (!fields.employee_code && fields.id_type == "employee_id" && !fields.id_number.value_or("").empty())
    fields.employee_code = fields.id_number;
  check_department(call, in.faults(), fields.department, true);
  if (auto wrong = in.reply()) return wrong;
  RandomUuidSource uuids;
  const auto person =
      add_person(services.database, fields, services.clock.now(), uuids, [&](const Person&, const Person& added) {
        return note(services, call, "person.add", added.id.str(), {{"after", noted_person(added)}});
      });
  if (!person) return person_error(person.error());
  tell_people_changed(services);
  return person_reply(services, *person, {{"created", true}}, drogon::k201Created);
}

constexpr Words<PersonOrder, 5> order_words{{{PersonOrder::name, "name"},
                                             {PersonOrder::employee_code, "employee_code"},
                                             {PersonOrder::department, "department"},
                                             {PersonOrder::created_at, "created_at"},
                                             {PersonOrder::updated_at, "updated_at"}}};

void read_order(QueryValues& in, PersonFilter& filter) {
  auto sort = in.text("sort", {.most = 30});
  if (!sort) return;
  filter.descending = sort->starts_with('-');
  if (filter.descending) sort->erase(0, 1);
  if (const auto order = value_of(order_words, *sort))
    filter.order = *order;
  else
    in.fault("sort",
             "must be name, employee_code, department, created_at or updated_at, with - before it for the reverse");
}

drogon::HttpResponsePtr people_reply(const WebServices& services, const PersonFilter& filter, const PageNumber& page) {
  const auto people = services.database.persons().find(filter, page.paging());
  if (!people) return error_reply(people.error());
  const auto enrolments = services.database.templates().enrolments();
  if (!enrolments) return error_reply(enrolments.error());
  std::unordered_map<PersonId, Enrolment> by_person;
  for (const Enrolment& one : *enrolments) by_person.emplace(one.person, one);
  Json list = Json::array();
  for (const Person& person : people->rows) {
    const auto found = by_person.find(person.id);
    list.push_back(v1_person_json(services, person, found == by_person.end() ? EnrolmentOf{} : found->second));
  }
  return v1_reply(std::move(list), page_meta(page, people->total));
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const auto page = in.page();
  PersonFilter filter;
  filter.status = in.word("status", person_status_from, "active, inactive or archived");
  filter.type = in.word("person_type", person_type_from, "employee, visitor or contractor");
  filter.department = in.text("department", {.most = 100});
  filter.departments = call.caller.departments;
  read_order(in, filter);
  if (auto wrong = in.reply()) return wrong;
  return people_reply(services, filter, page);
}

drogon::HttpResponsePtr search(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  in.require({"q"});
  const auto page = in.page();
  PersonFilter filter;
  filter.text = in.text("q", {.most = 100}).value_or("");
  filter.departments = call.caller.departments;
  if (auto wrong = in.reply()) return wrong;
  if (const auto noted = note(services, call, "person.search", "", {{"q", filter.text}}); !noted)
    return error_reply(noted.error());
  return people_reply(services, filter, page);
}

drogon::HttpResponsePtr show(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  return person ? person_reply(services, *person) : error_reply(person.error());
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
                                                  {{"before", noted_person(before)}, {"after", noted_person(after)}});
                                    });
  if (!person) return person_error(person.error());
  tell_people_changed(services);
  return person_reply(services, *person);
}

drogon::HttpResponsePtr erase(const WebServices& services, const HttpCall& call) {
  const auto found = visible_person(services, call, call.id);
  if (!found) return error_reply(found.error());
  const auto erasure = erase_person(services.database, services.pictures, found->id, [&](const Erasure& erased) {
    return note(services, call, "person.remove", erased.person.id.str(),
                {{"employee_code", erased.person.employee_code},
                 {"templates", erased.templates},
                 {"photos", erased.photos},
                 {"attendance_days", erased.days}});
  });
  if (!erasure) return error_reply(erasure.error());
  tell_people_changed(services);
  auto reply = drogon::HttpResponse::newHttpResponse();
  reply->setStatusCode(drogon::k204NoContent);
  return reply;
}

drogon::HttpResponsePtr summary(const WebServices& services, const HttpCall& call) {
  auto people = services.database.persons().list();
  if (!people) return error_reply(people.error());
  std::erase_if(*people, [&](const Person& person) { return !call.caller.sees_department(person.department); });
  const auto enrolments = services.database.templates().enrolments();
  if (!enrolments) return error_reply(enrolments.error());
  std::unordered_map<PersonId, std::int64_t> faces;
  for (const Enrolment& one : *enrolments) faces.emplace(one.person, one.templates);
  Json by_type{{"employee", 0}, {"visitor", 0}, {"contractor", 0}};
  int active = 0;
  int with_faces = 0;
  for (const Person& person : *people) {
    active += person.status == PersonStatus::active ? 1 : 0;
    with_faces += faces.contains(person.id) ? 1 : 0;
    by_type[to_text(person.type)] = by_type[to_text(person.type)].get<int>() + 1;
  }
  return v1_reply({{"total_persons", people->size()},
                   {"active_persons", active},
                   {"persons_with_faces", with_faces},
                   {"by_type", std::move(by_type)}});
}

}  // namespace

void add_v1_person_routes(Router& router, const WebServices& services) {
  const auto add = [&](drogon::HttpMethod method, const char* path, Permission permission, auto handler) {
    router.add({method, path, Access::to(permission)},
               [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  add(drogon::Get, "/api/v1/persons", Permission::persons_read, list);
  add(drogon::Post, "/api/v1/persons", Permission::persons_write, create);
  add(drogon::Get, "/api/v1/persons/search", Permission::persons_read, search);
  add(drogon::Get, "/api/v1/persons/summary", Permission::persons_read, summary);
  add(drogon::Get, "/api/v1/persons/{person_id}", Permission::persons_read, show);
  add(drogon::Put, "/api/v1/persons/{person_id}", Permission::persons_write, change);
  add(drogon::Delete, "/api/v1/persons/{person_id}", Permission::persons_write, erase);
}

}  // namespace hadir
