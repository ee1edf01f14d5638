#pragma once
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/records.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// Presence is a function of the sightings: a stay begins with one (ENTER at its time, on its camera) and ends when
/// none followed within the time-out (EXIT at the last one's time plus the time-out, whenever that is found out).
/// Sightings are ordered by (time, id); the time-out is that in force at the stay's last sighting.
///
/// So the order in which sightings arrive changes nothing in the end: one that comes late removes the edges it shows to
/// be wrong. docs/adr/0010-judgements.md

/// The time-out in force at a moment.
using PresenceTimeout = std::function<Millis(Instant)>;

struct Seen {
  Instant at{};
  CameraId camera;
};

/// All edges as they are known at `now`, in order of time.
std::vector<PresenceEdge> edges_of(const PersonId& person, std::span<const Sighting> ordered,
                                   const PresenceTimeout& timeout, Instant now);

struct EdgeChange {
  std::vector<PresenceEdge> removed;
  std::vector<PresenceEdge> added;  ///< in order of time
};
/// What comes after a sighting that has no neighbour there.
enum class Afterwards {
  nothing = 1,    ///< the sighting is the latest of all, and nobody was told that the stay before it had ended
  exit_was_told,  ///< the latest of all; the EXIT after `before` was told
  more            ///< others follow, after the time-out
};
/// What a sighting changes between its neighbours in order; a neighbour further away than the time-out may be left out.
EdgeChange edges_changed(const PersonId& person, const std::optional<Seen>& before, const Seen& added,
                         const std::optional<Seen>& after, Afterwards afterwards, const PresenceTimeout& timeout);

/// What the passing of time makes of somebody's presence.
struct PresenceStep {
  Presence presence;
  PresenceEdge edge;
};
/// The EXIT that is due at `now`, if it is: more than `timeout` has passed since the last sighting.
std::optional<PresenceStep> presence_at(const Presence& before, Instant now, Millis timeout);

}  // namespace hadir
