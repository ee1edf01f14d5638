#pragma once
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "realtime/engine_packet.hpp"
#include "realtime/send_queue.hpp"

namespace hadir {

/// Measures; never stored. Passed in, so that tests decide what time it is.
using MonotonicTime = std::chrono::steady_clock::time_point;

struct EngineOptions {
  Millis ping_interval{25'000};
  Millis ping_timeout{20'000};
  Millis upgrade_timeout{10'000};       ///< from the arrival of the second transport to the end of the upgrade
  Millis noop_delay{50};                ///< how long a poll waits that comes in the middle of an upgrade
  std::size_t max_payload = 1'000'000;  ///< bytes of a polling body or a WebSocket message from the client
  std::size_t most_packets = 16'384;    ///< in one polling body
  std::size_t send_window = 256 << 10;  ///< bytes on their way over a WebSocket before the client's end confirms
  SendQueue::Limits outbox{};
};

enum class CloseReason {
  client_closed = 1,
  transport_closed,
  ping_timeout,
  protocol_error,
  overlapping_polls,
  too_slow,
  too_much,       ///< a WebSocket message without an end
  not_connected,  ///< no Socket.IO CONNECT in time
  server_closed,
  server_stopped
};
/// "transport close", as the clients' programs know the reasons.
std::string_view word_of(CloseReason reason);

/// What goes over a WebSocket, in order. A meter is a WebSocket ping whose payload comes back in a pong: it tells how
/// much of what was sent has reached the client's end.
struct WebSocketFrame {
  enum class Kind { text = 1, binary, meter };
  Kind kind = Kind::text;
  std::shared_ptr<const std::string> data;
};

/// What the transport has to do after an input, in this order.
struct EngineOutput {
  struct Reply {
    int status = 200;
    std::string body;
  };
  std::optional<Reply> poll;             ///< answers the GET that waits
  std::vector<std::string> probe_texts;  ///< over the WebSocket that asks to take over
  bool probe_takes_over = false;         ///< it is the session's transport from here on
  std::vector<WebSocketFrame> frames;    ///< over the session's WebSocket
  bool close_probe = false;
  std::vector<WireMessage> received;  ///< messages of the client, without the type in front
  std::optional<CloseReason> closed;  ///< the session is over: close its WebSocket, forget it
};

/// One Engine.IO 4 session: handshake, heartbeats, polling, WebSocket and the upgrade from one to the other, without
/// any I/O. Each input may leave something in `take_output()`. Not thread-safe: the caller serialises. Source: the
/// protocol's revision 4; the heartbeat goes from server to client.
class EngineSession {
 public:
  enum class Transport { polling = 1, websocket };

  EngineSession(std::string id, Transport transport, const EngineOptions& options, MonotonicTime now);

  const std::string& id() const { return id_; }
  Transport transport() const { return transport_; }
  bool closed() const { return closed_; }

  /// A GET. False: it is refused with 400; a GET that waits already is then answered by the output, and the session
  /// ends.
  bool poll(MonotonicTime now);
  /// The connection of the GET that waits is gone.
  void poll_cancelled();
  /// A POST's body. False: it is refused with 400.
  bool post(std::string_view body, MonotonicTime now);
  /// A WebSocket with this session's id. False: it is refused.
  bool attach_probe(MonotonicTime now);
  void probe_text(std::string_view text, MonotonicTime now);
  void probe_closed() { leave_upgrade(); }
  void websocket_text(std::string_view text, MonotonicTime now);
  void websocket_binary(std::string data, MonotonicTime now);
  void websocket_pong(std::string_view payload);
  void websocket_closed() { close(CloseReason::transport_closed); }
  void tick(MonotonicTime now);

  /// Queues an event; a client too slow for it is closed.
  void send(OutPacketPtr packet);
  /// Queues a frame of a stream, see SendQueue.
  void send_latest(const std::string& stream, OutPacketPtr packet, NextFrame next_frame);
  /// The client's program acknowledged the stream's last frame.
  void confirm(const std::string& stream);
  void drop_stream(const std::string& stream) { outbox_.drop_stream(stream); }
  /// Ends the session: what waits is still sent where a transport is open for it, unless the client is too slow.
  void close(CloseReason reason);

  EngineOutput take_output() { return std::exchange(output_, {}); }
  std::size_t queued_bytes() const { return outbox_.bytes(); }
  std::uint64_t dropped_frames() const { return outbox_.dropped(); }

 private:
  struct Metered {
    std::uint64_t number;
    std::uint64_t sent;                ///< bytes sent until then
    std::vector<std::string> streams;  ///< delivered with it
  };

  void handle(EnginePacket packet, MonotonicTime now);
  void pong(MonotonicTime now);
  void heartbeat(MonotonicTime now);
  void complete_upgrade();
  void leave_upgrade();
  void flush();
  void flush_polling();
  void flush_websocket();
  void send_meter();
  void answer_poll(int status, std::string body);
  std::string polling_body();
  void finish(CloseReason reason);

  const std::string id_;
  Transport transport_;
  const EngineOptions options_;
  bool closed_ = false;
  std::deque<std::string> control_;  ///< handshake and pings that wait; bounded by the heartbeat itself
  SendQueue outbox_;
  EngineOutput output_;

  MonotonicTime ping_due_;
  std::optional<MonotonicTime> pong_deadline_;

  bool poll_waits_ = false;
  MonotonicTime poll_since_;
  std::vector<std::string> polled_streams_;  ///< in the last answer to a GET
  enum class Upgrade { none = 1, attached, probed } upgrade_ = Upgrade::none;
  MonotonicTime upgrade_deadline_;

  std::uint64_t sent_ = 0;       ///< bytes over the WebSocket
  std::uint64_t confirmed_ = 0;  ///< of those, known to have arrived
  std::uint64_t last_metered_ = 0;
  std::uint64_t meter_number_ = 0;
  std::vector<std::string> unmetered_streams_;
  std::deque<Metered> meters_;
};

}  // namespace hadir
