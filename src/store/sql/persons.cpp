#include "store/sql/repositories.hpp"

namespace hadir::sql {
namespace {

constexpr const char* insert_person =
    "INSERT INTO persons (employee_code, name, first_name, last_name, email, phone, department, role, organisation, "
    "type,"
    " status, metadata, created_at, updated_at, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* update_person =
    "UPDATE persons SET employee_code = ?, name = ?, first_name = ?, last_name = ?, email = ?, phone = ?, department = "
    "?,"
    " role = ?, organisation = ?, type = ?, status = ?, metadata = ?, created_at = ?, updated_at = ? WHERE id = ?";
#define HADIR_PERSON_COLUMNS                                                                                    \
  "SELECT id, employee_code, name, first_name, last_name, email, phone, department, role, organisation, type, " \
  "status, metadata, created_at, updated_at FROM persons "
constexpr const char* person_by_id = HADIR_PERSON_COLUMNS "WHERE id = ?";
constexpr const char* person_by_code = HADIR_PERSON_COLUMNS "WHERE employee_code = ?";
constexpr const char* all_persons = HADIR_PERSON_COLUMNS "ORDER BY name, employee_code";
#undef HADIR_PERSON_COLUMNS

void bind(Query& query, const Person& person) {
  query.bind(person.employee_code).bind(person.name).bind(person.first_name).bind(person.last_name);
  query.bind(person.email).bind(person.phone).bind(person.department).bind(person.role).bind(person.organisation);
  query.bind(to_text(person.type)).bind(to_text(person.status)).bind(person.metadata_json);
  query.bind(person.created_at).bind(person.updated_at).bind(person.id.str());
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
                .updated_at = row.instant(14)};
  return person;
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

std::unexpected<Error> nobody(const PersonId& id) {
  return fail(ErrorKind::not_found, "no person " + id.str());
}

}  // namespace

Status Persons::add(const Person& person) {
  if (auto fine = check(person); !fine) return fine;
  return connections_
      .write([&](Connection& connection) -> Status {
        auto query = connection.query(insert_person);
        bind(query, person);
        query.run();
        return {};
      })
      .transform_error([&](Error error) { return named(std::move(error), person); });
}

Status Persons::update(const Person& person) {
  if (auto fine = check(person); !fine) return fine;
  return connections_
      .write([&](Connection& connection) -> Status {
        auto query = connection.query(update_person);
        bind(query, person);
        if (query.run() == 0) return nobody(person.id);
        return {};
      })
      .transform_error([&](Error error) { return named(std::move(error), person); });
}

Status Persons::remove(const PersonId& id) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query("DELETE FROM persons WHERE id = ?");
    if (query.bind(id.str()).run() == 0) return nobody(id);
    return {};
  });
}

Result<Person> Persons::get(const PersonId& id) const {
  return connections_.read([&](Connection& connection) -> Result<Person> {
    auto query = connection.query(person_by_id);
    if (!query.bind(id.str()).step()) return nobody(id);
    return person_in(query);
  });
}

Result<std::optional<Person>> Persons::find_by_code(const std::string& employee_code) const {
  return connections_.read([&](Connection& connection) -> Result<std::optional<Person>> {
    auto query = connection.query(person_by_code);
    if (!query.bind(employee_code).step()) return std::nullopt;
    return person_in(query);
  });
}

Result<std::vector<Person>> Persons::list() const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<Person>> {
    auto query = connection.query(all_persons);
    std::vector<Person> persons;
    while (query.step()) {
      auto person = person_in(query);
      if (!person) return std::unexpected(person.error());
      persons.push_back(std::move(*person));
    }
    return persons;
  });
}

}  // namespace hadir::sql
