#pragma once
#include <any>
#include <functional>
#include <memory>
#include <set>
#include <string>

#include "core/ids.hpp"
#include "realtime/socket_client.hpp"
#include "web/realtime/engine_server.hpp"

namespace hadir {

/// One client in one namespace, as the client knows itself ("sid" of the answer to CONNECT). Ends with that visit.
using SocketId = Id<struct SocketTag>;

/// Somebody who asks to enter a namespace.
struct SocketHandshake {
  std::string name_space;
  LiveJson auth;  ///< what the client's program passed as `auth`; {} where it passed nothing
  HandshakeFacts facts;
};

/// Somebody who was let in.
struct LiveSocket {
  SocketId id;
  std::string name_space;
  std::any identity;  ///< what `authenticate` gave
};

struct SocketEvent {
  std::string name;
  LiveJson arguments;                           ///< an array; binary values are in place
  std::function<void(LiveJson)> acknowledge{};  ///< empty unless the client asked; takes an array; once
};

/// Socket.IO 5 for everything that is live in the product: who may connect, what events mean and what is sent to whom
/// is for its user to say; see README.md beside this file.
///
/// Threads: all functions from any thread. Handlers run on a few threads of the server, one client's in order and never
/// two at once; they may block for a while (a query), which holds up that client and one of the threads. Nothing that
/// is sent waits for a client: events queue up to `engine.outbox`, then the client is closed as too slow; streams keep
/// their newest frame alone.
class SocketServer {
 public:
  struct Options {
    EngineServer::Options engine{};
    SocketOptions socket{};
    int handler_threads = 2;
    std::size_t most_waiting_events = 1024;  ///< of one client; beyond it the client is closed
    int most_refusals = 5;                   ///< failed attempts to enter, then the client is closed
    std::size_t most_awaited_acks = 256;     ///< of one client
  };
  struct Handlers {
    /// The identity, or an error whose message the client is told. Required.
    std::function<Result<std::any>(const SocketHandshake&)> authenticate;
    std::function<void(const LiveSocket&)> connected{};
    std::function<void(const LiveSocket&, const SocketEvent&)> event{};
    std::function<void(const LiveSocket&, std::string_view reason)> disconnected{};
  };
  struct Counters {
    EngineServer::Counters engine;
    std::size_t sockets = 0;
  };

  SocketServer(Options options, Handlers handlers);
  ~SocketServer();
  SocketServer(const SocketServer&) = delete;
  SocketServer& operator=(const SocketServer&) = delete;

  /// Adds the path to the framework, before that runs. One server in the life of a process.
  void register_with_framework();
  /// Closes all clients, waits for their handlers, lets nobody in any more. Not from a handler.
  void stop();

  /// `arguments` is an array, or the one argument that is not an array; JSON values of type binary travel as
  /// attachments. False when the socket is gone.
  bool emit(const SocketId& socket, const std::string& event, const LiveJson& arguments);
  /// Calls `acknowledged`, like a handler, with what the client answered, or with `unavailable` when it did not in
  /// time, is gone, or owes too many answers already.
  void emit_with_ack(const SocketId& socket, const std::string& event, const LiveJson& arguments, Millis timeout,
                     std::function<void(Result<LiveJson>)> acknowledged);
  /// A frame of a stream, in the place of one that was not sent yet. With `after_acknowledgement` the client's program
  /// must acknowledge each (the event then asks for it) to get the next.
  bool emit_latest(const SocketId& socket, const std::string& stream, const std::string& event,
                   const LiveJson& arguments, NextFrame next_frame);

  /// Rooms exist as long as somebody is in them; each socket is in the room named as its namespace ("/").
  void join(const SocketId& socket, const std::string& room);
  void leave(const SocketId& socket, const std::string& room);
  /// To all in the room, encoded once. How many that were.
  std::size_t broadcast(const std::string& room, const std::string& event, const LiveJson& arguments);
  std::size_t broadcast_latest(const std::string& room, const std::string& stream, const std::string& event,
                               const LiveJson& arguments, NextFrame next_frame);
  /// Forgets what waits of a stream, when the socket stops watching.
  void drop_stream(const SocketId& socket, const std::string& stream);

  /// Puts the socket out of its namespace; the client may come back.
  void disconnect(const SocketId& socket);
  Counters counters() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace hadir
