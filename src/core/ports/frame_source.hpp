#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "core/error.hpp"
#include "core/frame.hpp"

namespace hadir {

/// Frames in decoding order, one after the other: a file read as fast as the caller wants, or a camera as it delivers.
/// Belongs to one thread at a time.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  /// The next frame; nothing at the end of the stream. `unavailable` when reading failed or timed out (message says
  /// why, without credentials). Returns soon after `stop` is requested (then: nothing).
  virtual Result<std::optional<Frame>> next(std::stop_token stop) = 0;
  /// What the stream claims: size, codec name, frames a second (0 when it does not say).
  struct Description {
    Size size;
    std::string codec;
    double fps = 0;
  };
  virtual Description description() const = 0;
};

enum class CameraState { connecting = 1, online, offline };

struct CameraStatus {
  CameraState state = CameraState::connecting;
  std::string reason;            ///< why it is offline, one sentence without credentials; while online empty, or what
                                 ///< is wrong with the one of its two streams that failed
  std::optional<Instant> since;  ///< when the state began
  Size size;
  std::string codec;
  double fps = 0;  ///< measured over the last seconds
  std::uint64_t frames_decoded = 0;
  std::uint64_t frames_dropped = 0;  ///< replaced in the slot before anybody took them
  std::uint64_t reconnects = 0;
};

/// A camera that keeps itself connected on a thread of its own and holds only its newest frame, so a slow consumer
/// makes frames drop, never latency grow. All calls are safe from any thread.
class LiveCamera {
 public:
  virtual ~LiveCamera() = default;
  /// Takes the newest frame if there is one not yet taken. With a sub-stream for detection it is the sub-stream's, and
  /// the main stream's while the sub-stream is gone: its size may change from one frame to the next.
  virtual std::optional<Frame> take() = 0;
  /// With a sub-stream for detection: the main stream's newest frame, in larger pixels and perhaps a moment apart, for
  /// alignment and pictures. Empty when there is no sub-stream or the main stream is gone.
  virtual std::optional<Frame> main_frame() const { return std::nullopt; }
  virtual CameraStatus status() const = 0;
  /// Asks its threads to end, without waiting, so that many cameras stop at once. Destruction waits for them: within 1
  /// s.
  virtual void request_stop() {}
};

}  // namespace hadir
