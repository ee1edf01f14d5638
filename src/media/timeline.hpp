#pragma once
#include <optional>

#include "core/time.hpp"

namespace hadir {

/// Makes of a stream's time stamps, which may be missing, fall back or jump, times that begin at 0 and always grow.
/// Not thread-safe.
class Timeline {
 public:
  /// `step`     what a frame lasts, for stamps that are missing.
  /// `max_gap`  a longer jump forward is a new beginning of the sender's clock, not a pause; nothing: believe any gap.
  explicit Timeline(Millis step, std::optional<Millis> max_gap = std::nullopt) : step_(step), max_gap_(max_gap) {}

  /// The time of the next frame in order of presentation.
  Millis place(std::optional<Millis> stamp);
  /// The same for a stamp met out of order (a packet's): where it would lie, without moving anything.
  std::optional<Millis> where(Millis stamp) const { return base_ ? std::optional(stamp - *base_) : std::nullopt; }

 private:
  Millis step_;
  std::optional<Millis> max_gap_;
  bool started_ = false;
  std::optional<Millis> base_;  ///< the stamp that is time 0
  Millis last_{0};
};

}  // namespace hadir
