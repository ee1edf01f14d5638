#include "realtime/engine_session.hpp"

#include <algorithm>
#include <charconv>
#include <format>

namespace hadir {
namespace {

/// A late tick (a busy machine) must not take the client's time to answer away.
constexpr Millis most_lateness{100};

std::string handshake(const std::string& id, EngineSession::Transport transport, const EngineOptions& options) {
  return std::format(R"(0{{"sid":"{}","upgrades":[{}],"pingInterval":{},"pingTimeout":{},"maxPayload":{}}})", id,
                     transport == EngineSession::Transport::polling ? R"("websocket")" : "",
                     options.ping_interval.count(), options.ping_timeout.count(), options.max_payload);
}

WebSocketFrame text_frame(std::string text) {
  return {WebSocketFrame::Kind::text, std::make_shared<const std::string>(std::move(text))};
}

}  // namespace

std::string_view word_of(CloseReason reason) {
  switch (reason) {
    case CloseReason::client_closed:
    case CloseReason::transport_closed:
      return "transport close";
    case CloseReason::ping_timeout:
      return "ping timeout";
    case CloseReason::protocol_error:
      return "parse error";
    case CloseReason::overlapping_polls:
      return "transport error";
    case CloseReason::too_slow:
      return "too slow";
    case CloseReason::too_much:
      return "message too large";
    case CloseReason::not_connected:
      return "connect timeout";
    case CloseReason::server_closed:
      return "forced server close";
    case CloseReason::server_stopped:
      return "server shutting down";
  }
  std::unreachable();
}

EngineSession::EngineSession(std::string id, Transport transport, const EngineOptions& options, MonotonicTime now)
    : id_(std::move(id)),
      transport_(transport),
      options_(options),
      outbox_(options.outbox),
      ping_due_(now + options.ping_interval) {
  control_.push_back(handshake(id_, transport_, options_));
  if (transport_ == Transport::websocket) flush();
}

bool EngineSession::poll(MonotonicTime now) {
  heartbeat(now);
  if (closed_ || transport_ != Transport::polling) return false;
  if (poll_waits_) {
    close(CloseReason::overlapping_polls);
    return false;
  }
  poll_waits_ = true;
  poll_since_ = now;
  for (const std::string& stream : std::exchange(polled_streams_, {})) outbox_.confirm(stream);
  flush();
  return true;
}

void EngineSession::poll_cancelled() {
  if (!poll_waits_) return;
  poll_waits_ = false;
  close(CloseReason::transport_closed);
}

bool EngineSession::post(std::string_view body, MonotonicTime now) {
  heartbeat(now);
  if (closed_ || transport_ != Transport::polling) return false;
  auto packets = body.size() > options_.max_payload ? fail(ErrorKind::invalid_input, "a polling body is too large")
                                                    : decode_payload(body, options_.most_packets);
  if (!packets) {
    close(CloseReason::protocol_error);
    return false;
  }
  for (EnginePacket& packet : *packets) {
    handle(std::move(packet), now);
    if (closed_) break;
  }
  return output_.closed != CloseReason::protocol_error;
}

bool EngineSession::attach_probe(MonotonicTime now) {
  heartbeat(now);
  if (closed_ || transport_ != Transport::polling || upgrade_ != Upgrade::none) return false;
  upgrade_ = Upgrade::attached;
  upgrade_deadline_ = now + options_.upgrade_timeout;
  return true;
}

void EngineSession::probe_text(std::string_view text, MonotonicTime now) {
  heartbeat(now);
  if (closed_ || upgrade_ == Upgrade::none) return;
  if (text == "2probe") {
    upgrade_ = Upgrade::probed;
    output_.probe_texts.emplace_back("3probe");
    if (poll_waits_) answer_poll(200, encode_text(EnginePacketType::noop));
  } else if (text == "5" && upgrade_ == Upgrade::probed) {
    complete_upgrade();
  } else {
    output_.close_probe = true;
    leave_upgrade();
  }
}

void EngineSession::websocket_text(std::string_view text, MonotonicTime now) {
  heartbeat(now);
  if (closed_) return;
  auto packet =
      text.size() > options_.max_payload ? fail(ErrorKind::invalid_input, "a message is too large") : decode_text(text);
  if (!packet) return close(CloseReason::protocol_error);
  handle(std::move(*packet), now);
}

void EngineSession::websocket_binary(std::string data, MonotonicTime now) {
  heartbeat(now);
  if (closed_) return;
  if (data.size() > options_.max_payload) return close(CloseReason::protocol_error);
  output_.received.push_back({.data = std::move(data), .is_binary = true});
}

void EngineSession::websocket_pong(std::string_view payload) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(payload.data(), payload.data() + payload.size(), number);
  // Pongs that nobody asked for are allowed and mean nothing.
  if (error != std::errc{} || end != payload.data() + payload.size() || number > meter_number_) return;
  while (!meters_.empty() && meters_.front().number <= number) {
    confirmed_ = meters_.front().sent;
    for (const std::string& stream : meters_.front().streams) outbox_.confirm(stream);
    meters_.pop_front();
  }
  flush();
}

void EngineSession::tick(MonotonicTime now) {
  heartbeat(now);
  if (closed_) return;
  if (upgrade_ != Upgrade::none && now >= upgrade_deadline_) {
    output_.close_probe = true;
    leave_upgrade();
  }
  if (upgrade_ == Upgrade::probed && poll_waits_ && now - poll_since_ >= options_.noop_delay)
    answer_poll(200, encode_text(EnginePacketType::noop));
}

void EngineSession::send(OutPacketPtr packet) {
  if (closed_) return;
  if (!outbox_.push(std::move(packet))) return close(CloseReason::too_slow);
  flush();
}

void EngineSession::send_latest(const std::string& stream, OutPacketPtr packet, NextFrame next_frame) {
  if (closed_) return;
  if (!outbox_.put_latest(stream, std::move(packet), next_frame)) return close(CloseReason::too_slow);
  flush();
}

void EngineSession::confirm(const std::string& stream) {
  outbox_.confirm(stream);
  flush();
}

void EngineSession::close(CloseReason reason) {
  if (closed_) return;
  const bool client_reads = reason == CloseReason::server_closed || reason == CloseReason::server_stopped;
  if (transport_ == Transport::websocket && client_reads) {
    while (auto sent = outbox_.next())
      for (std::size_t i = 0; sent->stream.empty() && i < sent->packet->size(); ++i)
        output_.frames.push_back(
            {(*sent->packet)[i].is_binary ? WebSocketFrame::Kind::binary : WebSocketFrame::Kind::text,
             {sent->packet, &(*sent->packet)[i].data}});
  }
  if (poll_waits_) {
    std::string body = client_reads ? polling_body() : std::string{};
    if (!body.empty()) body += record_separator;
    body += encode_text(reason == CloseReason::client_closed ? EnginePacketType::noop : EnginePacketType::close);
    answer_poll(200, std::move(body));
  }
  finish(reason);
}

void EngineSession::handle(EnginePacket packet, MonotonicTime now) {
  switch (packet.type) {
    case EnginePacketType::message:
      output_.received.push_back({.data = std::move(packet.data), .is_binary = packet.is_binary});
      return;
    case EnginePacketType::pong:
      return pong(now);
    case EnginePacketType::close:
      return close(CloseReason::client_closed);
    case EnginePacketType::open:
    case EnginePacketType::ping:
    case EnginePacketType::upgrade:
    case EnginePacketType::noop:
      return close(CloseReason::protocol_error);  // the server's, or out of place
  }
}

void EngineSession::pong(MonotonicTime now) {
  if (!pong_deadline_) return;
  pong_deadline_.reset();
  ping_due_ = now + options_.ping_interval;
}

void EngineSession::heartbeat(MonotonicTime now) {
  if (closed_) return;
  if (!pong_deadline_ && now >= ping_due_) {
    pong_deadline_ = std::max(ping_due_, now - most_lateness) + options_.ping_timeout;
    control_.push_back(encode_text(EnginePacketType::ping));
    flush();
  }
  if (pong_deadline_ && now >= *pong_deadline_) close(CloseReason::ping_timeout);
}

void EngineSession::complete_upgrade() {
  // A client's program stops polling before it says this, so a GET that waits now is out of place.
  if (poll_waits_) answer_poll(400, {});
  upgrade_ = Upgrade::none;
  transport_ = Transport::websocket;
  for (const std::string& stream : std::exchange(polled_streams_, {})) outbox_.confirm(stream);
  output_.probe_takes_over = true;
  flush();
}

void EngineSession::leave_upgrade() {
  upgrade_ = Upgrade::none;
  flush();
}

void EngineSession::flush() {
  if (closed_) return;
  if (transport_ == Transport::websocket) return flush_websocket();
  flush_polling();
}

void EngineSession::flush_polling() {
  if (!poll_waits_ || upgrade_ == Upgrade::probed) return;
  std::string body = polling_body();
  if (!body.empty()) answer_poll(200, std::move(body));
}

std::string EngineSession::polling_body() {
  std::string body;
  const auto add = [&body](const std::string& record) {
    if (!body.empty()) body += record_separator;
    body += record;
  };
  for (const std::string& text : std::exchange(control_, {})) add(text);
  while (body.size() < options_.max_payload) {
    auto sent = outbox_.next();
    if (!sent) break;
    for (const WireMessage& message : *sent->packet) add(encode_for_polling(message));
    if (sent->awaits_delivery) polled_streams_.push_back(std::move(sent->stream));
  }
  return body;
}

void EngineSession::flush_websocket() {
  while (!control_.empty()) {
    output_.frames.push_back(text_frame(std::move(control_.front())));
    control_.pop_front();
  }
  while (sent_ - confirmed_ < options_.send_window) {
    auto sent = outbox_.next();
    if (!sent) break;
    for (const WireMessage& message : *sent->packet) {
      output_.frames.push_back({message.is_binary ? WebSocketFrame::Kind::binary : WebSocketFrame::Kind::text,
                                {sent->packet, &message.data}});
      sent_ += message.data.size();
    }
    if (sent->awaits_delivery) unmetered_streams_.push_back(std::move(sent->stream));
    if (!unmetered_streams_.empty() || sent_ - last_metered_ >= options_.send_window / 4) send_meter();
  }
}

void EngineSession::send_meter() {
  last_metered_ = sent_;
  meters_.push_back({++meter_number_, sent_, std::exchange(unmetered_streams_, {})});
  output_.frames.push_back(
      {WebSocketFrame::Kind::meter, std::make_shared<const std::string>(std::to_string(meter_number_))});
}

void EngineSession::answer_poll(int status, std::string body) {
  poll_waits_ = false;
  output_.poll = EngineOutput::Reply{status, std::move(body)};
}

void EngineSession::finish(CloseReason reason) {
  closed_ = true;
  if (upgrade_ != Upgrade::none) output_.close_probe = true;
  upgrade_ = Upgrade::none;
  output_.closed = reason;
}

}  // namespace hadir
