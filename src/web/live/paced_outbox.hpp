#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hadir {

/// What waits for one WebSocket client. The framework keeps whatever it is given to send, so it is given little at a
/// time: as much as is on its way is known by pings, which the client answers in their order. Not thread-safe.
class PacedOutbox {
 public:
  struct Limits {
    std::size_t messages = 4096;
    std::size_t bytes = 4 << 20;
    std::size_t on_the_way = 64 << 10;  ///< bytes; a message may go beyond
  };
  using Text = std::shared_ptr<const std::string>;
  struct Burst {
    std::vector<Text> texts;
    std::optional<std::string> ping;  ///< to be sent behind them
  };

  explicit PacedOutbox(const Limits& limits) : limits_(limits) {}

  /// False when there is no room: the client is too slow.
  bool add(Text text) {
    if (waiting_.size() >= limits_.messages || bytes_ + text->size() > limits_.bytes) return false;
    bytes_ += text->size();
    waiting_.push_back(std::move(text));
    return true;
  }
  /// What is to be sent now.
  Burst take(bool with_ping = false) {
    Burst burst;
    while (!waiting_.empty() && on_the_way_ < limits_.on_the_way) {
      on_the_way_ += waiting_.front()->size();
      bytes_ -= waiting_.front()->size();
      burst.texts.push_back(std::move(waiting_.front()));
      waiting_.pop_front();
    }
    if (!pinged_ && (on_the_way_ > 0 || with_ping)) {
      pinged_ = on_the_way_;
      burst.ping = std::to_string(++pings_);
    }
    return burst;
  }
  /// The answer to a ping; others than the last one's mean nothing.
  void confirm(std::string_view pong) {
    if (!pinged_ || pong != std::to_string(pings_)) return;
    on_the_way_ -= *pinged_;
    pinged_.reset();
  }
  bool awaits_pong() const { return pinged_.has_value(); }

 private:
  const Limits limits_;
  std::deque<Text> waiting_;
  std::size_t bytes_ = 0;
  std::size_t on_the_way_ = 0;
  std::optional<std::size_t> pinged_;  ///< bytes before the ping that is not answered
  std::uint64_t pings_ = 0;
};

}  // namespace hadir
