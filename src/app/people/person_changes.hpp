#pragma once
#include <functional>
#include <optional>
#include <string>

#include "core/ports/repositories.hpp"
#include "core/uuid.hpp"

namespace hadir {

/// What is to be said of a person; what is not given stays as it is.
struct PersonFields {
  std::optional<std::string> employee_code;
  std::optional<std::string> name;  ///< sets first and last name, too, unless these are given
  std::optional<std::string> first_name;
  std::optional<std::string> last_name;
  std::optional<std::string> email;
  std::optional<std::string> phone;
  std::optional<std::string> department;
  std::optional<std::string> role;
  std::optional<std::string> organisation;
  std::optional<std::string> id_number;
  std::optional<std::string> id_type;
  std::optional<PersonType> type;
  std::optional<PersonStatus> status;
};

/// Runs in the transaction of a change: its failure undoes the change. May be empty.
using AlongWithPerson = std::function<Status(const Person& before, const Person& after)>;

/// Adds a person; without an employee code the next free one. `invalid_input` ("name: …") without a name; `conflict`
/// ("employee_code: …", "email: …") for what somebody else has.
Result<Person> add_person(Database& database, const PersonFields& fields, Instant now, UuidSource& uuids,
                          const AlongWithPerson& along = {});

/// Changes a person. Errors as of `add_person`, and `not_found`.
Result<Person> change_person(Database& database, const PersonId& id, const PersonFields& fields, Instant now,
                             const AlongWithPerson& along = {});

/// First and last name as they are kept, or else as they follow from the name: what is behind its last space is the
/// last name.
std::pair<std::string, std::string> first_and_last_name(const Person& person);

}  // namespace hadir
