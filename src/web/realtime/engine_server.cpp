#include "web/realtime/engine_server.hpp"

#include <drogon/HttpAppFramework.h>
#include <spdlog/spdlog.h>
#include <sys/random.h>

#include <algorithm>
#include <format>
#include <stdexcept>

#include "realtime/text.hpp"
#include "web/realtime/handshake.hpp"
#include "web/realtime/websocket_endpoint.hpp"

namespace hadir {
namespace {

constexpr Millis tick_interval{20};
constexpr std::uint64_t ticks_between_checks = 10;  ///< of what WebSockets have read
constexpr Millis longest_goodbye{3000};             ///< for a client to answer the closing of its WebSocket
/// What the framework may hold of one unfinished WebSocket message, beyond the largest one that is allowed.
constexpr std::uint64_t message_overhead = 256 << 10;

MonotonicTime now() {
  return std::chrono::steady_clock::now();
}

/// 120 random bits: whoever knows the id is the client.
std::string new_session_id() {
  char bytes[15];
  if (::getrandom(bytes, sizeof bytes, 0) != sizeof bytes) throw std::runtime_error("no random bytes can be had");
  std::string id = to_base64({bytes, sizeof bytes});
  std::ranges::replace(id, '+', '-');
  std::ranges::replace(id, '/', '_');
  return id;
}

drogon::HttpResponsePtr text_reply(int status, const std::string& body) {
  auto response = drogon::HttpResponse::newHttpResponse();
  response->setStatusCode(static_cast<drogon::HttpStatusCode>(status));
  response->setContentTypeString("text/plain; charset=UTF-8");
  response->addHeader("cache-control", "no-store");
  response->setBody(body);
  return response;
}

drogon::CloseCode close_code(CloseReason reason) {
  switch (reason) {
    case CloseReason::protocol_error:
      return drogon::CloseCode::kViolation;
    case CloseReason::server_stopped:
      return drogon::CloseCode::kEndpointGone;
    default:
      return drogon::CloseCode::kNormalClosure;
  }
}

}  // namespace

EngineServer::EngineServer(Options options, Listener& listener)
    : options_(std::move(options)),
      listener_(listener),
      gateway_(std::make_shared<EngineGateway>(*this)),
      timer_([this](const std::stop_token& stop) { keep_time(stop); }) {}

EngineServer::~EngineServer() {
  gateway_->close();
  timer_ = {};
  stop();
}

void EngineServer::register_with_framework() {
  register_websockets(gateway_, options_.path);
  // Given as it is made: the framework keeps a reference to a handler that has a name.
  drogon::app()
      .registerHandler(options_.path,
                       [gateway = gateway_](const drogon::HttpRequestPtr& request, Reply&& reply) {
                         if (!gateway->with([&](EngineServer& server) { server.answer(request, reply); }))
                           reply(text_reply(503, ""));
                       },
                       {drogon::Get, drogon::Post, drogon::Put, drogon::Delete})
      .setClientMaxWebSocketMessageSize(options_.engine.max_payload + 1);
}

EngineServer::Access EngineServer::access() {
  return Access(*this);
}

EngineServer::Counters EngineServer::counters() const {
  const std::scoped_lock lock(mutex_);
  Counters counted{.sessions = sessions_.size(), .dropped_frames = dropped_by_closed_, .closed = closed_by_reason_};
  for (const auto& [id, entry] : sessions_) {
    counted.websockets += entry->websocket ? 1 : 0;
    counted.queued_bytes += entry->session.queued_bytes();
    counted.dropped_frames += entry->session.dropped_frames();
  }
  return counted;
}

void EngineServer::stop() {
  Access held = access();
  stopped_ = true;
  while (!sessions_.empty()) {
    const EntryPtr entry = sessions_.begin()->second;
    entry->session.close(CloseReason::server_stopped);
    perform(held, entry);
  }
}

void EngineServer::answer(const drogon::HttpRequestPtr& request, const Reply& given) {
  const HandshakeCheck check = check_handshake(request, options_);
  const Reply reply = [given, cors = check.cors_origin](const drogon::HttpResponsePtr& response) {
    add_cors(response, cors);
    given(response);
  };
  if (check.refusal) return reply(*check.refusal);
  if (check.is_websocket)
    return reply(refusal(HandshakeError::bad_request));  // not without an upgrade of the connection

  Access held = access();
  if (check.session.empty()) {
    if (request->method() != drogon::Get) return reply(refusal(HandshakeError::bad_method));
    const EntryPtr entry = open_session(held, request, EngineSession::Transport::polling);
    if (!entry) return reply(text_reply(503, "too many clients"));
    return answer_poll(held, entry, request, reply);
  }
  const EntryPtr entry = find(check.session);
  if (!entry) return reply(refusal(HandshakeError::unknown_session));
  if (request->method() == drogon::Get) return answer_poll(held, entry, request, reply);
  if (request->method() != drogon::Post) return reply(refusal(HandshakeError::bad_method));
  const bool taken = entry->session.post(request->body(), now());
  perform(held, entry);
  // What the messages led to may have ended the session, too: then this request is its last one and went well.
  reply(taken ? text_reply(200, "ok") : refusal(HandshakeError::bad_request));
}

void EngineServer::answer_poll(Access& held, const EntryPtr& entry, const drogon::HttpRequestPtr& request,
                               const Reply& reply) {
  if (!entry->session.poll(now())) {
    perform(held, entry);
    return reply(refusal(HandshakeError::bad_request));
  }
  entry->poll_reply = reply;
  perform(held, entry);
  if (entry->poll_reply)
    entry->poll_connection =
        HeldConnection::find(request->localAddr().getSockAddr(), request->peerAddr().getSockAddr());
}

drogon::HttpResponsePtr EngineServer::check_websocket(const drogon::HttpRequestPtr& request) {
  const HandshakeCheck check = check_handshake(request, options_);
  if (check.refusal) return *check.refusal;
  if (!check.is_websocket) return refusal(HandshakeError::bad_request);
  const std::scoped_lock lock(mutex_);
  if (stopped_) return text_reply(503, "");
  if (check.session.empty())
    return sessions_.size() < options_.most_sessions ? nullptr : text_reply(503, "too many clients");
  // One too many for a session is let in and closed at once: the clients' programs take that better than a 400.
  return find(check.session) ? nullptr : refusal(HandshakeError::unknown_session);
}

void EngineServer::websocket_opened(const drogon::HttpRequestPtr& request,
                                    const drogon::WebSocketConnectionPtr& connection) {
  connection->disablePing();  // Engine.IO has its own
  WebSocketLink link{
      .connection = connection,
      .held = HeldConnection::find(connection->localAddr().getSockAddr(), connection->peerAddr().getSockAddr())};
  if (link.held) link.held->send_without_delay();
  Access held = access();
  const std::string session = request->getParameter("sid");
  const EntryPtr entry =
      session.empty() ? open_session(held, request, EngineSession::Transport::websocket) : find(session);
  if (!entry || (!session.empty() && !entry->session.attach_probe(now()))) {
    connection->shutdown(drogon::CloseCode::kViolation, "refused");
    return;
  }
  connection->setContext(std::make_shared<std::string>(entry->session.id()));
  (session.empty() ? entry->websocket : entry->probe) = std::move(link);
  perform(held, entry);
}

void EngineServer::websocket_message(const drogon::WebSocketConnectionPtr& connection, std::string message,
                                     drogon::WebSocketMessageType type) {
  if (!connection->hasContext()) return;
  Access held = access();
  const EntryPtr entry = find(*connection->getContext<std::string>());
  if (!entry) return;
  const bool is_probe = entry->probe && entry->probe->connection == connection;
  if (!is_probe && !(entry->websocket && entry->websocket->connection == connection)) return;
  WebSocketLink& link = is_probe ? *entry->probe : *entry->websocket;
  if (link.held) link.read_at_last_message = link.held->bytes_read();
  EngineSession& session = entry->session;
  if (is_probe) {
    if (type == drogon::WebSocketMessageType::Text) session.probe_text(message, now());
    if (type == drogon::WebSocketMessageType::Binary) session.probe_text({}, now());
  } else if (type == drogon::WebSocketMessageType::Text) {
    session.websocket_text(message, now());
  } else if (type == drogon::WebSocketMessageType::Binary) {
    session.websocket_binary(std::move(message), now());
  } else if (type == drogon::WebSocketMessageType::Pong) {
    session.websocket_pong(message);
  }
  perform(held, entry);
}

void EngineServer::websocket_closed(const drogon::WebSocketConnectionPtr& connection) {
  Access held = access();
  std::erase_if(closing_, [&](const auto& closing) { return closing.second == connection; });
  if (!connection->hasContext()) return;
  const EntryPtr entry = find(*connection->getContext<std::string>());
  if (!entry) return;
  if (entry->probe && entry->probe->connection == connection) {
    entry->probe.reset();
    entry->session.probe_closed();
  } else if (entry->websocket && entry->websocket->connection == connection) {
    entry->websocket.reset();
    entry->session.websocket_closed();
  }
  perform(held, entry);
}

EngineServer::EntryPtr EngineServer::open_session(Access& held, const drogon::HttpRequestPtr& request,
                                                  EngineSession::Transport transport) {
  if (stopped_ || sessions_.size() >= options_.most_sessions) return nullptr;
  const auto entry = std::make_shared<Entry>(new_session_id(), transport, options_.engine, now());
  sessions_.emplace(entry->session.id(), entry);
  listener_.opened(held, entry->session.id(), facts_of(request));
  return entry;
}

EngineServer::EntryPtr EngineServer::find(const std::string& id) const {
  const auto found = sessions_.find(id);
  return found == sessions_.end() ? nullptr : found->second;
}

/// Does what the session asks for. The listener may send meanwhile: then this runs within itself, in order.
void EngineServer::perform(Access& held, const EntryPtr& entry) {
  EngineOutput output = entry->session.take_output();
  if (output.poll) reply_to_poll(*entry, *output.poll);
  if (entry->probe)
    for (const std::string& text : output.probe_texts) entry->probe->connection->send(text);
  if (output.probe_takes_over) entry->websocket = std::exchange(entry->probe, std::nullopt);
  if (entry->websocket) {
    for (const WebSocketFrame& frame : output.frames) {
      const auto type = frame.kind == WebSocketFrame::Kind::text     ? drogon::WebSocketMessageType::Text
                        : frame.kind == WebSocketFrame::Kind::binary ? drogon::WebSocketMessageType::Binary
                                                                     : drogon::WebSocketMessageType::Ping;
      entry->websocket->connection->send(frame.data->data(), frame.data->size(), type);
    }
  }
  if (output.close_probe) close_websocket(entry->probe, CloseReason::protocol_error);
  for (WireMessage& message : output.received) {
    if (entry->gone) return;
    listener_.received(held, entry->session.id(), std::move(message));
  }
  if (output.closed && !entry->gone) end(held, entry, *output.closed);
}

void EngineServer::reply_to_poll(Entry& entry, const EngineOutput::Reply& answer) {
  const Reply reply = std::exchange(entry.poll_reply, nullptr);
  if (!reply) return;
  if (const auto connection = std::exchange(entry.poll_connection, std::nullopt);
      connection && !connection->is_open()) {
    entry.session.close(CloseReason::transport_closed);  // nobody would read the answer
    return;
  }
  reply(answer.status == 200 ? text_reply(200, answer.body) : refusal(HandshakeError::bad_request));
}

void EngineServer::end(Access& held, const EntryPtr& entry, CloseReason reason) {
  entry->gone = true;
  sessions_.erase(entry->session.id());
  ++closed_by_reason_[std::string(word_of(reason))];
  dropped_by_closed_ += entry->session.dropped_frames();
  close_websocket(entry->probe, reason);
  close_websocket(entry->websocket, reason);
  listener_.closed(held, entry->session.id(), reason);
}

void EngineServer::close_websocket(std::optional<WebSocketLink>& link, CloseReason reason) {
  if (!link) return;
  link->connection->shutdown(close_code(reason), std::string(word_of(reason)));
  const bool reads =
      reason != CloseReason::too_slow && reason != CloseReason::too_much && reason != CloseReason::ping_timeout;
  closing_.emplace_back(reads ? now() + longest_goodbye : now(), link->connection);
  link.reset();
}

/// The framework tells neither that the client of a waiting GET is gone, nor does it limit what it keeps of a WebSocket
/// message in many fragments or without a mask.
void EngineServer::check_connections(Entry& entry) {
  if (entry.poll_reply && entry.poll_connection && !entry.poll_connection->is_open()) {
    entry.poll_reply = nullptr;
    entry.poll_connection.reset();
    entry.session.poll_cancelled();
  }
  if (ticks_ % ticks_between_checks != 0) return;
  for (const auto& link : {&entry.websocket, &entry.probe}) {
    if (!*link || !(*link)->held) continue;
    // Both numbers are looked up while more arrives, so their difference may be below zero.
    const std::uint64_t allowed = (*link)->read_at_last_message + options_.engine.max_payload + message_overhead;
    if ((*link)->held->bytes_read() > allowed) entry.session.close(CloseReason::too_much);
  }
}

void EngineServer::tick(MonotonicTime at) {
  Access held = access();
  ++ticks_;
  std::vector<EntryPtr> entries;
  entries.reserve(sessions_.size());
  for (const auto& [id, entry] : sessions_) entries.push_back(entry);
  for (const EntryPtr& entry : entries) {
    if (entry->gone) continue;
    check_connections(*entry);
    entry->session.tick(at);
    perform(held, entry);
  }
  std::erase_if(closing_, [at](const auto& closing) {
    if (closing.first > at) return false;
    // Not here and now: the framework would call back under our lock.
    drogon::app().getLoop()->queueInLoop([connection = closing.second] { connection->forceClose(); });
    return true;
  });
  listener_.tick(held, at);
}

void EngineServer::keep_time(const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopping;
  std::unique_lock lock(mutex);
  while (!stopping.wait_for(lock, stop, tick_interval, [&stop] { return stop.stop_requested(); })) tick(now());
}

void EngineServer::Access::send(const std::string& session, OutPacketPtr packet) {
  const EntryPtr entry = server_.find(session);
  if (!entry) return;
  entry->session.send(std::move(packet));
  server_.perform(*this, entry);
}

void EngineServer::Access::send_latest(const std::string& session, const std::string& stream, OutPacketPtr packet,
                                       NextFrame next_frame) {
  const EntryPtr entry = server_.find(session);
  if (!entry) return;
  entry->session.send_latest(stream, std::move(packet), next_frame);
  server_.perform(*this, entry);
}

void EngineServer::Access::confirm(const std::string& session, const std::string& stream) {
  const EntryPtr entry = server_.find(session);
  if (!entry) return;
  entry->session.confirm(stream);
  server_.perform(*this, entry);
}

void EngineServer::Access::drop_stream(const std::string& session, const std::string& stream) {
  if (const EntryPtr entry = server_.find(session)) entry->session.drop_stream(stream);
}

void EngineServer::Access::close(const std::string& session, CloseReason reason) {
  const EntryPtr entry = server_.find(session);
  if (!entry) return;
  entry->session.close(reason);
  server_.perform(*this, entry);
}

}  // namespace hadir
