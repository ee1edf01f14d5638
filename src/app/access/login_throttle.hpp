#pragma once
#include <chrono>

#include "core/records/login.hpp"

namespace hadir {

/// From when on wrong passwords make waiting: the first `free` cost nothing, then 1, 2, 4, ... seconds up to `longest`.
struct ThrottleRule {
  std::int64_t free = 5;
  std::chrono::seconds longest{900};
};

/// Three counters slow a guesser down. Nothing is ever locked for good, so nobody can keep an administrator out by
/// guessing: another address does not suffer from the first counter, and the last one makes nobody wait longer than 30
/// seconds. `hadir user unlock` clears them.
inline constexpr ThrottleRule throttle_pair{.free = 5, .longest = std::chrono::seconds{900}};      // account, address
inline constexpr ThrottleRule throttle_address{.free = 30, .longest = std::chrono::seconds{900}};  // an address
inline constexpr ThrottleRule throttle_account{.free = 50, .longest = std::chrono::seconds{30}};   // an account
inline constexpr std::chrono::hours failures_forgotten_after{24};

/// How long somebody with these failures still waits before the next attempt is looked at; zero: not at all.
inline std::chrono::seconds wait_of(const ThrottleRule& rule, const LoginFailures& failures, Instant now) {
  if (failures.count < rule.free || now - failures.last_at >= failures_forgotten_after) return std::chrono::seconds{0};
  const std::int64_t doublings = std::min<std::int64_t>(failures.count - rule.free, 30);
  const auto wait = std::min<std::chrono::seconds>(std::chrono::seconds{std::int64_t{1} << doublings}, rule.longest);
  const auto left = std::chrono::ceil<std::chrono::seconds>(failures.last_at + wait - now);
  return std::max(left, std::chrono::seconds{0});
}

}  // namespace hadir
