#include "media/rate_picker.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

constexpr double early_share = 0.25;
/// Decoding order differs from presentation order by at most 16 frames (H.264, HEVC), so this is far enough back.
constexpr std::size_t remembered_slots = 32;
/// Time stamps that fall back by more slots than this are a new beginning, not disorder.
constexpr std::int64_t restart_slots = 2;

}  // namespace

std::int64_t RatePicker::slot_of(Millis pts) const {
  return static_cast<std::int64_t>(std::floor(static_cast<double>(pts.count()) * fps_ / 1000.0 + early_share));
}

bool RatePicker::picks(Millis pts) {
  if (fps_ <= 0) return true;
  const std::int64_t slot = slot_of(pts);
  if (started_ && slot <= last_picked_ && slot + restart_slots >= last_picked_) return false;
  started_ = true;
  last_picked_ = slot;
  return true;
}

bool RatePicker::is_sent(std::int64_t slot) const {
  return std::ranges::find(sent_, slot) != sent_.end();
}

/// A picture shown between the two references before it, when every slot from one to the other has its frame: then all
/// pictures shown between them will be refused, so none of those needs this one either.
bool RatePicker::between_sent_references(Millis pts) const {
  if (pts <= previous_reference_ || pts >= newest_reference_) return false;
  for (auto slot = slot_of(previous_reference_); slot <= slot_of(newest_reference_); ++slot)
    if (!is_sent(slot)) return false;
  return true;
}

bool RatePicker::refuses(Millis pts, PacketUse use) {
  if (fps_ <= 0) return false;
  if (use == PacketUse::reference) {
    previous_reference_ = newest_reference_;
    newest_reference_ = pts;
  }
  const std::int64_t slot = slot_of(pts);
  if (is_sent(slot))
    return use == PacketUse::disposable ||
           (use == PacketUse::reference_b && refuse_references_ && between_sent_references(pts));
  sent_.push_back(slot);
  if (sent_.size() > remembered_slots) sent_.pop_front();
  return false;
}

}  // namespace hadir
