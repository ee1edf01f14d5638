#include "web/input_rules.hpp"

#include <array>
#include <cmath>
#include <format>

namespace hadir {
namespace {

/// How many bytes the code point at the front has; 0 when it is none.
std::size_t code_point_size(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return follows(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!follows(1) || !follows(2)) return 0;
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && byte(1) > 0x9F) return 0;  // a surrogate
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!follows(1) || !follows(2) || !follows(3)) return 0;
    if (lead == 0xF0 && byte(1) < 0x90) return 0;
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

/// How many code points; nothing when it is not UTF-8.
std::optional<std::size_t> length_of(std::string_view text) {
  std::size_t length = 0;
  while (!text.empty()) {
    const std::size_t size = code_point_size(text);
    if (size == 0) return std::nullopt;
    text.remove_prefix(size);
    ++length;
  }
  return length;
}

bool has_control(std::string_view text, bool lines) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    const bool c1 = c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xA0;
    if (c1 || c == 0x7F) return true;
    if (c < 0x20 && !(lines && (c == '\n' || c == '\r' || c == '\t'))) return true;
  }
  return false;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view spaces = " \t\r\n";
  const auto begin = text.find_first_not_of(spaces);
  return begin == std::string_view::npos ? std::string_view{}
                                         : text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

constexpr int first_year = 1970;
constexpr int last_year = 2199;

bool in_range(LocalDay day) {
  const int year = static_cast<int>(std::chrono::year_month_day(day).year());
  return year >= first_year && year <= last_year;
}

int value_of_base64(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

std::optional<Bytes> decode_base64(std::string_view text) {
  if (text.size() % 4 != 0) return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && !text.empty() && text.back() == '=') {
    text.remove_suffix(1);
    ++padding;
  }
  Bytes bytes;
  bytes.reserve(text.size() / 4 * 3 + 3);
  unsigned bits = 0;
  int held = 0;
  for (const char c : text) {
    const int value = value_of_base64(c);
    if (value < 0) return std::nullopt;
    bits = (bits << 6U) | static_cast<unsigned>(value);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push_back(static_cast<std::uint8_t>(bits >> static_cast<unsigned>(held)));
    }
  }
  if ((bits & ((1U << static_cast<unsigned>(held)) - 1U)) != 0) return std::nullopt;
  return bytes;
}

}  // namespace

std::optional<std::string> checked_text(InputFaults& faults, const std::string& field, std::string_view text,
                                        const TextRule& rule) {
  const auto wrong = [&](std::string message) {
    faults.add(field, std::move(message));
    return std::nullopt;
  };
  text = trimmed(text);
  const auto length = length_of(text);
  if (!length) return wrong("must be UTF-8");
  if (has_control(text, rule.lines)) return wrong("must not hold control characters");
  if (*length == 0 && rule.least > 0) return wrong("must not be empty");
  if (*length < rule.least) return wrong(std::format("must have at least {} characters", rule.least));
  if (*length > rule.most) return wrong(std::format("must have at most {} characters", rule.most));
  return std::string(text);
}

std::optional<std::int64_t> checked_integer(InputFaults& faults, const std::string& field, std::int64_t value,
                                            const IntegerRule& rule) {
  if (value >= rule.least && value <= rule.most) return value;
  constexpr IntegerRule any;
  if (rule.most == any.most)
    faults.add(field, std::format("must be at least {}", rule.least));
  else if (rule.least == any.least)
    faults.add(field, std::format("must be at most {}", rule.most));
  else
    faults.add(field, std::format("must be from {} to {}", rule.least, rule.most));
  return std::nullopt;
}

std::optional<double> checked_number(InputFaults& faults, const std::string& field, double value,
                                     const NumberRule& rule) {
  if (std::isfinite(value) && value >= rule.least && value <= rule.most) return value;
  faults.add(field, std::format("must be from {} to {}", rule.least, rule.most));
  return std::nullopt;
}

std::optional<LocalDay> checked_day(InputFaults& faults, const std::string& field, std::string_view text) {
  const auto day = parse_day(text);
  if (day && in_range(*day)) return *day;
  faults.add(field, day ? std::format("must be a day of the years {} to {}", first_year, last_year)
                        : "must be a day such as 2026-01-05");
  return std::nullopt;
}

std::optional<Instant> checked_time(InputFaults& faults, const std::string& field, std::string_view text) {
  const auto at = parse_iso8601(text);
  if (at && in_range(LocalDay(std::chrono::floor<std::chrono::days>(*at).time_since_epoch()))) return *at;
  faults.add(field, at ? std::format("must be in the years {} to {}", first_year, last_year)
                       : "must be a time with its offset, such as 2026-01-05T07:55:00+07:00");
  return std::nullopt;
}

std::optional<Bytes> checked_base64(InputFaults& faults, const std::string& field, std::string_view text,
                                    std::size_t most_bytes) {
  if (text.starts_with("data:")) {
    const auto comma = text.find(',');
    if (comma == std::string_view::npos || !text.substr(0, comma).ends_with(";base64")) {
      faults.add(field, "must be base64");
      return std::nullopt;
    }
    text.remove_prefix(comma + 1);
  }
  if (text.empty()) {
    faults.add(field, "must not be empty");
    return std::nullopt;
  }
  if (text.size() > (most_bytes + 2) / 3 * 4) {
    faults.add(field, std::format("must have at most {} bytes when decoded", most_bytes));
    return std::nullopt;
  }
  auto bytes = decode_base64(text);
  if (!bytes) faults.add(field, "must be base64");
  return bytes;
}

}  // namespace hadir
