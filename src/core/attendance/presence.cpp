#include "core/attendance/presence.hpp"

#include <algorithm>

namespace hadir {
namespace {

bool same(const PresenceEdge& a, const PresenceEdge& b) {
  return a.kind == b.kind && a.at == b.at && a.camera == b.camera;
}

/// The edges between two sightings that follow each other; `from` empty: there is none before.
class Edges {
 public:
  Edges(const PersonId& person, const PresenceTimeout& timeout) : person_(person), timeout_(timeout) {}

  void between(const std::optional<Seen>& from, const Seen& to) {
    if (from && to.at - from->at <= timeout_(from->at)) return;
    if (from) exit(*from);
    all.push_back({person_, EdgeKind::enter, to.at, to.camera});
  }
  void exit(const Seen& last) { all.push_back({person_, EdgeKind::exit, last.at + timeout_(last.at), last.camera}); }

  std::vector<PresenceEdge> all;

 private:
  const PersonId& person_;
  const PresenceTimeout& timeout_;
};

std::vector<PresenceEdge> without(const std::vector<PresenceEdge>& edges, const std::vector<PresenceEdge>& others) {
  std::vector<PresenceEdge> left;
  for (const auto& edge : edges)
    if (std::ranges::none_of(others, [&](const PresenceEdge& other) { return same(edge, other); }))
      left.push_back(edge);
  return left;
}

}  // namespace

std::vector<PresenceEdge> edges_of(const PersonId& person, std::span<const Sighting> ordered,
                                   const PresenceTimeout& timeout, Instant now) {
  Edges edges(person, timeout);
  std::optional<Seen> before;
  for (const auto& sighting : ordered) {
    Seen seen{.at = sighting.at, .camera = sighting.camera};
    edges.between(before, seen);
    before = std::move(seen);
  }
  if (before && now - before->at > timeout(before->at)) edges.exit(*before);
  return std::move(edges.all);
}

EdgeChange edges_changed(const PersonId& person, const std::optional<Seen>& before, const Seen& added,
                         const std::optional<Seen>& after, Afterwards afterwards, const PresenceTimeout& timeout) {
  Edges old(person, timeout);
  if (after)
    old.between(before, *after);
  else if (before && afterwards != Afterwards::nothing)
    old.exit(*before);

  Edges now(person, timeout);
  now.between(before, added);
  if (after)
    now.between(added, *after);
  else if (afterwards == Afterwards::more)
    now.exit(added);
  return {.removed = without(old.all, now.all), .added = without(now.all, old.all)};
}

std::optional<PresenceStep> presence_at(const Presence& before, Instant now, Millis timeout) {
  if (before.status != PresenceStatus::available || now - before.last_seen <= timeout) return std::nullopt;
  PresenceStep step{.presence = before,
                    .edge = {before.person, EdgeKind::exit, before.last_seen + timeout, before.camera}};
  step.presence.status = PresenceStatus::unavailable;
  step.presence.changed_at = step.edge.at;
  return step;
}

}  // namespace hadir
