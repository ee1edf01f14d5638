#pragma once
#include <algorithm>
#include <format>
#include <map>
#include <random>
#include <tuple>
#include <vector>

#include "core/attendance/judge.hpp"

namespace hadir::property {

using namespace std::chrono_literals;

/// Records in memory, as plain as can be.
class MemoryBook final : public RecordBook {
 public:
  /// False when it is there already.
  bool add_to_journal(const Sighting& sighting) {
    for (const auto& known : journal)
      if (known.id == sighting.id) return false;
    const auto order = [](const Sighting& one) { return std::tie(one.at, one.id); };
    journal.insert(std::ranges::upper_bound(journal, order(sighting), {}, order), sighting);
    return true;
  }
  std::vector<Sighting> journal_of(const PersonId& person) const {
    std::vector<Sighting> result;
    for (const auto& sighting : journal)
      if (sighting.person == person) result.push_back(sighting);
    return result;
  }

  Result<std::vector<Sighting>> sightings(const PersonId& person, Instant from, Instant to) override {
    std::vector<Sighting> result;
    for (const auto& sighting : journal)
      if (sighting.person == person && sighting.at >= from && sighting.at < to) result.push_back(sighting);
    return result;
  }
  Result<std::optional<Presence>> presence(const PersonId& person) override {
    const auto found = presences.find(person);
    return found == presences.end() ? std::nullopt : std::optional(found->second);
  }
  Status put_presence(const Presence& presence) override {
    presences[presence.person] = presence;
    return {};
  }
  Result<std::optional<PresenceEdge>> last_edge(const PersonId& person) override {
    const auto all = edges_of(person);
    return all.empty() ? std::nullopt : std::optional(all.back());
  }
  Status add_edge(const PresenceEdge& edge) override {
    edges.push_back(edge);
    return {};
  }
  Status remove_edge(const PresenceEdge& edge) override {
    const auto removed = std::erase_if(edges, [&](const PresenceEdge& other) {
      return other.person == edge.person && other.kind == edge.kind && other.at == edge.at;
    });
    if (removed != 1) return fail(ErrorKind::not_found, "an edge that is to be removed is not there");
    return {};
  }
  Result<std::optional<AttendanceDay>> day(const PersonId& person, LocalDay day) override {
    const auto found = days.find({person, day});
    return found == days.end() ? std::nullopt : std::optional(found->second);
  }
  Status put_day(const AttendanceDay& day) override {
    days[{day.person, day.day}] = day;
    return {};
  }
  Status remove_day(const PersonId& person, LocalDay day) override {
    days.erase({person, day});
    return {};
  }
  Result<std::vector<Violation>> violations(const PersonId& person, LocalDay day) override {
    std::vector<Violation> result;
    for (const auto& [id, violation] : alerts)
      if (violation.person == person && violation.day == day) result.push_back(violation);
    return result;
  }
  Result<std::vector<Violation>> violations_around(const PersonId& person, Instant at) override {
    std::vector<Violation> result;
    for (const auto& [id, violation] : alerts)
      if (violation.person == person && violation.last_seen < at &&
          (!violation.resolved_at || *violation.resolved_at > at))
        result.push_back(violation);
    return result;
  }
  Status put_violation(const Violation& violation) override {
    alerts[violation.id] = violation;
    return {};
  }
  Status remove_violation(const Violation& violation) override {
    alerts.erase(violation.id);
    return {};
  }

  std::vector<PresenceEdge> edges_of(const PersonId& person) const {
    std::vector<PresenceEdge> result;
    for (const auto& edge : edges)
      if (edge.person == person) result.push_back(edge);
    std::ranges::stable_sort(result, {}, &PresenceEdge::at);
    return result;
  }
  JudgedRecords records_of(const PersonId& person) const {
    JudgedRecords records;
    if (const auto found = presences.find(person); found != presences.end()) records.presence = found->second;
    records.edges = edges_of(person);
    for (const auto& [key, day] : days)
      if (key.first == person) records.days.push_back(day);
    for (const auto& [id, violation] : alerts)
      if (violation.person == person) records.violations.push_back(violation);
    std::ranges::sort(records.violations, {}, &Violation::opened_at);
    return records;
  }

  std::vector<Sighting> journal;
  std::map<PersonId, Presence> presences;
  std::vector<PresenceEdge> edges;
  std::map<std::pair<PersonId, LocalDay>, AttendanceDay> days;
  std::map<AlertId, Violation> alerts;
};

inline std::string text_of(const std::optional<AttendanceMark>& mark) {
  if (!mark) return "-";
  return std::format("{} {} {} {:.3f}", format_utc(mark->at), mark->camera.str(), mark->sighting.str(),
                     mark->confidence);
}

/// Everything of the records, one line a fact, so that a difference can be read.
inline std::vector<std::string> text_of(const JudgedRecords& records) {
  std::vector<std::string> lines;
  if (const auto& presence = records.presence)
    lines.push_back(std::format("presence {} last seen {} on {} since {}", to_text(presence->status),
                                format_utc(presence->last_seen), presence->camera.str(),
                                format_utc(presence->changed_at)));
  for (const auto& edge : records.edges)
    lines.push_back(std::format("{} {} {}", to_text(edge.kind), format_utc(edge.at), edge.camera.str()));
  for (const auto& day : records.days)
    lines.push_back(std::format("day {} {} {} in {} out {}", format_day(day.day), to_text(day.status),
                                to_text(day.entry_type), text_of(day.first_in), text_of(day.last_out)));
  for (const auto& violation : records.violations)
    lines.push_back(std::format("violation {} of {} last seen {} on {} opened {} resolved {} by {} {} {} {}",
                                violation.id.str(), format_day(violation.day), format_utc(violation.last_seen),
                                violation.camera.str(), format_utc(violation.opened_at),
                                violation.resolved_at ? format_utc(*violation.resolved_at) : "-",
                                violation.schedule.version.str(), violation.schedule.work_hours,
                                violation.schedule.lunch_break, to_text(violation.schedule.mode)));
  return lines;
}

/// A random stretch of days at a random site: people come and go, rules are edited meanwhile.
class Scenario {
 public:
  struct Event {
    enum class Kind { sighting = 1, edit, tick };
    Kind kind;
    Instant at;  ///< when it arrives
    Sighting sighting{};
  };

  explicit Scenario(std::uint64_t seed) : random_(seed) {
    struct Place {
      const char* zone;
      std::chrono::year_month_day day;
    };
    using std::chrono::year;
    // Most of them around a day on which the clocks change.
    const Place places[] = {{"Asia/Jakarta", year{2026} / 1 / 5},       {"America/New_York", year{2026} / 3 / 6},
                            {"America/New_York", year{2026} / 10 / 30}, {"Europe/Berlin", year{2026} / 3 / 27},
                            {"America/Havana", year{2026} / 10 / 30},   {"Australia/Lord_Howe", year{2026} / 4 / 3}};
    const auto& place = places[below(std::size(places))];
    begin = Instant{std::chrono::sys_days{place.day}};
    SitePolicy policy;
    policy.valid_from = begin - 48h;
    policy.time_zone = place.zone;
    policy.day_starts_at = std::chrono::minutes(pick({0, 0, 150, 240, 720}));
    contents.policies.push_back(edited(policy));
    if (chance(0.9)) contents.schedules.push_back(first_schedule());
    for (int i = 0; i < 2; ++i)
      people.push_back({.id = PersonId(std::format("p{}", i)),
                        .department = i == 0 ? "plant" : "office",
                        .expected = chance(0.9),
                        .known_since = begin + std::chrono::hours(below(20))});
    end = begin + std::chrono::hours(30 + below(90));
    for (const auto& person : people) walk(person);
    for (int i = static_cast<int>(below(8)); i > 0; --i) events.push_back({.kind = Event::Kind::edit, .at = moment()});
    for (auto at = begin; at < end; at += std::chrono::seconds(1 + below(3600 * 6)))
      events.push_back({.kind = Event::Kind::tick, .at = at});
    sort_events();
  }

  /// The rules with one more random version that holds from `now` or later, or somebody of another department or status
  /// from now on; or an exception or outage, whose person and days are to be judged again.
  struct Edit {
    std::vector<LocalDay> again;
  };
  Edit edit(Instant now) {
    Edit made;
    const auto from = [&](const auto& versions) {
      using Version = std::decay_t<decltype(versions)>::value_type;
      return earliest_valid_from<Version>(versions, now) + std::chrono::minutes(chance(0.3) ? below(2000) : 0);
    };
    const auto id = std::format("v{}", ++edits_);
    switch (below(8)) {
      case 0: {
        auto policy = contents.policies.back();
        policy.valid_from = from(contents.policies);
        contents.policies.push_back(edited(policy));
        break;
      }
      case 1:
      case 2: {
        ScheduleVersion version = contents.schedules.empty() ? ScheduleVersion{} : contents.schedules.back();
        version.id = ScheduleId(id);
        version.valid_from = from(contents.schedules);
        contents.schedules.push_back(edited(version));
        break;
      }
      case 3: {
        Shift shift{.id = ShiftId(std::format("s{}", below(2))),
                    .valid_from = from(contents.shifts),
                    .name = "shift",
                    .hours = hours(),
                    .lunch_break = {},
                    .working_days = chance(0.5) ? std::optional(Weekdays{.days = 0x7F}) : std::nullopt,
                    .grace = std::chrono::minutes(below(30)),
                    .is_active = chance(0.9),
                    .organisation = {}};
        contents.shifts.push_back(shift);
        contents.assignments.push_back({.id = ShiftAssignmentId(id),
                                        .person = chance(0.5) ? std::optional(PersonId("p0")) : std::nullopt,
                                        .department = "office",
                                        .shift = chance(0.9) ? std::optional(shift.id) : std::nullopt,
                                        .valid_from = from(contents.assignments)});
        break;
      }
      case 4: {
        AttendanceRule rule;
        rule.id = AttendanceRuleId(std::format("r{}", below(2)));
        rule.valid_from = from(contents.rules);
        rule.name = "rule";
        if (chance(0.5)) rule.department = "plant";
        if (chance(0.3)) rule.hours = hours();
        if (chance(0.3)) rule.min_presence_percentage = 50;
        rule.is_active = chance(0.8);
        rule.bands.auto_check_in = 0.6 + 0.1 * static_cast<double>(below(4));
        contents.rules.push_back(rule);
        break;
      }
      case 5: {
        const auto day = std::chrono::local_days{std::chrono::floor<std::chrono::days>(now).time_since_epoch()} +
                         std::chrono::days(below(4)) - std::chrono::days(2);
        AttendanceException exception{.id = AttendanceExceptionId(id),
                                      .person = chance(0.5) ? std::optional(PersonId("p0")) : std::nullopt,
                                      .day = day,
                                      .type = static_cast<ExceptionType>(1 + below(3)),
                                      .reason = "r",
                                      .requires_approval = chance(0.5),
                                      .approved_by = {},
                                      .approved_at = {},
                                      .withdrawn_at = {},
                                      .created_at = now};
        if (exception.requires_approval && chance(0.7)) {
          exception.approved = true;
          exception.approved_at = now;
        }
        if (!contents.exceptions.empty() && chance(0.3)) {
          contents.exceptions.back().withdrawn_at = now;
          made.again.push_back(contents.exceptions.back().day);
        }
        contents.exceptions.push_back(exception);
        made.again.push_back(day);
        break;
      }
      case 6: {
        auto& who = people[below(people.size())];
        const auto since = who.former.empty() ? now : std::max(now, who.former.back().until + 1ms);
        who.former.push_back({.until = since, .department = who.department, .expected = who.expected});
        who.department = who.department == "plant" ? "office" : "plant";
        if (chance(0.3)) who.expected = !who.expected;
        break;
      }
      default: {
        // Found out a little after it began, as a camera that times out is.
        const auto began = now - std::chrono::seconds(below(300));
        const bool over = chance(0.5);
        contents.outages.push_back({.camera = CameraId("CAM1"), .from = began, .until = {}});
        if (over) contents.outages.back().until = began + std::chrono::seconds(below(4000));
        const auto day = std::chrono::local_days{std::chrono::floor<std::chrono::days>(began).time_since_epoch()};
        for (int i = -2; i <= 1; ++i) made.again.push_back(day + std::chrono::days(i));
      }
    }
    return made;
  }

  /// Every sighting a second time, and all of them late by up to `window`.
  void disturb(std::chrono::seconds window) {
    std::vector<Event> again;
    for (auto& event : events) {
      if (event.kind != Event::Kind::sighting) continue;
      event.at = event.sighting.at + std::chrono::seconds(below(static_cast<std::size_t>(window.count()) + 1));
      auto repeated = event;
      repeated.at += std::chrono::seconds(below(static_cast<std::size_t>(window.count()) + 1));
      again.push_back(repeated);
    }
    std::ranges::move(again, std::back_inserter(events));
    sort_events();
  }

  Instant begin;
  Instant end;
  Rulebook::Contents contents;
  std::vector<JudgedPerson> people;
  std::vector<Event> events;

 private:
  std::size_t below(std::size_t limit) { return random_() % limit; }
  bool chance(double share) { return static_cast<double>(random_() % 10'000) < share * 10'000; }
  int pick(std::initializer_list<int> values) { return values.begin()[below(values.size())]; }
  Instant moment() { return begin + std::chrono::seconds(below(static_cast<std::size_t>((end - begin) / 1s))); }
  HoursOfDay hours() {
    const int start = pick({480, 480, 600, 840, 1320, 0, 1410});
    return {.start = std::chrono::minutes(start),
            .end = std::chrono::minutes((start + pick({480, 540, 600, 1440})) % 1440)};
  }

  ScheduleVersion first_schedule() {
    ScheduleVersion version;
    version.valid_from = begin - 24h;
    return edited(version);
  }
  SitePolicy edited(SitePolicy policy) {
    policy.present_timeout = std::chrono::seconds(pick({60, 60, 10, 600}));
    policy.alert_threshold = std::chrono::seconds(pick({60, 120, 5}));
    policy.alert_min_interval = std::chrono::seconds(pick({0, 60, 900}));
    policy.first_in_overwrite = chance(0.3);
    policy.auto_attendance = chance(0.9);
    return policy;
  }
  ScheduleVersion edited(ScheduleVersion version) {
    version.work_hours = hours();
    if (chance(0.5)) version.lunch_break = std::nullopt;
    version.working_days.days = chance(0.5) ? 0x7F : 0x1F;
    version.grace = std::chrono::minutes(below(30));
    version.mode = chance(0.8) ? ScheduleMode::automatic : ScheduleMode::manual;
    version.manual_tracking = chance(0.7);
    version.paused = chance(0.2);
    version.pause_until =
        chance(0.5) ? std::optional(version.valid_from + std::chrono::minutes(below(600))) : std::nullopt;
    return version;
  }

  /// Bursts of sightings with short and long pauses between.
  void walk(const JudgedPerson& person) {
    for (auto at = begin + std::chrono::minutes(below(1200)); at < end;) {
      Sighting sighting;
      sighting.id = SightingId(std::format("{:05}", random_() % 100'000));
      sighting.camera = CameraId(chance(0.7) ? "CAM1" : "CAM2");
      sighting.person = person.id;
      sighting.confidence = static_cast<float>(pick({50, 60, 65, 70, 90, 95, 99})) / 100.0F;
      sighting.at = at;
      events.push_back({.kind = Event::Kind::sighting, .at = at, .sighting = sighting});
      if (chance(0.05)) continue;  // two cameras at the same moment
      at += chance(0.8)   ? std::chrono::seconds(below(90))
            : chance(0.7) ? std::chrono::seconds(below(3 * 3600))
                          : std::chrono::seconds(below(20 * 3600));
    }
  }
  void sort_events() { std::ranges::stable_sort(events, {}, &Event::at); }

  std::mt19937_64 random_;
  int edits_ = 0;
};

}  // namespace hadir::property
