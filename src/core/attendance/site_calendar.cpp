#include "core/attendance/site_calendar.hpp"

namespace hadir {

using std::chrono::days;
using std::chrono::minutes;

Instant SiteCalendar::at(LocalDay calendar_day, minutes time_of_day) const {
  const auto local = std::chrono::local_time<Millis>(calendar_day) + time_of_day;
  return zone->to_sys(local, std::chrono::choose::earliest);
}

TimeSpan SiteCalendar::span_of(const HoursOfDay& hours, LocalDay day) const {
  const LocalDay first = hours.start < day_starts_at ? day + days(1) : day;
  const LocalDay last = hours.end > hours.start ? first : first + days(1);
  return {.from = at(first, hours.start), .to = at(last, hours.end)};
}

minutes SiteCalendar::time_of_day(Instant at) const {
  const auto local = std::chrono::zoned_time{zone, at}.get_local_time();
  return std::chrono::floor<minutes>(local - std::chrono::floor<days>(local));
}

SiteCalendar SiteCalendar::for_hours(const HoursOfDay& hours) const {
  if (!hours.contains(day_starts_at) || hours.start == day_starts_at) return *this;
  const auto free = days(1) - hours.length();
  return {.zone = zone, .day_starts_at = (hours.end + free / 2) % minutes(days(1))};
}

}  // namespace hadir
