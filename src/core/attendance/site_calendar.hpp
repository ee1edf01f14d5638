#pragma once
#include "core/attendance/hours.hpp"
#include "core/time.hpp"

namespace hadir {

/// From `from` up to but not including `to`.
struct TimeSpan {
  Instant from{};
  Instant to{};
  bool contains(Instant at) const { return at >= from && at < to; }
};

/// A site's days and its wall clock. A time of day that the clocks skip is the moment they skip; one they show twice is
/// the first of the two.
struct SiteCalendar {
  const std::chrono::time_zone* zone = nullptr;  ///< never nullptr
  std::chrono::minutes day_starts_at{0};         ///< cut-off, 0..1439

  LocalDay day_of(Instant at) const { return work_day_of(at, *zone, day_starts_at); }
  Instant begin_of(LocalDay day) const { return at(day, day_starts_at); }
  Instant end_of(LocalDay day) const { return begin_of(day + std::chrono::days(1)); }
  /// The moment a calendar day's clock shows that time of day.
  Instant at(LocalDay calendar_day, std::chrono::minutes time_of_day) const;
  /// The hours that begin in that working day: those that start before the cut-off begin on the next calendar day.
  TimeSpan span_of(const HoursOfDay& hours, LocalDay day) const;
  /// Minutes after midnight on the wall clock.
  std::chrono::minutes time_of_day(Instant at) const;
  /// A calendar for people who work these hours: where the cut-off would cut them in two, the day begins in the middle
  /// of their free time instead. So a night shift belongs to the day it began, at a site whose days begin at midnight.
  SiteCalendar for_hours(const HoursOfDay& hours) const;
};

}  // namespace hadir
