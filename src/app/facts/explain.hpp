#pragma once
#include <string>

#include "app/facts/fact_rules.hpp"
#include "core/attendance/explanation.hpp"

namespace hadir {

struct PersonExplanation {
  Person person;
  DayExplanation day;
};

/// Why a person's day is recorded as it is. `who`: an employee code, an id, or a name only one person has.
/// `not_found` and `invalid_input` name the person; else the database's errors.
Result<PersonExplanation> explain_person_day(Database& database, const FactRules& settings, const std::string& who,
                                             LocalDay day, Instant now, const CameraNaming& name_of = {});

}  // namespace hadir
