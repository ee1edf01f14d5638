#pragma once
#include <atomic>
#include <chrono>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace hadir {

/// A UTC instant to the millisecond: what is stored and compared.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Millis = std::chrono::milliseconds;
using LocalDay = std::chrono::local_days;

/// Where "now" comes from. The only adapter that reads the real clock is `server::SystemClock`; replay supplies the
/// file's own time, tests a value of their choice. Thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Instant now() const = 0;
};

/// A clock that stands where it was put. For tests and replay.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(Instant at) : at_(at) {}
  Instant now() const override { return at_.load(); }
  void set(Instant at) { at_.store(at); }

 private:
  std::atomic<Instant> at_;
};

/// The IANA zone of that name; `invalid_input` when the time-zone database does not know it.
Result<const std::chrono::time_zone*> find_zone(std::string_view name);

/// ISO 8601 with offset, to the millisecond: "2026-01-05T07:55:00.000+07:00".
std::string format_iso8601(Instant at, const std::chrono::time_zone& zone);
/// The same in UTC with "Z".
std::string format_utc(Instant at);
/// Reads "YYYY-MM-DDTHH:MM[:SS[.fff]](Z|±HH:MM)"; a missing offset or any other shape is `invalid_input`.
Result<Instant> parse_iso8601(std::string_view text);
/// "YYYY-MM-DD".
std::string format_day(LocalDay day);
Result<LocalDay> parse_day(std::string_view text);

/// The site's working day an instant belongs to: its local calendar day after `day_starts_at` (the cut-off, 0..23:59)
/// is taken off, so a night shift belongs to the day it began.
LocalDay work_day_of(Instant at, const std::chrono::time_zone& site, std::chrono::minutes day_starts_at);

}  // namespace hadir
