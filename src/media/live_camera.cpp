#include "media/live_camera.hpp"

#include <mutex>
#include <utility>

#include "media/address.hpp"
#include "media/file_source.hpp"
#include "media/gst_source.hpp"
#include "media/stream_reader.hpp"

namespace hadir {
namespace {

bool is_file(const std::string& url) {
  const auto address = parse_video_address(url);
  return address && address->kind == VideoKind::file;
}

StreamReader::Open opener(const LiveCameraOptions& options, const std::string& url) {
  StreamOptions stream;
  stream.wanted_fps = options.wanted_fps;
  stream.deblock = options.deblock;
  stream.rtsp_protocol = options.stream.rtsp_protocol;
  stream.open_timeout_sec = options.stream.open_timeout_sec;
  stream.read_timeout_sec = options.stream.read_timeout_sec;
  const auto address = parse_video_address(url);
  const bool by_gstreamer =
      options.stream.use_gstreamer_rtsp && gstreamer_is_built() && address && address->kind == VideoKind::rtsp;
  const int latency_ms = options.stream.gst_latency_ms;
  return [url, stream, by_gstreamer, latency_ms](std::stop_token stop) -> Result<std::unique_ptr<FrameSource>> {
    StreamOptions with_stop = stream;
    with_stop.stop = std::move(stop);
    if (by_gstreamer) return open_gstreamer(url, with_stop, latency_ms);
    return open_video(url, with_stop);
  };
}

StreamReader::Options reader_options(const LiveCameraOptions& options, const std::string& url,
                                     const std::string& name) {
  StreamReader::Options reader;
  reader.name = name;
  reader.open = opener(options, url);
  reader.is_file = is_file(url);
  reader.paced = reader.is_file && options.stream.real_time;
  reader.loop = options.stream.loop;
  reader.first_pause = options.first_pause;
  reader.longest_pause = options.longest_pause;
  reader.frame_ready = options.frame_ready;
  return reader;
}

class SingleStreamCamera final : public LiveCamera {
 public:
  SingleStreamCamera(const LiveCameraOptions& options, const Clock& clock, LogLine log)
      : reader_(reader_options(options, options.url, options.id), origin_, clock, std::move(log)) {}

  std::optional<Frame> take() override { return reader_.take(); }
  CameraStatus status() const override { return reader_.status(); }
  void request_stop() override { reader_.request_stop(); }

 private:
  PtsOrigin origin_;
  StreamReader reader_;
};

/// Detection on the sub-stream, crops from the main stream, and either one alone while the other is gone.
class TwoStreamCamera final : public LiveCamera {
 public:
  TwoStreamCamera(const LiveCameraOptions& options, const Clock& clock, const LogLine& log)
      : main_(reader_options(options, options.url, options.id), origin_, clock, log),
        detect_(reader_options(options, options.detect_url, options.id + " detection stream"), origin_, clock, log) {}
  ~TwoStreamCamera() override { request_stop(); }

  std::optional<Frame> take() override {
    auto frame = detect_.online() ? detect_.take() : main_.take();
    if (!frame) return frame;
    // The two streams' clocks differ a little; what is handed out grows all the same when one takes over.
    const std::lock_guard lock(mutex_);
    if (last_pts_) frame->pts = std::max(frame->pts, *last_pts_ + Millis(1));
    last_pts_ = frame->pts;
    return frame;
  }

  std::optional<Frame> main_frame() const override {
    if (!detect_.online() || !main_.online()) return std::nullopt;
    return main_.newest();
  }

  CameraStatus status() const override {
    const CameraStatus main = main_.status();
    const CameraStatus detect = detect_.status();
    CameraStatus status = detect.state == CameraState::online ? detect : main;
    if (main.state == CameraState::online) {
      status.size = main.size;
      status.codec = main.codec;
      if (detect.state == CameraState::offline) status.reason = "detection stream: " + detect.reason;
    } else if (detect.state == CameraState::online && main.state == CameraState::offline) {
      status.reason = "main stream: " + main.reason;
    }
    status.frames_decoded = main.frames_decoded + detect.frames_decoded;
    status.reconnects = main.reconnects + detect.reconnects;
    return status;
  }

  void request_stop() override {
    main_.request_stop();
    detect_.request_stop();
  }

 private:
  PtsOrigin origin_;
  std::mutex mutex_;
  std::optional<Millis> last_pts_;
  StreamReader main_;
  StreamReader detect_;
};

}  // namespace

LiveCameraOptions live_camera_options(const CameraSettings& camera) {
  LiveCameraOptions options;
  options.id = camera.id;
  options.url = camera.url;
  options.detect_url = camera.detect_url;
  options.stream = camera.stream;
  options.wanted_fps = camera.analysis.fps_target / (1 + camera.analysis.frame_skip);
  return options;
}

std::unique_ptr<LiveCamera> make_live_camera(LiveCameraOptions options, const Clock& clock, LogLine log) {
  if (options.stream.use_gstreamer_rtsp && !gstreamer_is_built() && log)
    log(LogLevel::warning, options.id +
                               ": use_gstreamer_rtsp is set, but this hadir was built without GStreamer; "
                               "libav reads the stream");
  if (options.detect_url.empty()) return std::make_unique<SingleStreamCamera>(options, clock, std::move(log));
  return std::make_unique<TwoStreamCamera>(options, clock, log);
}

}  // namespace hadir
