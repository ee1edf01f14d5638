#include "app/queries/attendance_figures.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "app/facts/judged_people.hpp"

namespace hadir {
namespace {

using std::chrono::days;
using std::chrono::minutes;

std::vector<PresenceSlot> slots_of(Instant begin, Instant end, minutes length) {
  std::vector<PresenceSlot> slots;
  for (Instant from = begin; from < end; from += length)
    slots.push_back({.from = from, .to = std::min<Instant>(from + length, end)});
  return slots;
}

/// Counts a stay from `from` to `to`, both inclusive, in each slot that it touches.
template <class Counter>
void count(std::vector<PresenceSlot>& slots, Instant from, Instant to, Counter&& counter) {
  auto slot = std::ranges::upper_bound(slots, from, {}, &PresenceSlot::to);
  for (; slot != slots.end() && slot->from <= to; ++slot) counter(*slot);
}

/// Who was before a camera when, by ENTER and EXIT.
Status count_seen(Database& database, const std::unordered_set<PersonId>& people, std::vector<PresenceSlot>& slots,
                  Instant until) {
  const auto edges = database.attendance().edges(slots.front().from, until);
  if (!edges) return std::unexpected(edges.error());
  std::unordered_map<PersonId, Instant> since;
  std::unordered_map<PersonId, std::vector<bool>> seen;
  const auto note = [&](const PersonId& person, Instant from, Instant to) {
    auto& of_person = seen.try_emplace(person, slots.size(), false).first->second;
    count(slots, from, to,
          [&](PresenceSlot& slot) { of_person[static_cast<std::size_t>(&slot - slots.data())] = true; });
  };
  for (const PresenceEdge& edge : *edges) {
    if (!people.contains(edge.person)) continue;
    if (edge.kind == EdgeKind::enter) {
      since[edge.person] = edge.at;
    } else {
      const auto entered = since.find(edge.person);
      note(edge.person, entered == since.end() ? slots.front().from : entered->second, edge.at);
      if (entered != since.end()) since.erase(entered);
    }
  }
  for (const auto& [person, at] : since) note(person, at, until);
  for (const auto& [person, of_person] : seen)
    for (std::size_t i = 0; i < slots.size(); ++i) slots[i].seen += of_person[i] ? 1 : 0;
  return {};
}

}  // namespace

Result<std::vector<PresenceSlot>> presence_over_day(Database& database, const AttendanceQuery& query, minutes slot,
                                                    const SiteDay& site, Instant now) {
  AttendanceQuery day = query;
  day.to = day.from;
  const auto [begin, end] = moments_of(site, day.from, day.from);
  auto slots = slots_of(begin, std::min(end, now + Millis{1}), slot);
  std::unordered_set<PersonId> people;
  std::unordered_map<PersonId, AttendanceDay> came;
  const auto read =
      visit_attendance(database, day, site, now, [&](const Person& person, const AttendanceDay& of, bool) {
        people.insert(person.id);
        if (of.first_in || of.last_out) came.emplace(person.id, of);
      });
  if (!read) return std::unexpected(read.error());
  if (slots.empty()) return slots;
  const auto presences = database.attendance().all_presence();
  if (!presences) return std::unexpected(presences.error());
  std::unordered_set<PersonId> there;
  for (const Presence& one : *presences)
    if (one.status == PresenceStatus::available) there.insert(one.person);
  for (const auto& [person, of] : came) {
    const Instant from = of.first_in ? of.first_in->at : of.last_out->at;
    const Instant last = of.last_out ? of.last_out->at : from;
    const bool still_there = now < end && there.contains(person);
    count(slots, from, still_there ? now : last, [](PresenceSlot& one) { ++one.present; });
  }
  if (auto done = count_seen(database, people, slots, std::min(end, now + Millis{1})); !done)
    return std::unexpected(done.error());
  return slots;
}

Result<std::vector<DayFigures>> figures_by_day(Database& database, const FactRules& settings,
                                               const AttendanceQuery& query, const SiteDay& site, Instant now) {
  const auto rules = known_rules(database, settings);
  if (!rules) return std::unexpected(rules.error());
  auto everybody = judged_everybody(database);
  if (!everybody) return std::unexpected(everybody.error());
  std::unordered_map<PersonId, JudgedPerson> judged;
  for (auto& who : *everybody) judged.emplace(who.id, std::move(who));
  std::vector<DayFigures> figures;
  for (LocalDay day = query.from; day <= query.to; day += days(1)) figures.push_back({.day = day, .counts = {}});
  const auto read =
      visit_attendance(database, query, site, now, [&](const Person& person, const AttendanceDay& day, bool) {
        DayFigures& of_day = figures[static_cast<std::size_t>((day.day - query.from).count())];
        ++of_day.counts[day.status];
        if (day.status != AttendanceStatus::late || !day.first_in) return;
        const auto who = judged.find(person.id);
        if (who == judged.end()) return;  // added a moment ago
        const auto terms = rules->terms_at(who->second, day.first_in->at);
        if (!terms) return;
        const Instant start = rules->calendar(who->second, day.first_in->at).span_of(terms->hours, day.day).from;
        of_day.late += std::max(minutes{0}, std::chrono::floor<minutes>(day.first_in->at - start));
      });
  if (!read) return std::unexpected(read.error());
  return figures;
}

}  // namespace hadir
