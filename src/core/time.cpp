#include "core/time.hpp"

#include <format>
#include <optional>
#include <stdexcept>

namespace hadir {
namespace {

using namespace std::chrono;

/// Reads exactly `digits` decimal digits at `at` and moves past them; -1 when they are not there.
int take_number(std::string_view text, std::size_t& at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    const char c = text[at + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  at += digits;
  return value;
}

bool take(std::string_view text, std::size_t& at, char c) {
  if (at >= text.size() || text[at] != c) return false;
  ++at;
  return true;
}

std::optional<LocalDay> take_day(std::string_view text, std::size_t& at) {
  const int y = take_number(text, at, 4);
  if (y < 0 || !take(text, at, '-')) return std::nullopt;
  const int m = take_number(text, at, 2);
  if (m < 0 || !take(text, at, '-')) return std::nullopt;
  const int d = take_number(text, at, 2);
  if (d < 0) return std::nullopt;
  const year_month_day day{year{y}, month{static_cast<unsigned>(m)}, std::chrono::day{static_cast<unsigned>(d)}};
  if (!day.ok()) return std::nullopt;
  return local_days{day};
}

/// Fraction of a second as milliseconds; further digits are cut.
int take_fraction(std::string_view text, std::size_t& at) {
  int millis = 0;
  int factor = 100;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
    millis += (text[at] - '0') * factor;
    factor /= 10;
    ++at;
  }
  return millis;
}

/// "Z" or "±HH:MM" (the colon may be missing).
std::optional<minutes> take_offset(std::string_view text, std::size_t& at) {
  if (take(text, at, 'Z')) return minutes{0};
  const bool minus = at < text.size() && text[at] == '-';
  if (!minus && !(at < text.size() && text[at] == '+')) return std::nullopt;
  ++at;
  const int h = take_number(text, at, 2);
  take(text, at, ':');
  const int m = take_number(text, at, 2);
  if (h < 0 || h > 14 || m < 0 || m > 59) return std::nullopt;
  const minutes offset = hours{h} + minutes{m};
  return minus ? -offset : offset;
}

}  // namespace

Result<const time_zone*> find_zone(std::string_view name) {
  try {
    return locate_zone(name);
  } catch (const std::runtime_error&) {
    return fail(ErrorKind::invalid_input, std::format("'{}' is not an IANA time zone, such as Asia/Jakarta", name));
  }
}

std::string format_iso8601(Instant at, const time_zone& zone) {
  const auto info = zone.get_info(at);
  const auto local = at + info.offset;
  const auto offset = duration_cast<minutes>(info.offset);
  const auto distance = offset < minutes{0} ? -offset : offset;
  return std::format("{:%FT%T}{}{:02}:{:02}", local, offset < minutes{0} ? '-' : '+', distance.count() / 60,
                     distance.count() % 60);
}

std::string format_utc(Instant at) {
  return std::format("{:%FT%T}Z", at);
}

Result<Instant> parse_iso8601(std::string_view text) {
  const auto wrong = [&] {
    return fail(ErrorKind::invalid_input,
                std::format("'{}' is not a time such as 2026-01-05T07:55:00+07:00 (the offset is needed)", text));
  };
  std::size_t at = 0;
  const auto day = take_day(text, at);
  if (!day || !(take(text, at, 'T') || take(text, at, ' '))) return wrong();
  const int h = take_number(text, at, 2);
  if (h < 0 || h > 23 || !take(text, at, ':')) return wrong();
  const int m = take_number(text, at, 2);
  if (m < 0 || m > 59) return wrong();
  int s = 0;
  int millis = 0;
  if (take(text, at, ':')) {
    s = take_number(text, at, 2);
    if (s < 0 || s > 59) return wrong();
    if (take(text, at, '.')) millis = take_fraction(text, at);
  }
  const auto offset = take_offset(text, at);
  if (!offset || at != text.size()) return wrong();
  const sys_days as_utc{day->time_since_epoch()};
  return Instant{as_utc} + hours{h} + minutes{m} + seconds{s} + milliseconds{millis} - *offset;
}

std::string format_day(LocalDay day) {
  return std::format("{:%F}", day);
}

Result<LocalDay> parse_day(std::string_view text) {
  std::size_t at = 0;
  const auto day = take_day(text, at);
  if (!day || at != text.size())
    return fail(ErrorKind::invalid_input, std::format("'{}' is not a date such as 2026-01-05", text));
  return *day;
}

LocalDay work_day_of(Instant at, const time_zone& site, minutes day_starts_at) {
  const auto local = zoned_time{&site, at}.get_local_time();
  const auto day = floor<days>(local - day_starts_at);
  // Where the clocks show the cut-off twice the day begins the first time, and does not end again.
  const auto next = site.to_sys(local_time<milliseconds>(day + days{1}) + day_starts_at, choose::earliest);
  return at < next ? day : day + days{1};
}

}  // namespace hadir
