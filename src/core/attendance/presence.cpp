#include "core/attendance/presence.hpp"

#include <algorithm>

namespace hadir {

PresenceStep presence_after_sighting(const std::optional<Presence>& before, const PersonId& person,
                                     const CameraId& camera, Instant at, Millis timeout) {
  const Presence seen{
      .person = person, .status = PresenceStatus::available, .last_seen = at, .camera = camera, .changed_at = at};
  if (!before) return {seen, {{person, EdgeKind::enter, at, camera}}, true};
  if (at <= before->last_seen) return {*before, {}, false};

  if (before->status == PresenceStatus::unavailable) {
    PresenceStep step{seen, {}, true};
    step.presence.changed_at = std::max(at, before->changed_at);
    step.edges.push_back({person, EdgeKind::enter, step.presence.changed_at, camera});
    return step;
  }
  if (auto left = presence_at(*before, at, timeout)) {
    left->presence = seen;
    left->edges.push_back({person, EdgeKind::enter, at, camera});
    return *left;
  }
  PresenceStep step{seen, {}, true};
  step.presence.changed_at = before->changed_at;
  return step;
}

std::optional<PresenceStep> presence_at(const Presence& before, Instant now, Millis timeout) {
  if (before.status != PresenceStatus::available || now - before.last_seen <= timeout) return std::nullopt;
  PresenceStep step{before, {}, true};
  step.presence.status = PresenceStatus::unavailable;
  // Never before the stay began: that is where a very late sighting brought the person back.
  step.presence.changed_at = std::max(before.last_seen + timeout, before.changed_at);
  step.edges.push_back({before.person, EdgeKind::exit, step.presence.changed_at, before.camera});
  return step;
}

}  // namespace hadir
