#pragma once
#include "app/facts/fact_rules.hpp"

namespace hadir {

/// A person's attendance over some working days.
struct PersonStatistics {
  int working_days = 0;  ///< on which they were to come, or came
  int present = 0;       ///< late and early ones among them
  int absent = 0;
  int late = 0;
  int left_early = 0;
  double presence_percentage() const { return working_days == 0 ? 0 : 100.0 * present / working_days; }
};

/// Over from..to, both inclusive, up to today. A day on leave, a holiday, and today as long as nothing is recorded of
/// it do not count. Errors are the database's.
Result<PersonStatistics> person_statistics(Database& database, const FactRules& settings, const Person& person,
                                           LocalDay from, LocalDay to, Instant now);

/// Whether somebody is in, and since when.
struct PersonState {
  std::optional<Instant> check_in;
  bool checked_in = false;
  std::optional<std::chrono::minutes> duration;  ///< from the first in until now, or the last out
};

/// On the person's working day of that moment: in from the first in on, until a last out without being seen after it.
Result<PersonState> person_state(Database& database, const FactRules& settings, const Person& person, Instant now);

}  // namespace hadir
