#include "core/attendance/judge.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/attendance/day_status.hpp"
#include "core/attendance/presence.hpp"
#include "core/attendance/violations.hpp"

namespace hadir {
namespace {

auto order_of(const Sighting& sighting) {
  return std::tie(sighting.at, sighting.id);
}

Seen seen(const Sighting& sighting) {
  return {.at = sighting.at, .camera = sighting.camera};
}

bool same_day(const AttendanceDay& a, const AttendanceDay& b) {
  const auto same = [](const std::optional<AttendanceMark>& x, const std::optional<AttendanceMark>& y) {
    if (!x || !y) return x.has_value() == y.has_value();
    return x->at == y->at && x->sighting == y->sighting && x->camera == y->camera && x->confidence == y->confidence;
  };
  return same(a.first_in, b.first_in) && same(a.last_out, b.last_out) && a.status == b.status &&
         a.entry_type == b.entry_type;
}

/// A mark whose sighting stayed keeps its picture.
void keep_picture(std::optional<AttendanceMark>& mark, const std::optional<AttendanceMark>& before) {
  if (mark && before && mark->sighting == before->sighting) mark->picture = before->picture;
}

}  // namespace

/// The counted day with its status; a SYSTEM one where nobody came and that is to be recorded.
std::optional<AttendanceDay> judged_day(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                                        std::optional<AttendanceDay> counted, Instant now) {
  const auto status = judge_day(rules, who, day, counted, now >= rules.closes_at(who, day));
  if (!status) return std::nullopt;
  if (!counted)
    counted = AttendanceDay{.person = who.id,
                            .day = day,
                            .first_in = std::nullopt,
                            .last_out = std::nullopt,
                            .entry_type = EntryType::system,
                            .remarks = {}};
  counted->status = status->status;
  return counted;
}

DayRules day_rules(const Rulebook& rules, const JudgedPerson& who, LocalDay day) {
  const auto around = Rulebook::around(day);
  const auto bands_at = [&rules, who](Instant at) -> ConfidenceBands {
    if (!rules.policy_at(at).auto_attendance) return {.auto_check_in = 2, .auto_check_out = 2, .manual_review = 2};
    return rules.bands_at(who, at);
  };
  DayRules result;
  result.first_in_overwrite = rules.policy_at(rules.site_calendar(around.from).begin_of(day)).first_in_overwrite;
  if (rules.bands_vary(who, around.from, around.to))
    result.bands_at = bands_at;
  else
    result.bands = bands_at(around.from);
  return result;
}

std::optional<AttendanceDay> counted_day(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                                         std::span<const Sighting> sightings) {
  std::vector<Sighting> of_day;
  for (const auto& sighting : sightings)
    if (rules.day_of(who, sighting.at) == day) of_day.push_back(sighting);
  return attendance_of(who.id, day, of_day, day_rules(rules, who, day));
}

/// With `simple` answered no question goes to the journal: that is nearly always.
Result<Judge::Neighbours> Judge::neighbours(const Sighting& sighting, const std::optional<Presence>& presence) {
  Neighbours found;
  if (!presence) {
    found.latest = true;
    return found;
  }
  if (sighting.at > presence->last_seen) {
    found.latest = true;
    found.before = Sighting{.id = {},
                            .camera = presence->camera,
                            .person = presence->person,
                            .at = presence->last_seen,
                            .box = {},
                            .frame = {},
                            .liveness = {},
                            .picture = {}};
    found.simple = presence->status == PresenceStatus::available &&
                   sighting.at - presence->last_seen <= rules_.timeout_at(presence->last_seen);
    return found;
  }
  const auto reach = rules_.longest_timeout() + Millis{1};
  auto journal = book_.sightings(*sighting.person, sighting.at - reach, sighting.at + reach);
  if (!journal) return std::unexpected(journal.error());
  for (auto& other : *journal) {
    if (order_of(other) < order_of(sighting)) {
      found.before = std::move(other);
    } else if (order_of(other) > order_of(sighting)) {
      found.after = std::move(other);
      break;
    }
  }
  found.latest = !found.after && sighting.at == presence->last_seen;
  return found;
}

Status Judge::add(const JudgedPerson& who, const Sighting& sighting, Instant now) {
  const auto presence = book_.presence(who.id);
  if (!presence) return std::unexpected(presence.error());
  const auto around = neighbours(sighting, *presence);
  if (!around) return std::unexpected(around.error());
  if (auto done = add_presence(sighting, *presence, *around); !done) return done;
  if (auto done = add_attendance(who, sighting, now); !done) return done;
  if (around->simple) return {};
  return add_violations(who, sighting, *around, now);
}

Status Judge::add_presence(const Sighting& sighting, const std::optional<Presence>& before, const Neighbours& around) {
  const auto of = [](const std::optional<Sighting>& one) { return one ? std::optional(seen(*one)) : std::nullopt; };
  const bool told = before && before->status == PresenceStatus::unavailable;
  const auto afterwards = !around.latest ? Afterwards::more : told ? Afterwards::exit_was_told : Afterwards::nothing;
  const auto timeout = [this](Instant at) { return rules_.timeout_at(at); };
  const auto change =
      edges_changed(*sighting.person, of(around.before), seen(sighting), of(around.after), afterwards, timeout);
  for (const auto& edge : change.removed)
    if (auto done = book_.remove_edge(edge); !done) return done;
  for (const auto& edge : change.added)
    if (auto done = book_.add_edge(edge); !done) return done;

  Presence after;
  after.person = *sighting.person;
  if (before) after = *before;
  if (around.latest) {
    after.status = PresenceStatus::available;
    after.last_seen = sighting.at;
    after.camera = sighting.camera;
  } else if (change.removed.empty() && change.added.empty()) {
    return {};
  }
  if (!change.removed.empty() || !change.added.empty()) {
    const auto last = book_.last_edge(*sighting.person);
    if (!last) return std::unexpected(last.error());
    if (*last) after.changed_at = (*last)->at;
  }
  return book_.put_presence(after);
}

Status Judge::add_attendance(const JudgedPerson& who, const Sighting& sighting, Instant now) {
  const auto day = rules_.day_of(who, sighting.at);
  const auto before = book_.day(who.id, day);
  if (!before) return std::unexpected(before.error());
  auto step = add_sighting(*before, day, sighting, day_rules(rules_, who, day));
  if (step.verdict == DayVerdict::unchanged) return {};
  if (step.verdict == DayVerdict::changed) return put_judged(who, day, std::move(step.day), *before, now);
  auto counted = count_day(who, day, *before);
  if (!counted) return std::unexpected(counted.error());
  return put_judged(who, day, std::move(*counted), *before, now);
}

/// A day whose journal was purged stays as it was counted.
Result<std::optional<AttendanceDay>> Judge::count_day(const JudgedPerson& who, LocalDay day,
                                                      const std::optional<AttendanceDay>& before) {
  const auto around = Rulebook::around(day);
  const auto journal = book_.sightings(who.id, around.from, around.to);
  if (!journal) return std::unexpected(journal.error());
  if (before && before->first_in && !std::ranges::contains(*journal, before->first_in->sighting, &Sighting::id))
    return before;
  return counted_day(rules_, who, day, *journal);
}

Status Judge::put_judged(const JudgedPerson& who, LocalDay day, std::optional<AttendanceDay> counted,
                         const std::optional<AttendanceDay>& before, Instant now) {
  if (before && before->entry_type == EntryType::manual) return {};
  counted = judged_day(rules_, who, day, std::move(counted), now);
  if (!counted) return before ? book_.remove_day(who.id, day) : Status{};
  if (before) {
    if (same_day(*before, *counted)) return {};
    counted->remarks = before->remarks;
    keep_picture(counted->first_in, before->first_in);
    keep_picture(counted->last_out, before->last_out);
  }
  return book_.put_day(*counted);
}

/// The absence it ends or divides, and those of its own day.
Status Judge::add_violations(const JudgedPerson& who, const Sighting& sighting, const Neighbours& around, Instant now) {
  const auto divided = book_.violations_around(who.id, sighting.at);
  if (!divided) return std::unexpected(divided.error());
  std::set<LocalDay> days;
  for (const auto& violation : *divided) days.insert(violation.day);
  if (around.before) days.insert(rules_.day_of(who, around.before->at));
  days.insert(rules_.day_of(who, sighting.at));
  for (const auto day : days)
    if (auto done = refresh_violations(who, day, now); !done) return done;
  return {};
}

/// The day's sightings and the first after them.
Result<std::vector<Sighting>> Judge::sightings_of_gaps(const JudgedPerson& who, LocalDay day) {
  const auto around = Rulebook::around(day);
  auto journal = book_.sightings(who.id, around.from, around.to);
  if (!journal || journal->empty() || rules_.day_of(who, journal->back().at) != day) return journal;
  const auto presence = book_.presence(who.id);
  if (!presence) return std::unexpected(presence.error());
  if (!*presence || (*presence)->last_seen < around.to) return journal;
  for (auto from = around.to; from <= (*presence)->last_seen; from += std::chrono::days(7)) {
    auto next = book_.sightings(who.id, from, from + std::chrono::days(7));
    if (!next) return next;
    if (next->empty()) continue;
    journal->push_back(std::move(next->front()));
    break;
  }
  return journal;
}

Status Judge::refresh_violations(const JudgedPerson& who, LocalDay day, Instant now) {
  const auto journal = sightings_of_gaps(who, day);
  if (!journal) return std::unexpected(journal.error());
  const auto stored = book_.violations(who.id, day);
  if (!stored) return std::unexpected(stored.error());
  // Those of a day whose journal was purged stay.
  for (const auto& violation : *stored)
    if (!std::ranges::contains(*journal, violation.last_seen, &Sighting::at)) return {};
  const auto presence = book_.presence(who.id);
  if (!presence) return std::unexpected(presence.error());
  // Nobody is away whose EXIT was not told; one who was found to be away stays so, whatever moment is told now.
  for (const auto& violation : *stored)
    if (!violation.resolved_at) now = std::max(now, violation.opened_at + Millis{1});
  if (*presence && (*presence)->status == PresenceStatus::available) now = (*presence)->last_seen;
  const auto fresh = violations_of(rules_, who, day, *journal, now);
  for (const auto& old : *stored)
    if (std::ranges::none_of(fresh, [&](const Violation& violation) { return violation.id == old.id; }))
      if (auto done = book_.remove_violation(old); !done) return done;
  for (const auto& violation : fresh)
    if (std::ranges::find(*stored, violation) == stored->end())
      if (auto done = book_.put_violation(violation); !done) return done;
  return {};
}

Status Judge::pass(const JudgedPerson& who, Instant before, Instant now) {
  const auto presence = book_.presence(who.id);
  if (!presence) return std::unexpected(presence.error());
  if (*presence) {
    const auto& known = **presence;
    const auto step = presence_at(known, now, rules_.timeout_at(known.last_seen));
    if (step) {
      if (auto done = book_.add_edge(step->edge); !done) return done;
      if (auto done = book_.put_presence(step->presence); !done) return done;
    }
    const auto day = rules_.day_of(who, known.last_seen);
    const bool away = step || known.status == PresenceStatus::unavailable;
    if (step || (away && before < rules_.closes_at(who, day)))
      if (auto done = refresh_violations(who, day, now); !done) return done;
  }
  const auto last = rules_.site_calendar(now).day_of(now) + std::chrono::days(1);
  for (auto day = rules_.site_calendar(before).day_of(before) - std::chrono::days(3); day <= last;
       day += std::chrono::days(1)) {
    const auto closes = rules_.closes_at(who, day);
    // The moment told before belongs to it: a version may hold from that very moment.
    if (closes >= before && closes <= now)
      if (auto done = judge_again(who, day, now); !done) return done;
  }
  return {};
}

Status Judge::judge_again(const JudgedPerson& who, LocalDay day, Instant now) {
  const auto before = book_.day(who.id, day);
  if (!before) return std::unexpected(before.error());
  auto counted = count_day(who, day, *before);
  if (!counted) return std::unexpected(counted.error());
  if (auto done = put_judged(who, day, std::move(*counted), *before, now); !done) return done;
  return refresh_violations(who, day, now);
}

Result<std::optional<Instant>> Judge::next_moment(const JudgedPerson& who, Instant now) {
  const auto presence = book_.presence(who.id);
  if (!presence) return std::unexpected(presence.error());
  if (!*presence) return std::nullopt;
  const auto& known = **presence;
  if (known.status == PresenceStatus::available) return known.last_seen + rules_.timeout_at(known.last_seen);
  const auto day = rules_.day_of(who, known.last_seen);
  if (now >= rules_.closes_at(who, day)) return std::nullopt;
  const auto stored = book_.violations(who.id, day);
  if (!stored) return std::unexpected(stored.error());
  std::optional<Instant> last_opened;
  for (const auto& violation : *stored) {
    if (violation.last_seen == known.last_seen) return std::nullopt;  // told already
    last_opened = std::max(last_opened.value_or(violation.opened_at), violation.opened_at);
  }
  return opening_after(rules_, who, {.at = known.last_seen, .camera = known.camera}, last_opened);
}

namespace {

std::optional<Presence> presence_of(const JudgedPerson& who, std::span<const Sighting> ordered,
                                    const std::vector<PresenceEdge>& edges) {
  if (ordered.empty()) return std::nullopt;
  const auto& last = edges.back();
  return Presence{.person = who.id,
                  .status = last.kind == EdgeKind::enter ? PresenceStatus::available : PresenceStatus::unavailable,
                  .last_seen = ordered.back().at,
                  .camera = ordered.back().camera,
                  .changed_at = last.at};
}

/// Those with a sighting, and those that are closed since the person is known.
std::set<LocalDay> days_to_judge(const Rulebook& rules, const JudgedPerson& who, std::span<const Sighting> ordered,
                                 Instant now) {
  std::set<LocalDay> days;
  for (const auto& sighting : ordered) days.insert(rules.day_of(who, sighting.at));
  const auto last = rules.site_calendar(now).day_of(now) + std::chrono::days(1);
  for (auto day = rules.site_calendar(who.known_since).day_of(who.known_since) - std::chrono::days(1); day <= last;
       day += std::chrono::days(1))
    if (now >= rules.closes_at(who, day)) days.insert(day);
  return days;
}

/// The stretch from a day's first sighting to the first after its last.
struct Stretch {
  std::size_t first;
  std::size_t last;
};

}  // namespace

JudgedRecords recompute(const Rulebook& rules, const JudgedPerson& who, std::span<const Sighting> ordered,
                        Instant now) {
  JudgedRecords records;
  records.edges = edges_of(who.id, ordered, [&](Instant at) { return rules.timeout_at(at); }, now);
  records.presence = presence_of(who, ordered, records.edges);
  std::map<LocalDay, std::vector<Sighting>> of_day;
  std::map<LocalDay, Stretch> stretches;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const auto day = rules.day_of(who, ordered[i].at);
    of_day[day].push_back(ordered[i]);
    stretches.try_emplace(day, Stretch{.first = i, .last = i}).first->second.last = i;
  }
  for (const auto day : days_to_judge(rules, who, ordered, now)) {
    auto counted = attendance_of(who.id, day, of_day[day], day_rules(rules, who, day));
    if (auto judged = judged_day(rules, who, day, std::move(counted), now)) records.days.push_back(std::move(*judged));
  }
  for (const auto& [day, stretch] : stretches) {
    const auto length = std::min(stretch.last + 2, ordered.size()) - stretch.first;
    auto found = violations_of(rules, who, day, ordered.subspan(stretch.first, length), now);
    std::ranges::move(found, std::back_inserter(records.violations));
  }
  return records;
}

}  // namespace hadir
