#include "web/realtime/socket_server.hpp"

#include <spdlog/spdlog.h>
#include <sys/random.h>

#include <format>

#include "core/masking.hpp"
#include "realtime/text.hpp"
#include "web/realtime/event_strands.hpp"
#include "web/realtime/socket_rooms.hpp"

namespace hadir {
namespace {

/// Acknowledgements of streams have numbers of their own, one a stream, since one frame is on its way at a time.
constexpr std::uint64_t first_stream_id = 1ULL << 40;

MonotonicTime now() {
  return std::chrono::steady_clock::now();
}

OutPacketPtr shared(OutPacket packet) {
  return std::make_shared<const OutPacket>(std::move(packet));
}

SocketId new_socket_id() {
  char bytes[12];
  if (::getrandom(bytes, sizeof bytes, 0) != sizeof bytes) throw std::runtime_error("no random bytes can be had");
  return SocketId(to_base64({bytes, sizeof bytes}));
}

SocketPacket event_packet(const std::string& name_space, const std::string& event, const LiveJson& arguments,
                          std::optional<std::uint64_t> id = {}) {
  SocketPacket packet{
      .type = SocketPacketType::event, .name_space = name_space, .id = id, .data = LiveJson::array({event})};
  if (!arguments.is_array())
    packet.data.push_back(arguments);
  else
    for (const LiveJson& argument : arguments) packet.data.push_back(argument);
  return packet;
}

/// Streams of different namespaces of a client are different ones.
std::string stream_key(const LiveSocket& socket, const std::string& stream) {
  return socket.name_space + " " + stream;
}

}  // namespace

/// All of it under the engine's lock, except for the handlers, which run on the strands without it.
struct SocketServer::Parts final : EngineServer::Listener {
  using Access = EngineServer::Access;
  struct Session {
    SocketClient client;
    HandshakeFacts facts;
    std::map<std::string, SocketId> sockets;  ///< by namespace
    int refusals = 0;
  };

  Parts(Options given, Handlers from)
      : options(std::move(given)),
        handlers(std::move(from)),
        strands(options.handler_threads, options.most_waiting_events),
        engine(options.engine, *this) {}

  void opened(Access& access, const std::string& session, const HandshakeFacts& facts) override;
  void received(Access& access, const std::string& session, WireMessage message) override;
  void closed(Access& access, const std::string& session, CloseReason reason) override;
  void tick(Access& access, MonotonicTime at) override;

  void enter(const std::string& session, const SocketHandshake& handshake);
  void admit(const std::string& session, const SocketHandshake& handshake, const Result<std::any>& identity);
  void refuse(Access& access, Session& entry, const std::string& session, const std::string& name_space,
              const Error& error);
  void event(Access& access, const std::string& session, SocketClient::Event event);
  void acknowledged(Access& access, SocketClient::Acknowledgement acknowledgement, const Session& from);
  void ended(Access& access, const SocketId& id, const std::string& reason);
  std::function<void(LiveJson)> acknowledger(const std::string& session, const std::string& name_space,
                                             std::uint64_t id);
  /// Runs a handler; what it throws is logged and goes no further.
  bool run(const std::string& session, std::function<void()> work, EventStrands::Room room);
  void send_latest(Access& access, SocketRecord& record, const std::string& stream, OutPacketPtr packet,
                   NextFrame next_frame);
  std::uint64_t stream_id(const std::string& stream) {
    return stream_ids.try_emplace(stream, first_stream_id + stream_ids.size()).first->second;
  }
  std::optional<std::uint64_t> frame_id(const std::string& stream, NextFrame next_frame) {
    if (next_frame == NextFrame::after_delivery) return std::nullopt;
    return stream_id(stream);
  }

  const Options options;
  const Handlers handlers;
  std::map<std::string, Session> sessions;
  SocketRooms sockets;
  std::map<std::string, std::uint64_t> stream_ids;
  std::uint64_t next_ack_id = 0;
  EventStrands strands;
  EngineServer engine;  ///< the last one: it calls the rest from the moment it exists
};

bool SocketServer::Parts::run(const std::string& session, std::function<void()> work, EventStrands::Room room) {
  return strands.submit(
      session,
      [work = std::move(work)] {
        try {
          work();
        } catch (const std::exception& error) {
          spdlog::error("live: {}", mask_credentials(error.what()));
        }
      },
      room);
}

void SocketServer::Parts::opened(Access&, const std::string& session, const HandshakeFacts& facts) {
  sessions.emplace(session, Session{.client = SocketClient(options.socket, now()), .facts = facts, .sockets = {}});
}

void SocketServer::Parts::received(Access& access, const std::string& session, WireMessage message) {
  Session& entry = sessions.at(session);
  auto meaning = entry.client.received(std::move(message));
  if (!meaning) return access.close(session, CloseReason::protocol_error);
  // A message means one thing at most, so a session that ends over it is not used again.
  for (OutPacket& reply : meaning->replies) access.send(session, shared(std::move(reply)));
  for (SocketClient::Acknowledgement& answer : meaning->acknowledgements)
    acknowledged(access, std::move(answer), entry);
  for (const SocketClient::Leave& leave : meaning->leaves)
    if (const auto node = entry.sockets.extract(leave.name_space))
      ended(access, node.mapped(), "client namespace disconnect");
  for (SocketClient::Entry& asked : meaning->entries) {
    SocketHandshake handshake{
        .name_space = std::move(asked.name_space), .auth = std::move(asked.auth), .facts = entry.facts};
    run(
        session, [this, session, handshake = std::move(handshake)] { enter(session, handshake); },
        EventStrands::Room::always);
  }
  for (SocketClient::Event& one : meaning->events) event(access, session, std::move(one));
}

void SocketServer::Parts::event(Access& access, const std::string& session, SocketClient::Event event) {
  const Session& entry = sessions.at(session);
  const auto found = entry.sockets.find(event.name_space);
  const SocketRecord* record = found == entry.sockets.end() ? nullptr : sockets.find(found->second);
  if (record == nullptr || !handlers.event) return;
  SocketEvent told{.name = std::move(event.name), .arguments = std::move(event.arguments)};
  if (event.id) told.acknowledge = acknowledger(session, event.name_space, *event.id);
  const bool taken = run(
      session, [this, socket = record->socket, told = std::move(told)] { handlers.event(*socket, told); },
      EventStrands::Room::limited);
  if (!taken) access.close(session, CloseReason::too_slow);
}

std::function<void(LiveJson)> SocketServer::Parts::acknowledger(const std::string& session,
                                                                const std::string& name_space, std::uint64_t id) {
  return [this, session, name_space, id](LiveJson arguments) {
    const OutPacketPtr packet = shared(
        encode({.type = SocketPacketType::ack, .name_space = name_space, .id = id, .data = std::move(arguments)}));
    Access access = engine.access();
    const auto entry = sessions.find(session);
    if (entry != sessions.end() && entry->second.client.is_in(name_space)) access.send(session, packet);
  };
}

void SocketServer::Parts::enter(const std::string& session, const SocketHandshake& handshake) {
  Result<std::any> identity = fail(ErrorKind::internal, "something went wrong here");
  try {
    identity = handlers.authenticate(handshake);
  } catch (const std::exception& error) {
    spdlog::error("live: {}", mask_credentials(error.what()));
  }
  admit(session, handshake, identity);
}

void SocketServer::Parts::admit(const std::string& session, const SocketHandshake& handshake,
                                const Result<std::any>& identity) {
  std::shared_ptr<const LiveSocket> socket;
  {
    Access access = engine.access();
    const auto found = sessions.find(session);
    if (found == sessions.end()) return;
    Session& entry = found->second;
    if (!identity) return refuse(access, entry, session, handshake.name_space, identity.error());
    const SocketId id = new_socket_id();
    auto answer = entry.client.accept(handshake.name_space, id.str());
    if (!answer) return;
    socket = std::make_shared<const LiveSocket>(id, handshake.name_space, *identity);
    sockets.add(socket, session);
    entry.sockets.emplace(handshake.name_space, id);
    access.send(session, shared(std::move(*answer)));
  }
  if (handlers.connected) handlers.connected(*socket);
}

void SocketServer::Parts::refuse(Access& access, Session& entry, const std::string& session,
                                 const std::string& name_space, const Error& error) {
  if (auto answer = entry.client.refuse(name_space, mask_credentials(error.message)))
    access.send(session, shared(std::move(*answer)));
  if (sessions.contains(session) && ++sessions.at(session).refusals >= options.most_refusals)
    access.close(session, CloseReason::not_connected);
}

void SocketServer::Parts::acknowledged(Access& access, SocketClient::Acknowledgement acknowledgement,
                                       const Session& from) {
  const auto found = from.sockets.find(acknowledgement.name_space);
  SocketRecord* record = found == from.sockets.end() ? nullptr : sockets.find(found->second);
  if (record == nullptr) return;
  if (acknowledgement.id >= first_stream_id) {
    for (const std::string& stream : record->streams)
      if (stream_id(stream) == acknowledgement.id)
        return access.confirm(record->session, stream_key(*record->socket, stream));
    return;
  }
  auto awaited = record->awaited.extract(acknowledgement.id);
  if (!awaited) return;  // too late, or never asked for
  run(
      record->session,
      [done = std::move(awaited.mapped().done), arguments = std::move(acknowledgement.arguments)] { done(arguments); },
      EventStrands::Room::always);
}

/// The socket's last moments: its record is taken away, its handlers told. The session's map of sockets is the
/// caller's.
void SocketServer::Parts::ended(Access& access, const SocketId& id, const std::string& reason) {
  auto record = sockets.remove(id);
  if (!record) return;
  for (const std::string& stream : record->streams)
    access.drop_stream(record->session, stream_key(*record->socket, stream));
  run(
      record->session,
      [this, socket = record->socket, awaited = std::move(record->awaited), reason] {
        for (const auto& [number, ack] : awaited) ack.done(fail(ErrorKind::unavailable, "the client is gone"));
        if (handlers.disconnected) handlers.disconnected(*socket, reason);
      },
      EventStrands::Room::always);
}

void SocketServer::Parts::closed(Access& access, const std::string& session, CloseReason reason) {
  const auto node = sessions.extract(session);
  if (!node) return;
  for (const auto& [name_space, id] : node.mapped().sockets) ended(access, id, std::string(word_of(reason)));
}

void SocketServer::Parts::tick(Access& access, MonotonicTime at) {
  std::vector<std::string> too_late;
  for (auto& [id, entry] : sessions)
    if (entry.client.timed_out(at)) too_late.push_back(id);
  for (const std::string& id : too_late) access.close(id, CloseReason::not_connected);
  for (auto& [id, record] : sockets) {
    for (auto awaited = record.awaited.begin(); awaited != record.awaited.end();) {
      if (awaited->second.deadline > at) {
        ++awaited;
        continue;
      }
      run(
          record.session,
          [done = std::move(awaited->second.done)] {
            done(fail(ErrorKind::unavailable, "the client did not answer in time"));
          },
          EventStrands::Room::always);
      awaited = record.awaited.erase(awaited);
    }
  }
}

void SocketServer::Parts::send_latest(Access& access, SocketRecord& record, const std::string& stream,
                                      OutPacketPtr packet, NextFrame next_frame) {
  record.streams.insert(stream);
  const std::string session = record.session;  // the record may end with this
  access.send_latest(session, stream_key(*record.socket, stream), std::move(packet), next_frame);
}

SocketServer::SocketServer(Options options, Handlers handlers)
    : parts_(std::make_unique<Parts>(std::move(options), std::move(handlers))) {}

SocketServer::~SocketServer() {
  stop();
}

void SocketServer::register_with_framework() {
  parts_->engine.register_with_framework();
}

void SocketServer::stop() {
  parts_->engine.stop();
  parts_->strands.stop();
}

bool SocketServer::emit(const SocketId& socket, const std::string& event, const LiveJson& arguments) {
  auto access = parts_->engine.access();
  const SocketRecord* record = parts_->sockets.find(socket);
  if (record == nullptr) return false;
  access.send(std::string(record->session), shared(encode(event_packet(record->socket->name_space, event, arguments))));
  return parts_->sockets.find(socket) != nullptr;
}

void SocketServer::emit_with_ack(const SocketId& socket, const std::string& event, const LiveJson& arguments,
                                 Millis timeout, std::function<void(Result<LiveJson>)> acknowledged) {
  auto access = parts_->engine.access();
  SocketRecord* record = parts_->sockets.find(socket);
  if (record == nullptr || record->awaited.size() >= parts_->options.most_awaited_acks) {
    const bool gone = record == nullptr;
    parts_->run(
        gone ? socket.str() : record->session,
        [acknowledged = std::move(acknowledged), gone] {
          acknowledged(fail(ErrorKind::unavailable, gone ? "the client is gone" : "the client owes too many answers"));
        },
        EventStrands::Room::always);
    return;
  }
  const std::uint64_t id = ++parts_->next_ack_id;
  record->awaited.emplace(id, AwaitedAck{std::move(acknowledged), now() + timeout});
  access.send(std::string(record->session),
              shared(encode(event_packet(record->socket->name_space, event, arguments, id))));
}

bool SocketServer::emit_latest(const SocketId& socket, const std::string& stream, const std::string& event,
                               const LiveJson& arguments, NextFrame next_frame) {
  auto access = parts_->engine.access();
  SocketRecord* record = parts_->sockets.find(socket);
  if (record == nullptr) return false;
  const auto packet = event_packet(record->socket->name_space, event, arguments, parts_->frame_id(stream, next_frame));
  parts_->send_latest(access, *record, stream, shared(encode(packet)), next_frame);
  return parts_->sockets.find(socket) != nullptr;
}

void SocketServer::join(const SocketId& socket, const std::string& room) {
  const auto access = parts_->engine.access();
  parts_->sockets.join(socket, room);
}

void SocketServer::leave(const SocketId& socket, const std::string& room) {
  const auto access = parts_->engine.access();
  parts_->sockets.leave(socket, room);
}

std::size_t SocketServer::broadcast(const std::string& room, const std::string& event, const LiveJson& arguments) {
  std::map<std::string, OutPacketPtr> encoded;  // by namespace
  std::size_t sent = 0;
  auto access = parts_->engine.access();
  for (const SocketId& id : parts_->sockets.in_room(room)) {
    const SocketRecord* record = parts_->sockets.find(id);
    if (record == nullptr) continue;
    OutPacketPtr& packet = encoded[record->socket->name_space];
    if (!packet) packet = shared(encode(event_packet(record->socket->name_space, event, arguments)));
    access.send(std::string(record->session), packet);
    ++sent;
  }
  return sent;
}

std::size_t SocketServer::broadcast_latest(const std::string& room, const std::string& stream, const std::string& event,
                                           const LiveJson& arguments, NextFrame next_frame) {
  std::map<std::string, OutPacketPtr> encoded;
  std::size_t sent = 0;
  auto access = parts_->engine.access();
  const auto frame_id = parts_->frame_id(stream, next_frame);
  for (const SocketId& id : parts_->sockets.in_room(room)) {
    SocketRecord* record = parts_->sockets.find(id);
    if (record == nullptr) continue;
    OutPacketPtr& packet = encoded[record->socket->name_space];
    if (!packet) packet = shared(encode(event_packet(record->socket->name_space, event, arguments, frame_id)));
    parts_->send_latest(access, *record, stream, packet, next_frame);
    ++sent;
  }
  return sent;
}

void SocketServer::drop_stream(const SocketId& socket, const std::string& stream) {
  auto access = parts_->engine.access();
  SocketRecord* record = parts_->sockets.find(socket);
  if (record == nullptr) return;
  record->streams.erase(stream);
  access.drop_stream(record->session, stream_key(*record->socket, stream));
}

void SocketServer::disconnect(const SocketId& socket) {
  auto access = parts_->engine.access();
  const SocketRecord* record = parts_->sockets.find(socket);
  if (record == nullptr) return;
  const std::string session = record->session;
  const std::string name_space = record->socket->name_space;
  auto& entry = parts_->sessions.at(session);
  auto packet = entry.client.put_out(name_space, now());
  entry.sockets.erase(name_space);
  parts_->ended(access, socket, "server namespace disconnect");
  if (packet) access.send(session, shared(std::move(*packet)));
}

SocketServer::Counters SocketServer::counters() const {
  Counters counted{.engine = parts_->engine.counters(), .sockets = 0};
  const auto access = parts_->engine.access();
  counted.sockets = parts_->sockets.size();
  return counted;
}

}  // namespace hadir
