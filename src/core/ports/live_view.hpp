#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/frame.hpp"
#include "core/ids.hpp"
#include "core/ports/frame_source.hpp"

namespace hadir {

enum class OverlayKind { known = 1, unknown, undecided };

/// A live track as a viewer sees it.
struct Overlay {
  TrackId track = 0;
  Rect box;
  OverlayKind kind = OverlayKind::undecided;
  std::optional<PersonId> person;
  std::string label;  ///< the person's name, "Unknown", or ""
  float confidence = 0;
};

/// The newest analysed frame of a camera with its live tracks.
struct LiveFrame {
  Frame frame;
  std::vector<Overlay> overlays;
  std::uint64_t number = 0;  ///< grows by one with each analysed frame of the camera
};

/// Counters of one stage since the start: in = handled or refused, out = passed on, dropped = refused on purpose.
struct StageCounters {
  std::string
      stage;  ///< "decode", "motion", "detect", "track", "quality", "embed", "liveness", "match", "vote", "emit"
  std::uint64_t in = 0;
  std::uint64_t out = 0;
  std::uint64_t dropped = 0;
  double milliseconds = 0;  ///< CPU time spent
};

/// What runs now, for pages, streams, metrics and health. All calls are safe from any thread and cheap.
class LiveView {
 public:
  virtual ~LiveView() = default;
  virtual std::vector<CameraId> cameras() const = 0;
  virtual std::optional<CameraStatus> status(const CameraId& camera) const = 0;
  /// nullptr before the first analysed frame.
  virtual std::shared_ptr<const LiveFrame> latest(const CameraId& camera) const = 0;
  virtual std::vector<StageCounters> counters() const = 0;
};

/// Draws boxes and names on a copy of the frame, scaled down to `max_width`. Thread-safe.
class Annotator {
 public:
  virtual ~Annotator() = default;
  virtual Frame draw(const Frame& frame, const std::vector<Overlay>& overlays, int max_width) const = 0;
};

/// One line of /healthz: a part that is well, or degraded with the reason.
struct HealthItem {
  std::string part;
  bool ok = true;
  std::string reason;
};

}  // namespace hadir
