#pragma once
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/facts/fact_feed.hpp"
#include "web/access_gate.hpp"
#include "web/live/live_frames.hpp"
#include "web/realtime/socket_server.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// The live channel of the product: Socket.IO on /socket.io/, for the dashboard
/// and for other programs.
///
/// From the client: `start_stream {camera_id}`, `stop_stream {camera_id}`,
/// `switch_camera {camera_id}`; each is acknowledged with {ok} or {ok: false,
/// message}. To the client: `initial_data`, `frame` (of start_stream) and
/// `video_frame` (of switch_camera), `stream_error`, `stream_stopped`,
/// `ai_status`, `employee_detected`, `employee_status_update`,
/// `attendance_update`, `alert_log_created`, `alert_log_resolved`,
/// `notification`, `schedule_changed`, `camera_status`. docs/live.md describes
/// each. Everybody gets only what their permissions, cameras and departments
/// let them see, and is put out when what they showed no longer lets them in.
class LiveEvents {
 public:
  /// `services` and `gate` outlive it. Before the framework runs.
  LiveEvents(const WebServices& services, AccessGate& gate, SocketServer::Options options);
  ~LiveEvents();
  /// Puts everybody out and lets nobody in.
  void stop();

  SocketServer::Counters counters() const { return sockets_.counters(); }

 private:
  /// What a socket was let in as.
  struct Visitor {
    ShownSecret shown;
    Principal principal;
  };
  using VisitorPtr = std::shared_ptr<const Visitor>;
  using MaySee = std::function<bool(const Principal&)>;

  Result<std::any> let_in(const SocketHandshake& asked);
  void greet(const LiveSocket& socket);
  void answer(const LiveSocket& socket, const SocketEvent& event);
  void gone(const LiveSocket& socket);
  LiveJson start(const LiveSocket& socket, const std::string& camera, const std::string& event, bool alone);
  LiveJson end(const LiveSocket& socket, const std::string& camera);

  std::string site_name() const;
  LiveJson initial_data(const Principal& caller) const;
  LiveJson employee_json(const PresenceRow& row) const;
  LiveJson camera_words(const CameraId& camera) const;
  LiveJson ai_status() const;
  /// For the thread of the facts, which must not wait: the watch tells of them. Of too many the oldest are forgotten.
  void take(const RecordedFacts& facts);
  void tell_what_waits();
  void tell_sightings(const RecordedFacts& facts);
  void tell_alerts(const RecordedFacts& facts);
  /// To everybody who may see it.
  void send(const std::string& event, const LiveJson& data, const MaySee& may_see);
  std::optional<Person> person(const PersonId& id) const;

  void watch(const std::stop_token& stop);
  void tell_cameras();
  void put_out_who_may_no_more();

  const WebServices& services_;
  AccessGate& gate_;
  SocketServer sockets_;
  LiveFrames frames_;
  mutable std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::deque<RecordedFacts> waiting_;                             // under mutex_
  std::map<SocketId, VisitorPtr> visitors_;                       // under mutex_
  std::map<CameraId, std::pair<CameraState, std::string>> told_;  // the watch's own
  std::string told_ai_;                                           // the watch's own
  std::optional<FactFeed::Subscription> feed_;
  std::jthread watch_;
};

}  // namespace hadir
