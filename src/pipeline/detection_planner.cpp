#include "pipeline/detection_planner.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

constexpr Millis full_scan_interval{500};
constexpr double shown_face_px = 40;    // width a followed face should have in the network's input
constexpr double surroundings = 2.2;    // a followed face is looked for in its box widened so much
constexpr int input_step = 64;          // network inputs come in steps, so that few shapes exist

int round_up(double value, int step) { return std::max(step, static_cast<int>(std::ceil(value / step)) * step); }

double full_scale(Size frame, const AnalysisSettings& settings) {
  return std::min({1.0, static_cast<double>(settings.detection_size.width) / frame.width,
                   static_cast<double>(settings.detection_size.height) / frame.height});
}

/// One region around everybody followed, at the scale the smallest of them needs.
DetectionPlan follow_plan(std::span<const Track> tracks, Millis pts, Size frame, const AnalysisSettings& settings) {
  float x0 = 1e9F, y0 = 1e9F, x1 = -1e9F, y1 = -1e9F, narrowest = 1e9F;
  for (const auto& track : tracks) {
    const Rect ahead = track.predicted(pts);
    const Point c = ahead.centre();
    const auto half = static_cast<float>(surroundings / 2) * std::max(ahead.width, ahead.height);
    x0 = std::min(x0, c.x - half);
    y0 = std::min(y0, c.y - half);
    x1 = std::max(x1, c.x + half);
    y1 = std::max(y1, c.y + half);
    narrowest = std::min(narrowest, ahead.width);
  }
  const Rect region = clamp_to({x0, y0, x1 - x0, y1 - y0}, frame);
  const double scale = std::min(full_scale(frame, settings), shown_face_px / std::max(8.0F, narrowest));
  return {{round_up(region.width * scale, input_step), round_up(region.height * scale, input_step)}, region, false};
}

}  // namespace

std::optional<DetectionPlan> DetectionPlanner::plan(const MotionGate::Motion& motion, std::span<const Track> tracks,
                                                    Millis pts, Size frame, const AnalysisSettings& settings) {
  const DetectionPlan full{settings.detection_size, std::nullopt, true};
  const bool moving = motion.scene_cut || motion.changed_cells >= settings.motion_threshold;
  if (!moving && tracks.empty()) {
    const Millis idle{static_cast<long long>(1000 / settings.idle_fps)};
    if (last_any_ && pts - *last_any_ < idle) return std::nullopt;
    last_any_ = last_full_ = pts;
    return full;
  }
  last_any_ = pts;
  if (tracks.empty() || motion.scene_cut || !last_full_ || pts - *last_full_ >= full_scan_interval) {
    last_full_ = pts;
    return full;
  }
  auto plan = follow_plan(tracks, pts, frame, settings);
  // A region that needs nearly the full input is better served by the full scan.
  const double cost = static_cast<double>(plan.input.width) * plan.input.height;
  if (cost > 0.7 * settings.detection_size.width * settings.detection_size.height || plan.region->area() <= 0) {
    last_full_ = pts;
    return full;
  }
  return plan;
}

}  // namespace hadir
