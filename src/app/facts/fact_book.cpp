#include "app/facts/fact_book.hpp"

#include <algorithm>
#include <tuple>

#include "app/facts/judged_people.hpp"

namespace hadir {
namespace {

bool same(const PresenceEdge& a, const PresenceEdge& b) {
  return a.person == b.person && a.kind == b.kind && a.at == b.at;
}

}  // namespace

void stamp(AttendanceDay& day, const std::optional<AttendanceDay>& before, Instant now) {
  day.created_at = before ? before->created_at : now;
  day.updated_at = before ? std::max(now, before->updated_at + Millis{1}) : now;
}

Result<std::vector<Sighting>> FactBook::sightings(const PersonId& person, Instant from, Instant to) {
  auto found = database_.sightings().between(from, to, person);
  if (found) std::ranges::sort(*found, {}, [](const Sighting& one) { return std::tie(one.at, one.id); });
  return found;
}

Result<std::optional<Presence>> FactBook::presence(const PersonId& person) {
  auto found = presences_.find(person);
  if (found == presences_.end()) {
    auto stored = database_.attendance().presence(person);
    if (!stored) return stored;
    found = presences_.emplace(person, std::move(*stored)).first;
  }
  return found->second;
}

Status FactBook::put_presence(const Presence& presence) {
  presences_[presence.person] = presence;
  return {};
}

/// Looks where it nearly always is, then everywhere.
Result<std::optional<PresenceEdge>> FactBook::last_edge(const PersonId& person) {
  const auto known = presence(person);
  if (!known) return std::unexpected(known.error());
  constexpr Instant ever{std::chrono::days(365'000)};
  const auto around = *known ? (*known)->last_seen - std::chrono::days(1) : Instant{};
  for (const auto from : {around, Instant{}}) {
    const auto found = database_.attendance().edges_of(person, from, ever);
    if (!found) return std::unexpected(found.error());
    if (!found->empty()) return std::ranges::max(*found, {}, &PresenceEdge::at);
  }
  return std::nullopt;
}

Status FactBook::add_edge(const PresenceEdge& edge) {
  edges.push_back(edge);
  return database_.attendance().add_edge(edge);
}

Status FactBook::remove_edge(const PresenceEdge& edge) {
  // One of this very transaction was told to nobody.
  if (std::erase_if(edges, [&](const PresenceEdge& other) { return same(edge, other); }) == 0)
    taken_back.push_back(edge);
  return database_.attendance().remove_edge(edge);
}

Result<std::optional<AttendanceDay>> FactBook::day(const PersonId& person, LocalDay day) {
  auto found = days_.find({person, day});
  if (found == days_.end()) {
    auto stored = database_.attendance().day(person, day);
    if (!stored) return stored;
    found = days_.emplace(std::pair(person, day), Day{.before = *stored, .now = *stored}).first;
  }
  return found->second.now;
}

Status FactBook::put_day(const AttendanceDay& day) {
  auto& known = days_[{day.person, day.day}];
  known.now = day;
  known.changed = true;
  return {};
}

Status FactBook::remove_day(const PersonId& person, LocalDay day) {
  auto& known = days_[{person, day}];
  known.now.reset();
  known.changed = true;
  return {};
}

Result<std::vector<Violation>> FactBook::violations(const PersonId& person, LocalDay day) {
  return database_.alerts().of_day(person, day);
}

Result<std::vector<Violation>> FactBook::violations_around(const PersonId& person, Instant at) {
  auto found = database_.alerts().unresolved(person);
  if (!found) return found;
  const auto known = presence(person);
  if (!known) return std::unexpected(known.error());
  // Only a late sighting can lie in an absence that is over. Further back than a month it changes none.
  if (*known && (*known)->last_seen > at) {
    ViolationFilter filter;
    filter.person = person;
    filter.from = at - std::chrono::days(31);
    filter.to = at + std::chrono::days(2);
    auto page = database_.alerts().find(filter, {.offset = 0, .limit = 1'000'000});
    if (!page) return std::unexpected(page.error());
    for (auto& violation : page->rows)
      if (violation.resolved_at && *violation.resolved_at > at) found->push_back(std::move(violation));
  }
  std::erase_if(*found, [&](const Violation& violation) { return violation.last_seen >= at; });
  return found;
}

/// Somebody emptied the log of that time: what is gone stays gone.
Result<bool> FactBook::was_removed(const Violation& violation) {
  if (!removed_alerts_) {
    auto spans = database_.retention().removed(KeptRows::alert_logs);
    if (!spans) return std::unexpected(spans.error());
    removed_alerts_ = std::move(*spans);
  }
  return std::ranges::any_of(*removed_alerts_,
                             [&](const RemovedSpan& span) { return span.contains(violation.opened_at); });
}

Status FactBook::put_violation(const Violation& violation) {
  const auto known = database_.alerts().violation(violation.id);
  if (!known) return std::unexpected(known.error());
  if (!*known) {
    const auto removed = was_removed(violation);
    if (!removed) return std::unexpected(removed.error());
    if (*removed) return {};
  }
  if (!*known) opened.push_back(violation);
  if (violation.resolved_at && !(*known && (*known)->resolved_at)) resolved.push_back(violation);
  return database_.alerts().put(violation);
}

Status FactBook::remove_violation(const Violation& violation) {
  std::erase_if(opened, [&](const Violation& other) { return other.id == violation.id; });
  std::erase_if(resolved, [&](const Violation& other) { return other.id == violation.id; });
  withdrawn.push_back(violation);
  return database_.alerts().remove(violation.id);
}

Result<const Person*> FactBook::person(const PersonId& id) {
  auto found = persons_.find(id);
  if (found == persons_.end()) {
    auto person = database_.persons().get(id);
    if (!person && person.error().kind != ErrorKind::not_found) return std::unexpected(person.error());
    found = persons_.emplace(id, person ? std::optional(std::move(*person)) : std::nullopt).first;
  }
  return found->second ? &*found->second : nullptr;
}

Result<const JudgedPerson*> FactBook::judged(const PersonId& id) {
  const auto known = person(id);
  if (!known) return std::unexpected(known.error());
  if (*known == nullptr) return nullptr;
  auto found = judged_.find(id);
  if (found == judged_.end()) {
    auto made = judged_person(database_, **known);
    if (!made) return std::unexpected(made.error());
    found = judged_.emplace(id, std::move(*made)).first;
  }
  return &found->second;
}

Status FactBook::store(Instant now) {
  auto& attendance = database_.attendance();
  for (const auto& [person, presence] : presences_)
    if (presence)
      if (auto put = attendance.put_presence(*presence); !put) return put;
  for (auto& [key, day] : days_) {
    if (!day.changed) continue;
    if (day.now) stamp(*day.now, day.before, now);
    auto done = day.now ? attendance.put_day(*day.now) : attendance.remove_day(key.first, key.second);
    if (!done) return done;
  }
  return {};
}

}  // namespace hadir
