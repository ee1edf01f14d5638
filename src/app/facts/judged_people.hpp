#pragma once
#include <vector>

#include "core/attendance/rulebook.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// Somebody as the rules see them, with the departments they were of before. Errors are the database's.
Result<JudgedPerson> judged_person(Database& database, const Person& person);
/// All people, by name.
Result<std::vector<JudgedPerson>> judged_everybody(Database& database);

}  // namespace hadir
