#pragma once
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "web/connection_takeover.hpp"
#include "web/live_viewer.hpp"

namespace hadir {

/// Sends MJPEG (multipart/x-mixed-replace) to viewers, on one thread of its own. Each analysed frame of a camera is
/// drawn and encoded once for all its viewers, and not at all when nobody watches or nobody has taken the last one. A
/// viewer has at most one frame under way, then gets the newest: a slow one sees fewer frames and holds nobody up; one
/// that takes nothing for 20 s is closed. All calls are safe from any thread.
class LiveStreams {
 public:
  struct Options {
    std::size_t max_viewers = 32;
    int max_width = 720;
    int jpeg_quality = 80;
    std::map<CameraId, int> annotation_stride;  ///< boxes are renewed on every n-th frame; 1 when not named
  };
  LiveStreams(const LiveView& live, const Annotator& annotator, const JpegEncoder& jpeg, Options options);
  ~LiveStreams() { stop(); }

  /// Closes all streams and takes no more. Not to be called by two threads at once.
  void stop();

  /// Whether one more viewer is welcome; `unavailable` says how many there are.
  Status room() const;
  /// Streams the camera on that connection until the viewer leaves: reply headers first, then frames.
  void add(const CameraId& camera, OwnedSocket connection);

  std::size_t viewers() const;
  /// JPEGs made so far, over all cameras.
  std::uint64_t encoded() const;

 private:
  void run(const std::stop_token& stop);
  void take_newcomers();
  void make_frames();
  void send_frames();
  void wait_for_sockets();
  std::shared_ptr<const std::string> encode(const CameraId& camera, LiveChannel& channel, const LiveFrame& frame);

  const LiveView& live_;
  const Annotator& annotator_;
  const JpegEncoder& jpeg_;
  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable_any arrived_;
  std::vector<std::unique_ptr<LiveViewer>> newcomers_;  // under mutex_
  bool stopped_ = false;                                // under mutex_
  std::size_t viewer_count_ = 0;                        // under mutex_, newcomers included
  std::uint64_t encoded_ = 0;                           // under mutex_
  std::vector<std::unique_ptr<LiveViewer>> viewers_;    // the thread's own, like channels_
  std::map<CameraId, LiveChannel> channels_;
  std::jthread thread_;
};

}  // namespace hadir
