#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>
#include <drogon/WebSocketConnection.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/facts/fact_feed.hpp"
#include "web/access_gate.hpp"
#include "web/live/attendance_endpoint.hpp"
#include "web/live/attendance_history.hpp"
#include "web/live/attendance_limits.hpp"
#include "web/live/attendance_words.hpp"
#include "web/realtime/engine_server.hpp"
#include "web/realtime/held_connection.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// The plain WebSocket /api/v1/attendance/ws/{client_id}: who checked in and out, for programs that want nothing else.
/// Messages, and what a client may say, are in docs/live.md.
///
/// Threads: the network's hand over what clients say; a thread of its own reads the database, decides who hears what
/// and keeps the last messages for those who come back. One mutex over the clients; nothing under it waits.
class AttendanceSocket {
 public:
  /// `pages` says which pages may connect. All of it outlives this. Before the framework runs, once in a process.
  AttendanceSocket(const WebServices& services, AccessGate& gate, WorkerPool& pool, EngineServer::Options pages,
                   const AttendanceLimits& limits);
  ~AttendanceSocket();
  AttendanceSocket(const AttendanceSocket&) = delete;
  AttendanceSocket& operator=(const AttendanceSocket&) = delete;
  /// Puts everybody out and lets nobody in.
  void stop();

  /// Why a WebSocket is refused, or nullptr. On a worker: reads the database.
  drogon::HttpResponsePtr admit(const drogon::HttpRequestPtr& request);
  void opened(const drogon::HttpRequestPtr& request, const drogon::WebSocketConnectionPtr& connection);
  void received(const drogon::WebSocketConnectionPtr& connection, std::string message,
                drogon::WebSocketMessageType type);
  void closed(const drogon::WebSocketConnectionPtr& connection);

  std::size_t client_count() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Visitor {
    std::string client_id;
    ShownSecret shown;
    Principal principal;
    AttendanceWish wish;
  };
  struct Client {
    drogon::WebSocketConnectionPtr connection;
    std::optional<HeldConnection> held;      // under mutex_
    std::uint64_t read_at_last_message = 0;  // under mutex_
    PacedOutbox outbox;                      // under mutex_
    std::size_t asked = 0;                   // under mutex_
    Time pinged{};                           // under mutex_
    Visitor visitor;                         // the thread's, once it has begun
    bool begun = false;                      // the thread's
  };
  using ClientPtr = std::shared_ptr<Client>;
  struct Asked {
    ClientPtr client;
    std::optional<std::string> message;  ///< nothing: the client is new
  };
  struct LastTold {
    bool checked_in = false;
    std::optional<Instant> check_in;
    std::optional<Instant> check_out;  ///< of an event
  };

  Result<AttendanceWish> checked(const Principal& caller, AttendanceWish wish, const std::string& person) const;
  void take(const RecordedFacts& facts);

  void run(const std::stop_token& stop);
  void tell(const RecordedFacts& facts);
  void tell_person(const Person& person, const AttendanceDay& day, const AttendanceChange* change);
  void tell_one(AttendanceTold told);
  void tell_loss(const std::string& why);
  void answer(const Asked& asked);
  void understand(const ClientPtr& client, const std::string& message);
  void begin(const ClientPtr& client, const AttendanceJson& first);
  void catch_up(const ClientPtr& client);
  bool hears(const Visitor& visitor, const AttendanceTold& told) const;
  void tick(Time now);
  void check_callers();

  std::vector<ClientPtr> clients() const;
  void put(const ClientPtr& client, std::shared_ptr<const std::string> text);
  void flush(Client& client, bool with_ping);                                            // under mutex_
  void end(const ClientPtr& client, drogon::CloseCode code, const std::string& reason);  // under mutex_

  const WebServices& services_;
  AccessGate& gate_;
  const EngineServer::Options pages_;
  const AttendanceLimits limits_;
  const AttendanceWords words_;
  AttendanceHistory history_;               // the thread's
  std::map<PersonId, LastTold> last_told_;  // the thread's
  Time callers_checked_;                    // the thread's

  mutable std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::map<drogon::WebSocketConnectionPtr, ClientPtr> clients_;           // under mutex_
  std::deque<RecordedFacts> facts_;                                       // under mutex_
  std::deque<Asked> asked_;                                               // under mutex_
  bool lost_facts_ = false;                                               // under mutex_
  bool stopped_ = false;                                                  // under mutex_
  std::vector<std::pair<Time, drogon::WebSocketConnectionPtr>> closing_;  // under mutex_
  std::shared_ptr<AttendanceGateway> gateway_;
  std::optional<FactFeed::Subscription> feed_;
  std::jthread thread_;
};

}  // namespace hadir
