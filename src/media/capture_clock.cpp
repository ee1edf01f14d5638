#include "media/capture_clock.hpp"

#include <algorithm>

namespace hadir {
namespace {

/// A frame later than this did not travel slowly: the stream stood still or its clock jumped.
constexpr Millis longest_delay{2'000};
constexpr int drift_divisor = 1'000;

}  // namespace

Instant CaptureClock::seen_at(Instant now, Millis pts) {
  const Millis difference = now.time_since_epoch() - pts;
  if (!offset_ || difference < *offset_ || difference - *offset_ > longest_delay) {
    offset_ = difference;
    adjusted_at_ = pts;
  } else if (const Millis allowed = (pts - adjusted_at_) / drift_divisor; allowed > Millis(0)) {
    *offset_ += std::min(difference - *offset_, allowed);
    adjusted_at_ = pts;
  }
  return last_ = std::max(last_, std::min(now, Instant(pts + *offset_)));
}

}  // namespace hadir
