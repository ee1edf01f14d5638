#include <format>

#include "store/sql/repositories.hpp"
#include "store/sql/search_text.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto columns =
    "id, employee_code, name, first_name, last_name, email, phone, department, role, organisation, type, status, "
    "metadata, created_at, updated_at, id_number, id_type";
constexpr auto changed_columns =
    "employee_code, name, first_name, last_name, email, phone, department, role, organisation, type, status, metadata, "
    "created_at, updated_at, id_number, id_type, search_text";

/// Binds `changed_columns`.
void bind(Query& query, const Person& person) {
  query.bind(person.employee_code).bind(person.name).bind(person.first_name).bind(person.last_name);
  query.bind(person.email).bind(person.phone).bind(person.department).bind(person.role).bind(person.organisation);
  query.bind(to_text(person.type)).bind(to_text(person.status)).bind(person.metadata_json);
  query.bind(person.created_at).bind(person.updated_at).bind(person.id_number).bind(person.id_type);
  query.bind(search_text_of(person));
}

Result<Person> person_in(const Query& row) {
  const auto type = person_type_from(row.text(10));
  const auto status = person_status_from(row.text(11));
  if (!type || !status)
    return fail(ErrorKind::corrupted, "person " + row.text(0) + " has a type or status nobody knows");
  Person person{.id = PersonId(row.text(0)),
                .employee_code = row.text(1),
                .name = row.text(2),
                .first_name = row.text(3),
                .last_name = row.text(4),
                .email = row.text(5),
                .phone = row.text(6),
                .department = row.text(7),
                .role = row.text(8),
                .organisation = row.text(9),
                .type = *type,
                .status = *status,
                .metadata_json = row.text(12),
                .created_at = row.instant(13),
                .updated_at = row.instant(14),
                .id_number = row.text(15),
                .id_type = row.text(16)};
  return person;
}

constexpr auto standing_columns = "person_id, until_at, department, type, status";

Result<FormerStanding> standing_in(const Query& row) {
  const auto type = person_type_from(row.text(3));
  const auto status = person_status_from(row.text(4));
  if (!type || !status)
    return fail(ErrorKind::corrupted, "person " + row.text(0) + " had a type or status nobody knows");
  return FormerStanding{.person = PersonId(row.text(0)),
                        .until = row.instant(1),
                        .department = row.text(2),
                        .type = *type,
                        .status = *status};
}

/// Keeps what judgements depend on as it was until now. Of two changes in one millisecond the first says what was.
void keep_standing(Connection& connection, const Person& person) {
  auto keep = connection.query(
      "INSERT INTO person_standings (person_id, until_at, department, type, status) "
      "SELECT id, CAST(? AS BIGINT), department, type, status FROM persons "
      "WHERE id = ? AND (department <> ? OR type <> ? OR status <> ?) ON CONFLICT DO NOTHING");
  keep.bind(person.updated_at).bind(person.id).bind(person.department);
  keep.bind(to_text(person.type)).bind(to_text(person.status)).run();
}

Status check(const Person& person) {
  if (person.id.empty()) return fail(ErrorKind::invalid_input, "a person needs an id");
  if (person.name.empty()) return fail(ErrorKind::invalid_input, "a person needs a name");
  if (person.employee_code.empty()) return fail(ErrorKind::invalid_input, person.name + " needs an employee_code");
  return {};
}

/// A person's version of "persons.employee_code is already taken".
Error named(Error error, const Person& person) {
  if (error.kind != ErrorKind::conflict) return error;
  if (error.message.starts_with("persons.employee_code"))
    error.message = "employee_code " + person.employee_code + " belongs to somebody else";
  else
    error.message = "there is already a person with id " + person.id.str();
  return error;
}

std::string order_by(const PersonFilter& filter) {
  const auto by = [&](std::string_view column) {
    return std::format("{}{}", column, filter.descending ? " DESC" : "");
  };
  switch (filter.order) {
    case PersonOrder::name:
      return std::format("{}, {}", by("name"), by("employee_code"));
    case PersonOrder::employee_code:
      return by("employee_code");
    case PersonOrder::department:
      return std::format("{}, name, employee_code", by("department"));
    case PersonOrder::created_at:
      return std::format("{}, name, employee_code", by("created_at"));
    case PersonOrder::updated_at:
      return std::format("{}, name, employee_code", by("updated_at"));
  }
  std::unreachable();
}

std::unexpected<Error> nobody(const PersonId& id) {
  return fail(ErrorKind::not_found, "no person " + id.str());
}

}  // namespace

Status Persons::add(const Person& person) {
  if (auto fine = check(person); !fine) return fine;
  return connections_
      .write([&](Connection& connection) -> Status {
        auto query = connection.query(insert_into("persons", std::format("id, {}", changed_columns)));
        bind(query.bind(person.id), person);
        query.run();
        return {};
      })
      .transform_error([&](Error error) { return named(std::move(error), person); });
}

Status Persons::update(const Person& person) {
  if (auto fine = check(person); !fine) return fine;
  return connections_
      .write_all([&](Connection& connection) -> Status {
        keep_standing(connection, person);
        auto query = connection.query(update_in("persons", changed_columns, "id"));
        bind(query, person);
        if (query.bind(person.id).run() == 0) return nobody(person.id);
        return {};
      })
      .transform_error([&](Error error) { return named(std::move(error), person); });
}

Result<std::vector<FormerStanding>> Persons::former_standings(const PersonId& person) const {
  return sql::list(connections_,
                   select_from("person_standings", standing_columns, "WHERE person_id = ? ORDER BY until_at"),
                   standing_in, person);
}

Result<std::vector<FormerStanding>> Persons::former_standings() const {
  return sql::list(connections_, select_from("person_standings", standing_columns, "ORDER BY person_id, until_at"),
                   standing_in);
}

Status Persons::remove(const PersonId& id) {
  return run_on_one(connections_, "no person " + id.str(), "DELETE FROM persons WHERE id = ?", id);
}

Result<Person> Persons::get(const PersonId& id) const {
  auto found = first(connections_, select_from("persons", columns, "WHERE id = ?"), person_in, id);
  if (!found) return std::unexpected(found.error());
  if (!*found) return nobody(id);
  return std::move(**found);
}

Result<std::optional<Person>> Persons::find_by_code(const std::string& employee_code) const {
  return first(connections_, select_from("persons", columns, "WHERE employee_code = ?"), person_in, employee_code);
}

Result<std::vector<Person>> Persons::list() const {
  return sql::list(connections_, select_from("persons", columns, "ORDER BY name, employee_code"), person_in);
}

Result<Page<Person>> Persons::find(const PersonFilter& filter, const Paging& paging) const {
  Conditions conditions;
  if (filter.type) conditions.add("type = ?", std::string(to_text(*filter.type)));
  if (filter.status) conditions.add("status = ?", std::string(to_text(*filter.status)));
  conditions.add_if("department = ?", filter.department);
  if (!filter.departments.empty()) {
    std::string places = "?";
    for (std::size_t i = 1; i < filter.departments.size(); ++i) places += ", ?";
    conditions.add_all("department IN (" + places + ")", filter.departments);
  }
  if (!filter.text.empty()) conditions.add("search_text LIKE ? ESCAPE '\\'", holding(folded(filter.text)));
  return page_of(connections_, "persons", columns, conditions, order_by(filter), paging, person_in);
}

}  // namespace hadir::sql
