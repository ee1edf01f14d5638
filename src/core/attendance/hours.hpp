#pragma once
#include <bitset>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hadir {

/// A stretch of every day by the site's wall clock, from `start` up to but not including `end`; each is minutes after
/// midnight, 0..1439. An `end` that is not after `start` is on the next day: 22:00-06:00; 08:00-08:00 is a whole day.
struct HoursOfDay {
  std::chrono::minutes start{0};
  std::chrono::minutes end{0};
  /// By the wall clock; (0, 24 h].
  std::chrono::minutes length() const;
  /// Whether a time of day, 0..1439, lies in it.
  bool contains(std::chrono::minutes time_of_day) const;
  friend bool operator==(const HoursOfDay&, const HoursOfDay&) = default;
};

/// "08:00-17:00", and back; nothing for another shape.
std::string to_text(const HoursOfDay& hours);
std::optional<HoursOfDay> hours_from(std::string_view text);
/// "08:00", and back; nothing for another shape or time.
std::string time_of_day_text(std::chrono::minutes time_of_day);
std::optional<std::chrono::minutes> time_of_day_from(std::string_view text);

/// Days of the week: bit 0 is Monday, bit 6 is Sunday.
struct Weekdays {
  std::bitset<7> days{0b0011111};
  bool contains(std::chrono::weekday day) const { return days.test(day.iso_encoding() - 1); }
  friend bool operator==(const Weekdays&, const Weekdays&) = default;
};

/// "0,1,2,3,4" is Monday to Friday, and back; nothing for anything but such numbers. No days are "".
std::string to_text(const Weekdays& days);
std::optional<Weekdays> weekdays_from(std::string_view text);

}  // namespace hadir
