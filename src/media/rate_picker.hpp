#pragma once
#include <cstdint>
#include <deque>

#include "core/time.hpp"

namespace hadir {

/// Decides by time stamps which frames of a stream are analysed, so that the average is `fps` whatever the stream's own
/// rate, and two runs over a file pick the same frames.
///
/// Time is cut into slots of 1/fps; the first frame shown in a slot is picked. A slot begins a quarter of its length
/// early, so that time stamps that jitter around the slot's beginning, or were rounded to milliseconds, lose no frame.
/// Not thread-safe.
class RatePicker {
 public:
  /// `fps` <= 0 picks every frame.
  explicit RatePicker(double fps) : fps_(fps) {}

  /// Asked once a decoded frame, in order of presentation.
  bool picks(Millis pts);

  /// Asked once a packet, in decoding order, before it is decoded: true when its frame can't be picked because another
  /// frame of the same slot was sent to the decoder already. `disposable`: no other frame needs this one; only such a
  /// packet is ever refused. What is refused never changes how many frames `picks` accepts, only which.
  bool refuses(Millis pts, bool disposable);

 private:
  std::int64_t slot_of(Millis pts) const;

  double fps_;
  bool started_ = false;
  std::int64_t last_picked_ = 0;
  std::deque<std::int64_t> sent_;  ///< slots of the latest packets sent, newest last
};

}  // namespace hadir
