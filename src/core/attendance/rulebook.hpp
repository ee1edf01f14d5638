#pragma once
#include <algorithm>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/attendance/attendance_exception.hpp"
#include "core/attendance/attendance_rule.hpp"
#include "core/attendance/camera_outage.hpp"
#include "core/attendance/schedule.hpp"
#include "core/attendance/shift.hpp"
#include "core/attendance/site_calendar.hpp"
#include "core/attendance/site_policy.hpp"
#include "core/records.hpp"

namespace hadir {

/// What the rules need to know of a person. Department and whether they are expected have versions, as rules have.
struct JudgedPerson {
  /// Until when somebody was of another department, or expected otherwise.
  struct Former {
    Instant until{};
    std::string department;
    bool expected = true;
  };
  PersonId id;
  std::string department;        ///< now
  bool expected = true;          ///< now: is to come on working days: active, and no visitor
  Instant known_since{};         ///< nobody is absent before it
  std::vector<Former> former{};  ///< by `until`

  /// `former`: theirs, by `until`.
  static JudgedPerson of(const Person& person, std::span<const FormerStanding> former);
  const std::string& department_at(Instant at) const;
  bool expected_at(Instant at) const;
};

/// The version that says somebody's hours.
struct TermsSource {
  std::string kind;  ///< "schedule", "shift", "rule"
  std::string name;  ///< empty for the site's schedule
  Instant since{};
};
std::string to_text(const TermsSource&);  ///< "shift Night since 2026-01-05T00:00:00.000Z"

/// The hours somebody is to be there.
struct WorkTerms {
  HoursOfDay hours;
  std::optional<HoursOfDay> lunch_break;
  Weekdays working_days;
  std::chrono::minutes grace{0};
  std::chrono::minutes expected{0};  ///< duration of a full day
  bool of_shift = false;
  TermsSource source;
};

/// The version in force at a moment: that with the latest `valid_from` not after it; nullptr before the first.
/// `versions` are ordered by `valid_from`.
template <class Version>
const Version* in_force(std::span<const Version> versions, Instant at) {
  const auto after = std::ranges::upper_bound(versions, at, {}, &Version::valid_from);
  return after == versions.begin() ? nullptr : &*std::prev(after);
}

/// All versions of all rules. Every question is about a moment and is answered by the versions in force at that moment,
/// so adding a version whose `valid_from` is not in the past (see `earliest_valid_from`) changes no earlier answer.
/// Never changes; safe from any thread.
class Rulebook {
 public:
  struct Contents {
    std::vector<SitePolicy> policies;  ///< at least one; the first holds before its `valid_from`, too
    std::vector<ScheduleVersion> schedules;
    std::vector<Shift> shifts;
    std::vector<ShiftAssignment> assignments;
    std::vector<AttendanceRule> rules;
    std::vector<AttendanceException> exceptions;
    std::vector<CameraOutage> outages;
    friend bool operator==(const Contents&, const Contents&) = default;
  };
  /// Contents in any order. `invalid_input` without a policy or for a time zone nobody knows.
  static Result<Rulebook> from(Contents contents);

  const SitePolicy& policy_at(Instant at) const;
  const ScheduleVersion* schedule_at(Instant at) const;
  const Shift* shift_at(const JudgedPerson& who, Instant at) const;
  const AttendanceRule* rule_at(const JudgedPerson& who, Instant at) const;
  /// The person's shift, else their rule's hours, else the schedule; nothing when there is none of these.
  std::optional<WorkTerms> terms_at(const JudgedPerson& who, Instant at) const;
  ConfidenceBands bands_at(const JudgedPerson& who, Instant at) const;
  /// Whether what `bands_at` answers for them can differ between two moments of [from, to).
  bool bands_vary(const JudgedPerson& who, Instant from, Instant to) const;
  /// Unseen for longer is UNAVAILABLE; `longest_timeout` is the longest of all versions.
  Millis timeout_at(Instant at) const { return policy_at(at).present_timeout; }
  Millis longest_timeout() const;

  SiteCalendar site_calendar(Instant at) const;
  SiteCalendar calendar(const JudgedPerson& who, Instant at) const;
  /// The person's working day a moment belongs to.
  LocalDay day_of(const JudgedPerson& who, Instant at) const { return calendar(who, at).day_of(at); }
  /// From here on nothing more comes to that day; versions that hold from then on do not move it.
  Instant closes_at(const JudgedPerson& who, LocalDay day) const;
  /// Whether they were to come when that day of the site began.
  bool expects(const JudgedPerson& who, LocalDay day) const;
  /// A stretch that surely holds all moments of a working day.
  static TimeSpan around(LocalDay day);

  /// The exception that counts for a person's day: their own before everybody's, leave before holiday before event.
  const AttendanceException* exception_on(const JudgedPerson& who, LocalDay day) const;

  /// The site's schedule at a moment; and what it is for one person, whose shift, leave and holidays count.
  ScheduleState state_at(Instant at) const;
  ScheduleState state_at(const JudgedPerson& who, Instant at) const;
  bool is_dark(const CameraId& camera, Instant at) const;
  /// All moments in (from, to] at which `state_at` or `is_dark` can begin to answer otherwise, in order.
  std::vector<Instant> turning_points(const JudgedPerson& who, const CameraId& camera, Instant from, Instant to) const;

  const Contents& contents() const { return contents_; }

 private:
  explicit Rulebook(Contents contents) : contents_(std::move(contents)) {}
  const ShiftAssignment* assignment_at(const JudgedPerson& who, Instant at) const;
  std::vector<Instant> version_starts(const JudgedPerson& who, Instant from, Instant to) const;
  ScheduleState describe(const ScheduleVersion* schedule, const std::optional<WorkTerms>& terms,
                         const SiteCalendar& calendar, Instant at) const;

  Contents contents_;
  std::vector<const std::chrono::time_zone*> zones_;  ///< of the policies
};

/// The earliest moment from which a new version may hold: not in the past, so that nothing judged is judged again, and
/// not when another begins. `versions` are ordered by `valid_from`.
template <class Version>
Instant earliest_valid_from(std::span<const Version> versions, Instant now) {
  auto at = now;
  for (const auto& version : versions)
    if (version.valid_from == at) at += Millis{1};
  return at;
}

}  // namespace hadir
