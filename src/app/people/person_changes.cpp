#include "app/people/person_changes.hpp"

#include <algorithm>
#include <format>

#include "app/people/employee_code.hpp"

namespace hadir {
namespace {

std::string joined(const std::string& first, const std::string& last) {
  return first + (first.empty() || last.empty() ? "" : " ") + last;
}

std::string in_small_letters(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

void apply(const PersonFields& fields, Person& person) {
  const std::pair<const std::optional<std::string>*, std::string*> texts[] = {
      {&fields.employee_code, &person.employee_code},
      {&fields.email, &person.email},
      {&fields.phone, &person.phone},
      {&fields.department, &person.department},
      {&fields.role, &person.role},
      {&fields.organisation, &person.organisation},
      {&fields.id_number, &person.id_number},
      {&fields.id_type, &person.id_type}};
  for (const auto& [given, field] : texts)
    if (*given) *field = **given;
  if (fields.type) person.type = *fields.type;
  if (fields.status) person.status = *fields.status;
  if (!fields.name && !fields.first_name && !fields.last_name) return;
  if (fields.name && *fields.name != person.name) {
    person.name = *fields.name;
    person.first_name.clear();
    person.last_name.clear();
  }
  std::tie(person.first_name, person.last_name) = first_and_last_name(person);
  if (fields.first_name) person.first_name = *fields.first_name;
  if (fields.last_name) person.last_name = *fields.last_name;
  if (!fields.name) person.name = joined(person.first_name, person.last_name);
}

/// Whether the e-mail address is somebody else's. Within the transaction of the change.
Status check_email(Database& database, const Person& person) {
  if (person.email.empty()) return {};
  PersonFilter filter;
  filter.text = person.email;
  const auto alike = database.persons().find(filter, {.offset = 0, .limit = 1000});
  if (!alike) return std::unexpected(alike.error());
  const auto email = in_small_letters(person.email);
  for (const Person& other : alike->rows)
    if (other.id != person.id && in_small_letters(other.email) == email)
      return fail(ErrorKind::conflict, "email: belongs to somebody else already");
  return {};
}

Status check_code(Database& database, const Person& person) {
  const auto holder = database.persons().find_by_code(person.employee_code);
  if (!holder) return std::unexpected(holder.error());
  if (*holder && (*holder)->id != person.id)
    return fail(ErrorKind::conflict,
                std::format("employee_code: {} belongs to somebody else already", person.employee_code));
  return {};
}

Status check(Database& database, const Person& person, bool new_code, bool new_email) {
  if (person.name.empty()) return fail(ErrorKind::invalid_input, "name: must not be empty");
  if (is_uuid(person.employee_code))
    return fail(ErrorKind::invalid_input, "employee_code: must not look like an id (UUID)");
  if (new_code)
    if (auto good = check_code(database, person); !good) return good;
  return new_email ? check_email(database, person) : Status{};
}

}  // namespace

std::pair<std::string, std::string> first_and_last_name(const Person& person) {
  if (!person.first_name.empty() || !person.last_name.empty()) return {person.first_name, person.last_name};
  const auto space = person.name.rfind(' ');
  if (space == std::string::npos) return {person.name, ""};
  auto first = person.name.substr(0, space);
  while (first.ends_with(' ')) first.pop_back();
  return {first, person.name.substr(space + 1)};
}

Result<Person> add_person(Database& database, const PersonFields& fields, Instant now, UuidSource& uuids,
                          const AlongWithPerson& along) {
  Person person;
  apply(fields, person);
  person.id = PersonId(uuids.next(now));
  person.created_at = person.updated_at = now;
  const auto done = database.in_transaction([&]() -> Status {
    if (person.employee_code.empty()) {
      auto code = next_employee_code(database);
      if (!code) return std::unexpected(code.error());
      person.employee_code = std::move(*code);
    }
    if (auto good = check(database, person, true, true); !good) return good;
    if (auto added = database.persons().add(person); !added) return added;
    return along ? along({}, person) : Status{};
  });
  if (!done) return std::unexpected(done.error());
  return person;
}

Result<Person> change_person(Database& database, const PersonId& id, const PersonFields& fields, Instant now,
                             const AlongWithPerson& along) {
  Person person;
  const auto done = database.in_transaction([&]() -> Status {
    const auto before = database.persons().get(id);
    if (!before) return std::unexpected(before.error());
    person = *before;
    apply(fields, person);
    if (person.employee_code.empty()) return fail(ErrorKind::invalid_input, "employee_code: must not be empty");
    person.updated_at = std::max(now, before->updated_at + Millis{1});
    const bool new_code = person.employee_code != before->employee_code;
    const bool new_email = in_small_letters(person.email) != in_small_letters(before->email);
    if (auto good = check(database, person, new_code, new_email); !good) return good;
    if (auto changed = database.persons().update(person); !changed) return changed;
    return along ? along(*before, person) : Status{};
  });
  if (!done) return std::unexpected(done.error());
  return person;
}

}  // namespace hadir
