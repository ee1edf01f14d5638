#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/facts/fact_rules.hpp"
#include "core/attendance/judge.hpp"

namespace hadir {

/// One record that is kept differently from what the rules make of the journal. An empty text: there is none.
struct RecordDifference {
  PersonId person;
  std::string name;
  LocalDay day{};
  std::string record;  ///< "attendance", "presence edge", "violation"
  std::string kept;
  std::string computed;
};

struct Recomputation {
  std::vector<RecordDifference> differences;  ///< by person, then day
  /// Days that are kept while their journal is no longer there: left as they are.
  std::vector<RecordDifference> without_journal;
  std::size_t people = 0;
  std::size_t sightings = 0;
};

/// Computes presence edges, attendance and violations of the working days from..to (inclusive) anew from the journal
/// and the rule versions of each moment, and compares; with `apply` the differences are put right, in one transaction.
/// Days entered by hand are left alone; events and alerts that were purged or reset are not made anew. Do not apply
/// while a server writes to the same database. `invalid_input` when `to` is before `from`; else the database's errors.
Result<Recomputation> recompute_records(Database& database, const FactRules& settings, LocalDay from, LocalDay to,
                                        Instant now, bool apply);

/// The same for some people, in whatever transaction the caller has.
Result<Recomputation> compare_records(Database& database, const FactRules& settings, std::span<const Person> people,
                                      LocalDay from, LocalDay to, Instant now, bool apply);

}  // namespace hadir
