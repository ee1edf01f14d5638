#pragma once
#include <optional>
#include <string>

#include "app/facts/fact_rules.hpp"

namespace hadir {

/// A day that is given back to the machine.
struct Reversion {
  PersonId person;
  LocalDay day{};
  std::optional<Instant> seen_updated_at;  ///< the day's `updated_at` as it was seen
  std::string reason;                      ///< why; for the audit log
  std::string address{};                   ///< where the request came from; for the audit log
};

/// Takes back what was entered by hand: the day becomes what the rules make of the journal, and follows it again.
/// Nothing where they make no record of it. The picture of an end stays where the sighting behind it does.
/// `not_found` for the person; `conflict` when the day was not entered by hand, was changed since it was seen, or its
/// journal was purged, so that nothing could take its place.
Result<std::optional<AttendanceDay>> revert_day(Database& database, const FactRules& settings,
                                                const Reversion& reversion, const std::string& by, Instant now);

}  // namespace hadir
