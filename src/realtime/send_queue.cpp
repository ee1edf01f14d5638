#include "realtime/send_queue.hpp"

#include <algorithm>

namespace hadir {

bool SendQueue::push(OutPacketPtr packet) {
  const std::size_t size = bytes_of(*packet);
  if (events_.size() >= limits_.packets || (!events_.empty() && bytes_ + size > limits_.bytes)) return false;
  bytes_ += size;
  events_.push_back(std::move(packet));
  return true;
}

bool SendQueue::put_latest(const std::string& stream, OutPacketPtr packet, NextFrame next_frame) {
  auto found = streams_.find(stream);
  if (found == streams_.end()) {
    if (streams_.size() >= limits_.streams) return false;
    found = streams_.emplace(stream, Stream{}).first;
  }
  if (found->second.latest) ++dropped_;
  found->second.latest = std::move(packet);
  found->second.next_frame = next_frame;
  return true;
}

void SendQueue::confirm(const std::string& stream) {
  if (const auto found = streams_.find(stream); found != streams_.end()) found->second.on_its_way = false;
}

std::optional<SendQueue::Sent> SendQueue::next() {
  if (!events_.empty()) {
    Sent sent{.packet = std::move(events_.front()), .stream = {}};
    events_.pop_front();
    bytes_ -= bytes_of(*sent.packet);
    return sent;
  }
  const auto ready = [](const auto& entry) { return entry.second.latest && !entry.second.on_its_way; };
  const auto after = streams_.upper_bound(last_stream_);
  auto turn = std::find_if(after, streams_.end(), ready);
  if (turn == streams_.end()) {
    turn = std::find_if(streams_.begin(), after, ready);
    if (turn == after) return std::nullopt;
  }
  last_stream_ = turn->first;
  turn->second.on_its_way = true;
  return Sent{.packet = std::exchange(turn->second.latest, nullptr),
              .stream = turn->first,
              .awaits_delivery = turn->second.next_frame == NextFrame::after_delivery};
}

bool SendQueue::has_next() const {
  return !events_.empty() || std::ranges::any_of(streams_, [](const auto& entry) {
    return entry.second.latest && !entry.second.on_its_way;
  });
}

}  // namespace hadir
