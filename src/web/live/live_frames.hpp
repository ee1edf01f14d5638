#pragma once
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "web/realtime/socket_server.hpp"

namespace hadir {

/// Sends the analysed frames of cameras to those who watch them: a JPEG without
/// anything drawn on it, and the boxes and names beside it as data. A frame is
/// encoded once for all, and not at all while nobody watches its camera. A slow
/// client gets fewer frames. All calls are safe from any thread.
class LiveFrames {
 public:
  struct Options {
    int max_width = 720;
    int jpeg_quality = 80;
  };
  LiveFrames(const LiveView& live, const JpegEncoder& jpeg, SocketServer& sockets, Options options);
  ~LiveFrames() { stop(); }
  void stop();

  /// `event`: "frame" or "video_frame".
  void add(const SocketId& socket, const CameraId& camera, const std::string& event);
  /// False when the socket did not watch that camera.
  bool remove(const SocketId& socket, const CameraId& camera);
  /// The cameras it watched.
  std::vector<CameraId> remove_all(const SocketId& socket);

 private:
  using Viewers = std::map<SocketId, std::string>;  ///< with the event they want

  void run(const std::stop_token& stop);
  void send(const CameraId& camera, const Viewers& viewers, std::uint64_t& last);

  const LiveView& live_;
  const JpegEncoder& jpeg_;
  SocketServer& sockets_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::map<CameraId, Viewers> watched_;  // under mutex_
  std::jthread thread_;
};

}  // namespace hadir
