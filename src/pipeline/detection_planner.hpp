#pragma once
#include <optional>
#include <span>
#include <vector>

#include "core/settings.hpp"
#include "core/tracking/motion_gate.hpp"
#include "core/tracking/tracker.hpp"

namespace hadir {

/// One run of the detector.
struct DetectionRun {
  Size input;                  ///< network input
  std::optional<Rect> region;  ///< empty: the whole frame
};

/// What to look for faces in.
struct DetectionPlan {
  std::vector<DetectionRun> runs;
  bool full = true;  ///< one run at full detail over the whole frame: also finds new small faces
};

/// The network input of a full scan: `detection_size` where it is set. Otherwise half the frame's sides, so that a face
/// of 32 pixels, the smallest that is compared, has the 16 pixels the detector wants; at least 640x384, which small
/// frames fit into whole, and at most 1280x736, whose cost four cameras of a core can still bear.
Size detection_input(const AnalysisSettings& settings, Size frame);

/// Decides for each analysed frame whether and where to detect. With nothing moving and nobody followed: at the idle
/// rate. Otherwise a full scan whenever nobody is followed, some twice a second while something moves away from the
/// people followed, and every one and a half seconds in any case. In between only the surroundings of each followed
/// face are looked at, at a scale that shows the face well: a hundredth of the pixels, and better landmarks for a small
/// face. Belongs to one thread at a time.
class DetectionPlanner {
 public:
  /// Empty: skip this frame.
  std::optional<DetectionPlan> plan(const MotionGate::Motion& motion, std::span<const Track> tracks, Millis pts,
                                    Size frame, const AnalysisSettings& settings);

 private:
  bool full_scan_due(const MotionGate::Motion& motion, std::span<const Track> tracks, Millis pts, Size frame,
                     const AnalysisSettings& settings) const;

  std::optional<Millis> last_full_;
};

}  // namespace hadir
