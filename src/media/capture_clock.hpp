#pragma once
#include <optional>

#include "core/time.hpp"

namespace hadir {

/// Estimates when a live frame was seen from when it arrived and its time in the stream. Networks only ever delay, so
/// the smallest difference between the two clocks met lately is nearest to the truth (the filter of RFC 5905, section
/// 10). Follows a camera whose clock runs 0.1 % off. Results never fall back. Not thread-safe.
class CaptureClock {
 public:
  /// Forgets the stream's clock: a new connection.
  void restart() { offset_.reset(); }
  /// `now` when the frame arrived, `pts` in the stream's clock.
  Instant seen_at(Instant now, Millis pts);

 private:
  std::optional<Millis> offset_;  ///< our clock minus the stream's, as time since the epoch
  Millis adjusted_at_{0};
  Instant last_{};
};

}  // namespace hadir
