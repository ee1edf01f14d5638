#pragma once
#include <optional>
#include <vector>

#include "app/facts/fact_rules.hpp"

namespace hadir {

/// Says of the track behind a sighting that it was somebody else, or (without `other`) nobody enrolled: its sightings
/// of that working day, as sure as can be, and everything that was made of them, for both people. Inside the caller's
/// transaction. A day entered by hand stays. Which sightings.
Result<std::vector<SightingId>> reassign_track(Database& database, const Rulebook& rules, const FactRules& settings,
                                               const Person& person, const Sighting& sighting,
                                               const std::optional<Person>& other, Instant now);

}  // namespace hadir
