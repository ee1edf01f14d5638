#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>
#include <drogon/WebSocketConnection.h>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <unordered_map>

#include "realtime/engine_session.hpp"
#include "web/realtime/held_connection.hpp"

namespace hadir {

/// What is known of a client when its session begins. Names of headers are in small letters.
struct HandshakeFacts {
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> headers;
  std::map<std::string, std::string> cookies;
  std::string address;  ///< of the client: "10.0.0.7"
};

/// Engine.IO 4 over the HTTP server: polling, WebSocket and the upgrade, on one path. Joins sessions (realtime/) with
/// requests and connections; what the messages mean is the listener's matter.
///
/// Threads: everything happens under one lock, on the network's threads, on one of its own that keeps time, and on
/// those that ask for `access()`. Nothing under the lock waits for a network or a disk.
class EngineServer {
 public:
  struct Options {
    std::string path = "/socket.io/";
    EngineOptions engine{};
    std::size_t most_sessions = 400;        ///< each may take two descriptors, and 1024 is a usual limit of a process
    std::set<std::string> allowed_origins;  ///< further origins of pages, as "https://dash.example.org"
    bool any_origin = false;                ///< for tests: every page of the world may connect
    /// Whether a Host header names this server; empty: any does. Without it a stranger's page whose name leads here
    /// (DNS rebinding) counts as one of ours. The framework's own advice does not see requests for WebSockets.
    std::function<bool(std::string_view host)> serves_host{};
  };
  class Access;
  /// Called under the lock.
  class Listener {
   public:
    virtual ~Listener() = default;
    virtual void opened(Access& access, const std::string& session, const HandshakeFacts& facts) = 0;
    /// A message, without the Engine.IO type in front of texts.
    virtual void received(Access& access, const std::string& session, WireMessage message) = 0;
    virtual void closed(Access& access, const std::string& session, CloseReason reason) = 0;
    /// Some fifty times a second.
    virtual void tick(Access& access, MonotonicTime now) = 0;
  };
  struct Counters {
    std::size_t sessions = 0;
    std::size_t websockets = 0;
    std::size_t queued_bytes = 0;
    std::uint64_t dropped_frames = 0;
    std::map<std::string, std::uint64_t> closed;  ///< by reason
  };

  /// `listener` outlives the server.
  EngineServer(Options options, Listener& listener);
  ~EngineServer();
  EngineServer(const EngineServer&) = delete;
  EngineServer& operator=(const EngineServer&) = delete;

  /// Adds the path to the framework, which must not run yet. One server in the life of a process. The framework keeps
  /// what it was given until the process ends; after the server's end requests are answered with 503.
  void register_with_framework();
  /// Takes the lock. Never from inside a listener's call: it was given one.
  Access access();
  Counters counters() const;
  /// Closes all sessions and lets none begin.
  void stop();

 private:
  friend class Access;
  friend class WebSocketEndpoint;
  friend class WebSocketCheck;
  using Reply = std::function<void(const drogon::HttpResponsePtr&)>;

  struct WebSocketLink {
    drogon::WebSocketConnectionPtr connection;
    std::optional<HeldConnection> held;
    std::uint64_t read_at_last_message = 0;
  };
  struct Entry {
    Entry(std::string id, EngineSession::Transport transport, const EngineOptions& options, MonotonicTime now)
        : session(std::move(id), transport, options, now) {}
    EngineSession session;
    Reply poll_reply;  ///< of the GET that waits
    std::optional<HeldConnection> poll_connection;
    std::optional<WebSocketLink> websocket;
    std::optional<WebSocketLink> probe;
    bool gone = false;
  };
  using EntryPtr = std::shared_ptr<Entry>;

  void answer(const drogon::HttpRequestPtr& request, const Reply& reply);
  void answer_poll(Access& access, const EntryPtr& entry, const drogon::HttpRequestPtr& request, const Reply& reply);
  drogon::HttpResponsePtr check_websocket(const drogon::HttpRequestPtr& request);
  void websocket_opened(const drogon::HttpRequestPtr& request, const drogon::WebSocketConnectionPtr& connection);
  void websocket_message(const drogon::WebSocketConnectionPtr& connection, std::string message,
                         drogon::WebSocketMessageType type);
  void websocket_closed(const drogon::WebSocketConnectionPtr& connection);

  EntryPtr open_session(Access& access, const drogon::HttpRequestPtr& request, EngineSession::Transport transport);
  EntryPtr find(const std::string& id) const;
  void perform(Access& access, const EntryPtr& entry);
  void reply_to_poll(Entry& entry, const EngineOutput::Reply& answer);
  void end(Access& access, const EntryPtr& entry, CloseReason reason);
  void close_websocket(std::optional<WebSocketLink>& link, CloseReason reason);
  void check_connections(Entry& entry);
  void tick(MonotonicTime now);
  void keep_time(const std::stop_token& stop);

  const Options options_;
  Listener& listener_;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, EntryPtr> sessions_;
  std::vector<std::pair<MonotonicTime, drogon::WebSocketConnectionPtr>> closing_;
  std::map<std::string, std::uint64_t> closed_by_reason_;
  std::uint64_t dropped_by_closed_ = 0;
  std::uint64_t ticks_ = 0;
  bool stopped_ = false;
  std::shared_ptr<struct EngineGateway> gateway_;
  std::jthread timer_;
};

/// The lock, and what may be done under it.
class EngineServer::Access {
 public:
  /// Nothing happens for a session that is over.
  void send(const std::string& session, OutPacketPtr packet);
  void send_latest(const std::string& session, const std::string& stream, OutPacketPtr packet, NextFrame next_frame);
  void confirm(const std::string& session, const std::string& stream);
  void drop_stream(const std::string& session, const std::string& stream);
  void close(const std::string& session, CloseReason reason);

 private:
  friend class EngineServer;
  explicit Access(EngineServer& server) : server_(server), lock_(server.mutex_) {}
  EngineServer& server_;
  std::unique_lock<std::mutex> lock_;
};

}  // namespace hadir
