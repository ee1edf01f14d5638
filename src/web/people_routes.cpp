#include <format>
#include <unordered_map>

#include "app/people/erase_person.hpp"
#include "core/words.hpp"
#include "web/audit_note.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"
#include "web/search_notes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t people_a_page = 1000;
constexpr std::int64_t most_people = 1'000'000;

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
            {"id_number", person.id_number},
            {"id_type", person.id_type},
            {"organization", person.organisation},
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

enum class ListOrder { name = 1, employee_id, department, last_seen, templates };
constexpr Words<ListOrder, 5> order_words{{{ListOrder::name, "name"},
                                           {ListOrder::employee_id, "employee_id"},
                                           {ListOrder::department, "department"},
                                           {ListOrder::last_seen, "last_seen"},
                                           {ListOrder::templates, "templates"}}};

/// Which people are listed, and how.
struct ListWish {
  PersonFilter filter;
  bool with_archived = false;  ///< also those, where no status is asked for
  std::optional<bool> enrolled;
  ListOrder order = ListOrder::name;
};

void read_order(QueryValues& in, ListWish& wish) {
  auto sort = in.text("sort", {.most = 30});
  if (!sort) return;
  wish.filter.descending = sort->starts_with('-');
  if (wish.filter.descending) sort->erase(0, 1);
  const auto order = value_of(order_words, *sort);
  if (!order)
    return in.fault("sort",
                    "must be name, employee_id, department, last_seen or templates, with - before it for the reverse");
  wish.order = *order;
  if (*order == ListOrder::employee_id) wish.filter.order = PersonOrder::employee_code;
  if (*order == ListOrder::department) wish.filter.order = PersonOrder::department;
}

ListWish wish_of(const HttpCall& call, QueryValues& in) {
  ListWish wish;
  wish.filter.departments = call.caller.departments;
  wish.filter.text = in.text("q", {.most = 100}).value_or("");
  wish.filter.department = in.text("department", {.most = 100});
  wish.filter.type = in.word("type", person_type_from, "employee, visitor or contractor");
  const auto status = in.text("person_status", {.most = 30});
  wish.with_archived = status == "all";
  if (status && !wish.with_archived) {
    wish.filter.status = person_status_from(*status);
    if (!wish.filter.status) in.fault("person_status", "must be active, inactive, archived or all");
  }
  wish.enrolled = in.boolean("enrolled");
  read_order(in, wish);
  return wish;
}

struct ListedPerson {
  PresenceRow row;
  std::int64_t templates = 0;
};

Result<std::vector<ListedPerson>> listed_people(const WebServices& services, const ListWish& wish) {
  auto people = services.database.persons().find(wish.filter, {.offset = 0, .limit = most_people});
  if (!people) return std::unexpected(people.error());
  auto presence = services.database.attendance().all_presence();
  if (!presence) return std::unexpected(presence.error());
  const auto enrolments = services.database.templates().enrolments();
  if (!enrolments) return std::unexpected(enrolments.error());
  std::unordered_map<PersonId, Presence> seen;
  for (Presence& one : *presence) seen.emplace(one.person, std::move(one));
  std::unordered_map<PersonId, std::int64_t> templates;
  for (const Enrolment& one : *enrolments) templates.emplace(one.person, one.templates);
  std::vector<ListedPerson> listed;
  for (Person& person : people->rows) {
    if (person.status == PersonStatus::archived && !wish.filter.status && !wish.with_archived) continue;
    const auto faces = templates.find(person.id);
    const std::int64_t count = faces == templates.end() ? 0 : faces->second;
    if (wish.enrolled && *wish.enrolled != (count > 0)) continue;
    const auto found = seen.find(person.id);
    listed.push_back({{std::move(person), found == seen.end() ? std::nullopt : std::optional(found->second)}, count});
  }
  const auto sort_by = [&](auto key) {
    std::ranges::stable_sort(listed, [&](const ListedPerson& a, const ListedPerson& b) {
      return wish.filter.descending ? key(a) > key(b) : key(a) < key(b);
    });
  };
  if (wish.order == ListOrder::templates) sort_by([](const ListedPerson& one) { return one.templates; });
  if (wish.order == ListOrder::last_seen)
    sort_by([](const ListedPerson& one) { return one.row.presence ? one.row.presence->last_seen : Instant{}; });
  return listed;
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall& call) {
  QueryValues in(call);
  const ListWish wish = wish_of(call, in);
  const auto page = in.page(people_a_page, people_a_page);
  if (auto wrong = in.reply()) return wrong;
  const auto people = listed_people(services, wish);
  if (!people) return error_reply(people.error());
  Json employees = Json::array();
  const auto total = static_cast<std::int64_t>(people->size());
  const auto end = std::min(total, page.paging().offset + page.size);
  for (std::int64_t i = page.paging().offset; i < end; ++i) {
    const auto& one = (*people)[static_cast<std::size_t>(i)];
    employees.push_back(employee_json(services, call, one.row, one.templates));
  }
  auto reply = json_reply(employees);
  reply->addHeader("x-total-count", std::to_string(total));
  return reply;
}

/// Before the list, which may be at hand already. Words that are refused are not noted.
Status note_search(const WebServices& services, const HttpCall& call, SearchNotes& searches) {
  QueryValues in(call);
  const auto words = in.text("q", {.most = 100}).value_or("");
  if (words.empty() || !searches.is_new(call.caller, words, services.clock.now())) return {};
  return note(services, call, "person.search", "", {{"q", words}});
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
  fields.id_number = in.text("id_number", {.least = 0, .most = 64});
  fields.id_type = in.text("id_type", {.least = 0, .most = 50});
  fields.organisation = in.text("organization", {.least = 0, .most = 200});
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

/// For the audit log, which does without document numbers.
Json noted_person(const Person& person) {
  return {{"employee_id", person.employee_code},
          {"name", person.name},
          {"department", person.department},
          {"role", person.role},
          {"email", person.email},
          {"phone", person.phone},
          {"type", to_text(person.type)},
          {"person_status", to_text(person.status)},
          {"organization", person.organisation}};
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
                    {{"employee_id", added.employee_code}, {"after", noted_person(added)}});
      });
  if (!person) return named_error(person.error());
  tell_people_changed(services);
  return employee_reply(services, call, *person, drogon::k201Created);
}

drogon::HttpResponsePtr show(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  return person ? employee_reply(services, call, *person, drogon::k200OK) : error_reply(person.error());
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
  if (!person) return named_error(person.error());
  tell_people_changed(services);
  return employee_reply(services, call, *person, drogon::k200OK);
}

Json counts(const Erasure& erasure) {
  return {{"templates", erasure.templates},
          {"photos", erasure.photos},
          {"captures", erasure.captures},
          {"attendance_days", erasure.days},
          {"sightings_made_anonymous", erasure.sightings}};
}

drogon::HttpResponsePtr preview_erasure(const WebServices& services, const HttpCall& call) {
  const auto found = visible_person(services, call, call.id);
  if (!found) return error_reply(found.error());
  const auto erasure = erasure_of(services.database, found->id);
  if (!erasure) return error_reply(erasure.error());
  return json_reply(
      {{"employee_id", found->employee_code}, {"id", found->id.str()}, {"would_erase", counts(*erasure)}});
}

drogon::HttpResponsePtr erase(const WebServices& services, const HttpCall& call) {
  const auto found = visible_person(services, call, call.id);
  if (!found) return error_reply(found.error());
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

void add_people_routes(Router& router, const WebServices& services, ReplyCache& kept) {
  const auto add = [&](drogon::HttpMethod method, const char* path, Permission permission, auto handler) {
    router.add({method, path, Access::to(permission)},
               [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  router.add({drogon::Get, "/api/employees", Access::to(Permission::persons_read)},
             [&services, &kept, searches = std::make_shared<SearchNotes>()](const HttpCall& call) {
               if (const auto noted = note_search(services, call, *searches); !noted) return error_reply(noted.error());
               return kept.reply("employees", call.request, call.caller, [&] { return list(services, call); });
             });
  add(drogon::Post, "/api/employees", Permission::persons_write, create);
  add(drogon::Get, "/api/employees/{id}", Permission::persons_read, show);
  add(drogon::Put, "/api/employees/{id}", Permission::persons_write, change);
  add(drogon::Delete, "/api/employees/{id}", Permission::persons_write, erase);
  add(drogon::Get, "/api/employees/{id}/erasure", Permission::persons_write, preview_erasure);
}

}  // namespace hadir
