#pragma once
#include <optional>
#include <span>

#include "core/settings.hpp"
#include "core/tracking/motion_gate.hpp"
#include "core/tracking/tracker.hpp"

namespace hadir {

/// What to look for faces in.
struct DetectionPlan {
  Size input;                  ///< network input
  std::optional<Rect> region;  ///< empty: the whole frame
  bool full = true;            ///< at full detail over the whole frame: also finds new small faces
};

/// Decides for each analysed frame whether and how to detect. With nothing moving and nobody followed: at the idle rate.
/// Otherwise a full scan at least every half second and whenever nobody is followed; in between only the surroundings of
/// the faces already followed, at the coarsest scale that still shows them well. Large faces entering in between are
/// found at once when motion outside the followed surroundings calls for a full scan. Belongs to one thread at a time.
class DetectionPlanner {
 public:
  /// Empty: skip this frame.
  std::optional<DetectionPlan> plan(const MotionGate::Motion& motion, std::span<const Track> tracks, Millis pts,
                                    Size frame, const AnalysisSettings& settings);

 private:
  std::optional<Millis> last_full_;
  std::optional<Millis> last_any_;
};

}  // namespace hadir
