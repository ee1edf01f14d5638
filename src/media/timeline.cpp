#include "media/timeline.hpp"

namespace hadir {
namespace {

/// Further back is a restart of the sender's clock; less is disorder.
constexpr Millis max_disorder{500};

}  // namespace

Millis Timeline::place(std::optional<Millis> stamp) {
  const Millis expected = started_ ? last_ + step_ : Millis(0);
  started_ = true;
  if (!stamp) return last_ = expected;
  if (!base_) base_ = *stamp - expected;
  Millis at = *stamp - *base_;
  const bool fell_back = at + max_disorder < last_;
  const bool jumped = max_gap_ && at > last_ + *max_gap_;
  if (fell_back || jumped) {
    base_ = *stamp - expected;
    at = expected;
  } else if (at <= last_ && expected > Millis(0)) {
    at = last_ + Millis(1);
  }
  return last_ = at;
}

}  // namespace hadir
