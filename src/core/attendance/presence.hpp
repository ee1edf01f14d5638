#pragma once
#include <optional>
#include <vector>

#include "core/records.hpp"

namespace hadir {

/// What a sighting or the passing of time makes of somebody's presence.
struct PresenceStep {
  Presence presence;
  std::vector<PresenceEdge> edges;  ///< in order of time; empty when only `last_seen` moved, or nothing did
  bool changed = false;             ///< false: there is nothing to store
};

/// Presence is a function of the sightings' times: a stay begins with a sighting (ENTER at its time) and ends when
/// there was none for `timeout` (EXIT at the last one's time plus `timeout`, whenever that is found out).
///
/// A repeated sighting, or one older than what is known, changes nothing. One that comes so late that the EXIT it
/// prevents is already told brings the person back at the time of that EXIT, so edges never run backwards.
PresenceStep presence_after_sighting(const std::optional<Presence>& before, const PersonId& person,
                                     const CameraId& camera, Instant at, Millis timeout);

/// The EXIT that is due at `now`, if it is: more than `timeout` has passed since the last sighting.
std::optional<PresenceStep> presence_at(const Presence& before, Instant now, Millis timeout);

}  // namespace hadir
