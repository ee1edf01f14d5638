#pragma once
#include <cstdint>
#include <deque>
#include <map>
#include <string>

#include "realtime/engine_packet.hpp"

namespace hadir {

/// When the next packet of a stream may follow the last one.
enum class NextFrame {
  after_delivery = 1,    ///< the client's end of the transport has it
  after_acknowledgement  ///< the client's program has acknowledged it (Socket.IO acknowledgement)
};

/// What waits for one client. Events are kept in order up to a limit, and beyond it the client is too slow to be
/// served. Streams are different: each has one place, a newer packet takes an older one's, and one packet a stream is
/// on its way at a time. So a slow client gets fewer frames, and nothing grows. Not thread-safe.
class SendQueue {
 public:
  struct Limits {
    std::size_t packets = 4096;
    std::size_t bytes = 8 << 20;
    std::size_t streams = 64;
  };
  /// One packet to send; `stream` is empty for events.
  struct Sent {
    OutPacketPtr packet;
    std::string stream;
    bool awaits_delivery = false;
  };

  explicit SendQueue(const Limits& limits) : limits_(limits) {}

  /// False when there is no room: the client must be closed. One packet alone may be larger than the limit of bytes.
  bool push(OutPacketPtr packet);
  /// Puts the stream's newest packet in the place of one that was not sent yet, which counts as dropped. False when
  /// there are too many streams.
  bool put_latest(const std::string& stream, OutPacketPtr packet, NextFrame next_frame);
  /// The stream's last packet has arrived or was acknowledged; ignored when none is on its way.
  void confirm(const std::string& stream);
  /// Forgets a stream and what waits in it.
  void drop_stream(const std::string& stream) { streams_.erase(stream); }

  /// Events first, then the streams in turn.
  std::optional<Sent> next();
  bool has_next() const;

  std::size_t bytes() const { return bytes_; }  ///< of events that wait
  std::uint64_t dropped() const { return dropped_; }

 private:
  struct Stream {
    OutPacketPtr latest;
    NextFrame next_frame = NextFrame::after_delivery;
    bool on_its_way = false;
  };

  Limits limits_;
  std::deque<OutPacketPtr> events_;
  std::size_t bytes_ = 0;
  std::map<std::string, Stream> streams_;
  std::string last_stream_;  ///< whose turn it was
  std::uint64_t dropped_ = 0;
};

}  // namespace hadir
