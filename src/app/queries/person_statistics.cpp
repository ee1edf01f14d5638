#include "app/queries/person_statistics.hpp"

#include <algorithm>
#include <map>

#include "app/facts/judged_people.hpp"

namespace hadir {
namespace {

using std::chrono::days;

bool came(const AttendanceDay& day) {
  switch (day.status) {
    case AttendanceStatus::present:
    case AttendanceStatus::late:
    case AttendanceStatus::left_early:
    case AttendanceStatus::pending_review:
      return true;
    case AttendanceStatus::absent:
    case AttendanceStatus::on_leave:
    case AttendanceStatus::holiday:
      return false;
  }
  std::unreachable();
}

/// Whether the person was to come on a day of which nothing is recorded.
bool was_to_come(const Rulebook& rules, const JudgedPerson& who, LocalDay day, Instant now) {
  if (!rules.expects(who, day) || now < rules.closes_at(who, day)) return false;
  const auto calendar = rules.site_calendar(now);
  const auto noon = std::chrono::floor<Millis>(
      calendar.zone->to_sys(std::chrono::local_seconds(day) + std::chrono::hours(12), std::chrono::choose::earliest));
  if (rules.day_of(who, who.known_since) > day) return false;
  const auto terms = rules.terms_at(who, noon);
  return terms && terms->working_days.contains(std::chrono::weekday(day)) && rules.exception_on(who, day) == nullptr;
}

void count(const AttendanceDay& day, PersonStatistics& statistics) {
  if (day.status == AttendanceStatus::on_leave || day.status == AttendanceStatus::holiday) return;
  ++statistics.working_days;
  ++(came(day) ? statistics.present : statistics.absent);
  if (day.status == AttendanceStatus::late) ++statistics.late;
  if (day.status == AttendanceStatus::left_early) ++statistics.left_early;
}

}  // namespace

Result<PersonStatistics> person_statistics(Database& database, const FactRules& settings, const Person& person,
                                           LocalDay from, LocalDay to, Instant now) {
  const auto rules = known_hours(database, settings);
  if (!rules) return std::unexpected(rules.error());
  const auto who = judged_person(database, person);
  if (!who) return std::unexpected(who.error());
  const auto last = std::min(to, rules->day_of(*who, now));
  const auto kept = database.attendance().days_of(person.id, from, last);
  if (!kept) return std::unexpected(kept.error());
  std::map<LocalDay, const AttendanceDay*> by_day;
  for (const auto& day : *kept) by_day.emplace(day.day, &day);
  PersonStatistics statistics;
  for (LocalDay day = from; day <= last; day += days(1)) {
    if (const auto found = by_day.find(day); found != by_day.end()) {
      count(*found->second, statistics);
    } else if (was_to_come(*rules, *who, day, now)) {
      ++statistics.working_days;
      ++statistics.absent;
    }
  }
  return statistics;
}

Result<PersonState> person_state(Database& database, const FactRules& settings, const Person& person, Instant now) {
  const auto rules = known_hours(database, settings);
  if (!rules) return std::unexpected(rules.error());
  const auto who = judged_person(database, person);
  if (!who) return std::unexpected(who.error());
  const auto day = database.attendance().day(person.id, rules->day_of(*who, now));
  if (!day) return std::unexpected(day.error());
  const auto presence = database.attendance().presence(person.id);
  if (!presence) return std::unexpected(presence.error());
  PersonState state;
  if (!*day || !(*day)->first_in) return state;
  state.check_in = (*day)->first_in->at;
  const auto& out = (*day)->last_out;
  const bool entered = (*day)->entry_type == EntryType::manual;
  const bool seen_since = *presence && (*presence)->status == PresenceStatus::available &&
                          (!out || (*presence)->last_seen >= out->at) && !(entered && out);
  state.checked_in = !out || seen_since;
  state.duration = std::chrono::floor<std::chrono::minutes>(
      (state.checked_in ? std::max(now, *state.check_in) : out->at) - *state.check_in);
  return state;
}

}  // namespace hadir
