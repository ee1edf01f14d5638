#pragma once
#include <cstdint>
#include <deque>

#include "core/time.hpp"

namespace hadir {

/// Who needs a packet's picture.
enum class PacketUse {
  reference = 1,  ///< others may
  reference_b,    ///< a bidirectional picture that only other bidirectional ones around it should need (a B-pyramid)
  disposable      ///< nobody
};

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
  /// frame of the same slot was sent to the decoder already, and nothing that is still wanted needs it. What is refused
  /// never changes how many frames `picks` accepts, only which.
  bool refuses(Millis pts, PacketUse use);
  /// From now on bidirectional references are never refused: a stream's later pictures did need them.
  void keep_references() { refuse_references_ = false; }

 private:
  std::int64_t slot_of(Millis pts) const;
  bool is_sent(std::int64_t slot) const;
  bool between_sent_references(Millis pts) const;

  double fps_;
  bool started_ = false;
  std::int64_t last_picked_ = 0;
  bool refuse_references_ = true;
  Millis newest_reference_{0};  ///< PTS of the latest two in decoding order
  Millis previous_reference_{0};
  std::deque<std::int64_t> sent_;  ///< slots of the latest packets sent, newest last
};

}  // namespace hadir
