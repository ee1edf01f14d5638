#pragma once
#include <string>

#include "app/facts/fact_rules.hpp"

namespace hadir {

/// Who enters something by hand.
struct EnteredBy {
  std::string name;
  bool approves = false;  ///< what they enter is approved with it
};

/// Enters that somebody came, or left, now: as `correct_day`, on the person's working day of that moment, which is
/// MANUAL from then on. `conflict` for somebody who is archived, who checked in already, or who did not check in or
/// checked out already by hand. A last out that cameras saw is replaced.
Result<AttendanceDay> check_in(Database& database, const FactRules& settings, const Person& person, const EnteredBy& by,
                               Instant now);
Result<AttendanceDay> check_out(Database& database, const FactRules& settings, const Person& person,
                                const EnteredBy& by, Instant now);

}  // namespace hadir
