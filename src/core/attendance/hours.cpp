#include "core/attendance/hours.hpp"

#include <format>

namespace hadir {

using std::chrono::minutes;

std::chrono::minutes HoursOfDay::length() const {
  return end > start ? end - start : end - start + std::chrono::days(1);
}

bool HoursOfDay::contains(minutes time_of_day) const {
  if (end > start) return time_of_day >= start && time_of_day < end;
  return time_of_day >= start || time_of_day < end;
}

std::string time_of_day_text(minutes time_of_day) {
  return std::format("{:02}:{:02}", time_of_day.count() / 60, time_of_day.count() % 60);
}

std::optional<minutes> time_of_day_from(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  for (const std::size_t i : {0U, 1U, 3U, 4U})
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
  const int hours = (text[0] - '0') * 10 + (text[1] - '0');
  const int rest = (text[3] - '0') * 10 + (text[4] - '0');
  if (hours > 23 || rest > 59) return std::nullopt;
  return minutes{hours * 60 + rest};
}

std::string to_text(const HoursOfDay& hours) {
  return time_of_day_text(hours.start) + "-" + time_of_day_text(hours.end);
}

std::optional<HoursOfDay> hours_from(std::string_view text) {
  if (text.size() != 11 || text[5] != '-') return std::nullopt;
  const auto start = time_of_day_from(text.substr(0, 5));
  const auto end = time_of_day_from(text.substr(6));
  if (!start || !end) return std::nullopt;
  return HoursOfDay{.start = *start, .end = *end};
}

std::string to_text(const Weekdays& days) {
  std::string text;
  for (std::size_t day = 0; day < days.days.size(); ++day)
    if (days.days.test(day)) text += (text.empty() ? "" : ",") + std::to_string(day);
  return text;
}

std::optional<Weekdays> weekdays_from(std::string_view text) {
  Weekdays result{.days = {}};
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool digit_expected = i % 2 == 0;
    if (digit_expected ? (c < '0' || c > '6') : c != ',') return std::nullopt;
    if (digit_expected) result.days.set(static_cast<std::size_t>(c - '0'));
  }
  if (!text.empty() && text.back() == ',') return std::nullopt;
  return result;
}

}  // namespace hadir
