#pragma once
#include <functional>
#include <memory>
#include <string>

#include "core/ports/frame_source.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

namespace hadir {

enum class LogLevel { info = 1, warning };
/// Takes one line, without credentials. Called from a camera's threads: only when its state or its reason changes.
using LogLine = std::function<void(LogLevel level, const std::string& line)>;

struct LiveCameraOptions {
  std::string id;  ///< "CAM1": how log lines begin
  std::string url;
  std::string detect_url;  ///< optional sub-stream for detection
  StreamSettings stream;
  double wanted_fps = 0;  ///< frames a second for the slot; 0: every frame
  bool deblock = true;    ///< see StreamOptions
  /// Optional: called on a camera's thread when take() has something; must not block.
  std::function<void()> frame_ready;
  Millis first_pause{500};  ///< before connecting again; doubled with each failure
  /// With the time to connect a camera is back within 10 s of its network.
  Millis longest_pause{6'000};
};

/// What a camera's configuration asks for: its rate is fps_target / (1 + frame_skip).
LiveCameraOptions live_camera_options(const CameraSettings& camera);

/// A camera (RTSP, HTTP, V4L2) or a file that stands for one: plays at its own pace (`real_time`) and again from the
/// start when asked (`loop`), its pts growing on. One thread a stream. It keeps itself connected: after a failure it
/// waits `first_pause`, doubled each time up to `longest_pause`, less up to a quarter at random; a wrong password or
/// path waits longest at once, because cameras lock out who asks often. pts count from the camera's first frame over
/// all its connections and grow with every frame; captured_at is `clock` time. `clock` and what `log` uses must outlive
/// the camera.
std::unique_ptr<LiveCamera> make_live_camera(LiveCameraOptions options, const Clock& clock, LogLine log);

}  // namespace hadir
