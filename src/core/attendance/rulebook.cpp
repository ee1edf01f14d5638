#include "core/attendance/rulebook.hpp"

#include <algorithm>
#include <format>
#include <tuple>

namespace hadir {
namespace {

using std::chrono::days;
using std::chrono::hours;

template <class Version>
void order(std::vector<Version>& versions) {
  std::ranges::stable_sort(versions, {}, &Version::valid_from);
}

template <class Version>
void add_starts(const std::vector<Version>& versions, Instant from, Instant to, std::vector<Instant>& starts) {
  auto next = std::ranges::upper_bound(versions, from, {}, &Version::valid_from);
  for (; next != versions.end() && next->valid_from <= to; ++next) starts.push_back(next->valid_from);
}

/// When they became of another department, or expected otherwise.
void add_starts(const JudgedPerson& who, Instant from, Instant to, std::vector<Instant>& starts) {
  for (const auto& former : who.former)
    if (former.until > from && former.until <= to) starts.push_back(former.until);
}

bool is_paused(const ScheduleVersion& schedule, Instant at) {
  return schedule.paused && (!schedule.pause_until || at < *schedule.pause_until);
}

bool concerns(const AttendanceException& exception, const JudgedPerson& who, LocalDay day) {
  return exception.day == day && (!exception.person || *exception.person == who.id);
}

int rank(const AttendanceException& exception) {
  const int type = exception.type == ExceptionType::leave ? 0 : exception.type == ExceptionType::holiday ? 1 : 2;
  return type + (exception.person ? 0 : 3);
}

std::chrono::weekday weekday_of(LocalDay day) {
  return std::chrono::weekday{day};
}

}  // namespace

JudgedPerson JudgedPerson::of(const Person& person, std::span<const FormerStanding> former) {
  const auto is_expected = [](PersonType type, PersonStatus status) {
    return status == PersonStatus::active && type != PersonType::visitor;
  };
  JudgedPerson who{.id = person.id,
                   .department = person.department,
                   .expected = is_expected(person.type, person.status),
                   .known_since = person.created_at};
  for (const auto& one : former)
    who.former.push_back(
        {.until = one.until, .department = one.department, .expected = is_expected(one.type, one.status)});
  return who;
}

const std::string& JudgedPerson::department_at(Instant at) const {
  const auto then = std::ranges::upper_bound(former, at, {}, &Former::until);
  return then == former.end() ? department : then->department;
}

bool JudgedPerson::expected_at(Instant at) const {
  const auto then = std::ranges::upper_bound(former, at, {}, &Former::until);
  return then == former.end() ? expected : then->expected;
}

Result<Rulebook> Rulebook::from(Contents contents) {
  if (contents.policies.empty()) return fail(ErrorKind::invalid_input, "there is no site policy to judge by");
  order(contents.policies);
  order(contents.schedules);
  order(contents.shifts);
  order(contents.assignments);
  order(contents.rules);
  Rulebook book(std::move(contents));
  for (const auto& policy : book.contents_.policies) {
    const auto zone = find_zone(policy.time_zone);
    if (!zone) return std::unexpected(zone.error());
    book.zones_.push_back(*zone);
  }
  return book;
}

const SitePolicy& Rulebook::policy_at(Instant at) const {
  const auto* found = in_force<SitePolicy>(contents_.policies, at);
  return found == nullptr ? contents_.policies.front() : *found;
}

const ScheduleVersion* Rulebook::schedule_at(Instant at) const {
  return in_force<ScheduleVersion>(contents_.schedules, at);
}

Millis Rulebook::longest_timeout() const {
  return std::ranges::max(contents_.policies, {}, &SitePolicy::present_timeout).present_timeout;
}

const ShiftAssignment* Rulebook::assignment_at(const JudgedPerson& who, Instant at) const {
  const ShiftAssignment* own = nullptr;
  const ShiftAssignment* of_department = nullptr;
  const auto& department = who.department_at(at);
  for (const auto& assignment : contents_.assignments) {
    if (assignment.valid_from > at) break;
    if (assignment.person) {
      if (*assignment.person == who.id) own = &assignment;
    } else if (!assignment.department.empty() && assignment.department == department) {
      of_department = &assignment;
    }
  }
  return own != nullptr && own->shift ? own : of_department;
}

const Shift* Rulebook::shift_at(const JudgedPerson& who, Instant at) const {
  const auto* assignment = assignment_at(who, at);
  if (assignment == nullptr || !assignment->shift) return nullptr;
  const Shift* found = nullptr;
  for (const auto& shift : contents_.shifts) {
    if (shift.valid_from > at) break;
    if (shift.id == *assignment->shift) found = &shift;
  }
  return found != nullptr && found->is_active ? found : nullptr;
}

/// Of several active rules the department's own goes before everybody's, then the latest.
const AttendanceRule* Rulebook::rule_at(const JudgedPerson& who, Instant at) const {
  std::vector<const AttendanceRule*> newest;  // one a rule
  for (const auto& rule : contents_.rules) {
    if (rule.valid_from > at) break;
    std::erase_if(newest, [&](const AttendanceRule* known) { return known->id == rule.id; });
    newest.push_back(&rule);
  }
  const AttendanceRule* found = nullptr;
  const auto& department = who.department_at(at);
  for (const auto* rule : newest) {
    if (!rule->is_active || (!rule->department.empty() && rule->department != department)) continue;
    if (found == nullptr || found->department.empty() || !rule->department.empty()) found = rule;
  }
  return found;
}

std::string to_text(const TermsSource& source) {
  return std::format("{}{}{} since {}", source.kind, source.name.empty() ? "" : " ", source.name,
                     format_utc(source.since));
}

std::optional<WorkTerms> Rulebook::terms_at(const JudgedPerson& who, Instant at) const {
  const auto* schedule = schedule_at(at);
  const auto* rule = rule_at(who, at);
  WorkTerms terms;
  if (schedule != nullptr) {
    terms = {.hours = schedule->work_hours,
             .lunch_break = schedule->lunch_break,
             .working_days = schedule->working_days,
             .grace = schedule->grace,
             .source = {.kind = "schedule", .name = {}, .since = schedule->valid_from}};
  }
  if (const auto* shift = shift_at(who, at)) {
    terms.hours = shift->hours;
    if (shift->lunch_break) terms.lunch_break = shift->lunch_break;
    if (shift->working_days) terms.working_days = *shift->working_days;
    terms.grace = shift->grace;
    terms.expected = shift->expected_duration;
    terms.of_shift = true;
    terms.source = {.kind = "shift", .name = shift->name, .since = shift->valid_from};
  } else if (rule != nullptr && rule->hours) {
    terms.hours = *rule->hours;
    terms.working_days = rule->working_days;
    terms.source = {.kind = "rule", .name = rule->name, .since = rule->valid_from};
  } else if (schedule == nullptr) {
    return std::nullopt;
  }
  if (terms.expected <= terms.expected.zero()) terms.expected = terms.hours.length();
  return terms;
}

ConfidenceBands Rulebook::bands_at(const JudgedPerson& who, Instant at) const {
  const auto* rule = rule_at(who, at);
  return rule != nullptr ? rule->bands : policy_at(at).bands;
}

bool Rulebook::bands_vary(const JudgedPerson& who, Instant from, Instant to) const {
  std::vector<Instant> starts;
  add_starts(who, from, to, starts);
  add_starts(contents_.rules, from, to, starts);
  add_starts(contents_.policies, from, to, starts);
  return !starts.empty();
}

SiteCalendar Rulebook::site_calendar(Instant at) const {
  const auto& policy = policy_at(at);
  const auto index = static_cast<std::size_t>(&policy - contents_.policies.data());
  return {.zone = zones_[index], .day_starts_at = policy.day_starts_at};
}

SiteCalendar Rulebook::calendar(const JudgedPerson& who, Instant at) const {
  const auto site = site_calendar(at);
  const auto terms = terms_at(who, at);
  return terms ? site.for_hours(terms->hours) : site;
}

TimeSpan Rulebook::around(LocalDay day) {
  const Instant midnight{std::chrono::sys_days{day.time_since_epoch()}};
  return {.from = midnight - hours(36), .to = midnight + hours(72)};
}

std::vector<Instant> Rulebook::version_starts(const JudgedPerson& who, Instant from, Instant to) const {
  std::vector<Instant> starts;
  add_starts(who, from, to, starts);
  add_starts(contents_.policies, from, to, starts);
  add_starts(contents_.schedules, from, to, starts);
  add_starts(contents_.shifts, from, to, starts);
  add_starts(contents_.assignments, from, to, starts);
  add_starts(contents_.rules, from, to, starts);
  std::ranges::sort(starts);
  const auto repeated = std::ranges::unique(starts);
  starts.erase(repeated.begin(), repeated.end());
  return starts;
}

Instant Rulebook::closes_at(const JudgedPerson& who, LocalDay day) const {
  const auto window = around(day);
  auto begin = window.from;
  for (const auto next : version_starts(who, window.from, window.to)) {
    const auto end = std::max(begin, calendar(who, begin).end_of(day));
    if (end <= next) return end;
    begin = next;
  }
  return std::max(begin, calendar(who, begin).end_of(day));
}

bool Rulebook::expects(const JudgedPerson& who, LocalDay day) const {
  return who.expected_at(site_calendar(around(day).from).begin_of(day));
}

const AttendanceException* Rulebook::exception_on(const JudgedPerson& who, LocalDay day) const {
  const AttendanceException* found = nullptr;
  for (const auto& exception : contents_.exceptions)
    if (concerns(exception, who, day) && exception.counts() &&
        (found == nullptr || std::tuple(rank(exception), exception.id) < std::tuple(rank(*found), found->id)))
      found = &exception;
  return found;
}

ScheduleState Rulebook::describe(const ScheduleVersion* schedule, const std::optional<WorkTerms>& terms,
                                 const SiteCalendar& calendar, Instant at) const {
  ScheduleState state;
  if (schedule == nullptr) return state;
  state.version = schedule->id;
  state.mode = schedule->mode;
  state.paused = is_paused(*schedule, at);
  state.work_hours = to_text(terms->hours);
  if (terms->lunch_break) state.lunch_break = to_text(*terms->lunch_break);
  const auto day = calendar.day_of(at);
  state.in_work_hours =
      terms->working_days.contains(weekday_of(day)) && calendar.span_of(terms->hours, day).contains(at);
  state.in_lunch_break = terms->lunch_break && calendar.span_of(*terms->lunch_break, day).contains(at);
  const bool wanted =
      state.mode == ScheduleMode::manual ? schedule->manual_tracking : state.in_work_hours && !state.in_lunch_break;
  state.tracking_active = wanted && !state.paused;
  return state;
}

ScheduleState Rulebook::state_at(Instant at) const {
  const JudgedPerson nobody;
  const auto* schedule = schedule_at(at);
  std::optional<WorkTerms> terms;
  if (schedule != nullptr)
    terms = WorkTerms{.hours = schedule->work_hours,
                      .lunch_break = schedule->lunch_break,
                      .working_days = schedule->working_days,
                      .source = {}};
  const auto site = site_calendar(at);
  return describe(schedule, terms, terms ? site.for_hours(terms->hours) : site, at);
}

ScheduleState Rulebook::state_at(const JudgedPerson& who, Instant at) const {
  const auto own = calendar(who, at);
  auto state = describe(schedule_at(at), terms_at(who, at), own, at);
  const auto day = own.day_of(at);
  const bool exempt = std::ranges::any_of(contents_.exceptions, [&](const AttendanceException& exception) {
    return concerns(exception, who, day) && exception.counted_at(at);
  });
  if (exempt || !who.expected_at(at)) state.tracking_active = false;
  return state;
}

bool Rulebook::is_dark(const CameraId& camera, Instant at) const {
  return std::ranges::any_of(
      contents_.outages, [&](const CameraOutage& outage) { return outage.camera == camera && outage.contains(at); });
}

std::vector<Instant> Rulebook::turning_points(const JudgedPerson& who, const CameraId& camera, Instant from,
                                              Instant to) const {
  auto points = version_starts(who, from, to);
  auto stretches = points;  // within one of them the same versions hold
  stretches.insert(stretches.begin(), from);
  for (const auto begin : stretches) {
    const auto own = calendar(who, begin);
    const auto terms = terms_at(who, begin);
    if (const auto* schedule = schedule_at(begin); schedule != nullptr && schedule->pause_until)
      points.push_back(*schedule->pause_until);
    for (auto day = own.day_of(from) - days(1); day <= own.day_of(to) + days(1); day += days(1)) {
      points.push_back(own.begin_of(day));
      if (!terms) continue;
      const auto work = own.span_of(terms->hours, day);
      points.insert(points.end(), {work.from, work.to});
      if (!terms->lunch_break) continue;
      const auto lunch = own.span_of(*terms->lunch_break, day);
      points.insert(points.end(), {lunch.from, lunch.to});
    }
  }
  for (const auto& exception : contents_.exceptions) {
    if (exception.person && *exception.person != who.id) continue;
    points.push_back(exception.created_at);
    if (exception.approved_at) points.push_back(*exception.approved_at);
    if (exception.withdrawn_at) points.push_back(*exception.withdrawn_at);
  }
  for (const auto& outage : contents_.outages) {
    if (outage.camera != camera || outage.from > to) continue;
    points.push_back(outage.from);
    if (outage.until) points.push_back(*outage.until);
  }
  std::erase_if(points, [&](Instant point) { return point <= from || point > to; });
  std::ranges::sort(points);
  const auto repeated = std::ranges::unique(points);
  points.erase(repeated.begin(), repeated.end());
  return points;
}

}  // namespace hadir
