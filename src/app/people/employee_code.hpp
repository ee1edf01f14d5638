#pragma once
#include <string>

#include "core/ports/repositories.hpp"

namespace hadir {

/// The next free of E0001, E0002, …: one more than the highest there is. Errors are the database's.
Result<std::string> next_employee_code(Database& database);

/// The person with that employee code, or else with that id; `not_found` naming the field `id`.
Result<Person> find_person(Database& database, const std::string& code_or_id);

}  // namespace hadir
