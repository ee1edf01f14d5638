#include "app/attendance/journal_correction.hpp"

#include <algorithm>

#include "app/facts/judged_people.hpp"
#include "app/facts/recomputation.hpp"

namespace hadir {
namespace {

using std::chrono::days;

/// Numbers of tracks begin anew with each run of a camera: further apart it is another track.
constexpr std::chrono::minutes one_track{15};

/// Those of the same track, one after the other, around the sighting.
std::vector<Sighting> track_of(const std::vector<Sighting>& of_day, const Sighting& sighting) {
  std::vector<Sighting> track;
  for (const auto& one : of_day)
    if (one.camera == sighting.camera && one.track == sighting.track) track.push_back(one);
  std::ranges::sort(track, {}, &Sighting::at);
  const auto here = std::ranges::find(track, sighting.id, &Sighting::id);
  if (here == track.end()) return {};
  auto first = here;
  while (first != track.begin() && first->at - std::prev(first)->at <= one_track) --first;
  auto end = here;
  while (end != track.end() && (end == here || end->at - std::prev(end)->at <= one_track)) ++end;
  return {first, end};
}

Result<std::vector<Sighting>> sightings_of_day(Database& database, const Rulebook& rules, const JudgedPerson& who,
                                               LocalDay day) {
  const auto around = Rulebook::around(day);
  auto found = database.sightings().between(around.from, around.to, who.id);
  if (found) std::erase_if(*found, [&](const Sighting& one) { return rules.day_of(who, one.at) != day; });
  return found;
}

/// What was made of the day, so that it is made anew rather than taken for one whose journal was purged.
Status forget_day(Database& database, const Rulebook& rules, const JudgedPerson& who, LocalDay day) {
  const auto kept = database.attendance().day(who.id, day);
  if (!kept) return std::unexpected(kept.error());
  if (*kept && (*kept)->entry_type != EntryType::manual)
    if (auto done = database.attendance().remove_day(who.id, day); !done) return done;
  const auto left = sightings_of_day(database, rules, who, day);
  if (!left) return std::unexpected(left.error());
  if (!left->empty()) return {};
  // Without any sighting nobody left, either.
  const auto alerts = database.alerts().of_day(who.id, day);
  if (!alerts) return std::unexpected(alerts.error());
  for (const auto& alert : *alerts)
    if (auto done = database.alerts().remove(alert.id); !done) return done;
  const auto around = Rulebook::around(day);
  const auto edges = database.attendance().edges_of(who.id, around.from, around.to);
  if (!edges) return std::unexpected(edges.error());
  for (const auto& edge : *edges)
    if (rules.day_of(who, edge.at) == day)
      if (auto done = database.attendance().remove_edge(edge); !done) return done;
  return {};
}

/// Presence as the latest sighting says.
Status refresh_presence(Database& database, const Rulebook& rules, const PersonId& person, Instant now) {
  SightingFilter filter;
  filter.to = now + days(1);
  filter.person = person;
  const auto newest = database.sightings().newest(filter, 1);
  if (!newest) return std::unexpected(newest.error());
  if (newest->empty()) return database.attendance().remove_presence(person);
  const auto known = database.attendance().presence(person);
  if (!known) return std::unexpected(known.error());
  const auto& last = newest->front();
  if (*known && (*known)->last_seen == last.at && (*known)->camera == last.camera) return {};
  const auto gone = last.at + rules.timeout_at(last.at);
  Presence presence{.person = person,
                    .status = now > gone ? PresenceStatus::unavailable : PresenceStatus::available,
                    .last_seen = last.at,
                    .camera = last.camera,
                    .changed_at = now > gone ? gone : last.at};
  return database.attendance().put_presence(presence);
}

Status make_anew(Database& database, const Rulebook& rules, const FactRules& settings, const Person& person,
                 LocalDay day, Instant now) {
  const auto made = compare_records(database, settings, std::span(&person, 1), day - days(1), day + days(1), now, true);
  if (!made) return std::unexpected(made.error());
  return refresh_presence(database, rules, person.id, now);
}

}  // namespace

Result<std::vector<SightingId>> reassign_track(Database& database, const Rulebook& rules, const FactRules& settings,
                                               const Person& person, const Sighting& sighting,
                                               const std::optional<Person>& other, Instant now) {
  const auto who = judged_person(database, person);
  if (!who) return std::unexpected(who.error());
  const auto day = rules.day_of(*who, sighting.at);
  const auto of_day = sightings_of_day(database, rules, *who, day);
  if (!of_day) return std::unexpected(of_day.error());
  std::vector<SightingId> moved;
  for (const auto& one : track_of(*of_day, sighting)) {
    const auto to = other ? std::optional(other->id) : std::nullopt;
    if (auto done = database.sightings().assign(one.id, to, other ? 1.F : one.confidence); !done)
      return std::unexpected(done.error());
    moved.push_back(one.id);
  }
  Status done = forget_day(database, rules, *who, day);
  if (done) done = make_anew(database, rules, settings, person, day, now);
  if (done && other) {
    const auto others = judged_person(database, *other);
    if (!others) return std::unexpected(others.error());
    const auto others_day = rules.day_of(*others, sighting.at);
    done = make_anew(database, rules, settings, *other, others_day, now);
  }
  if (!done) return std::unexpected(done.error());
  return moved;
}

}  // namespace hadir
