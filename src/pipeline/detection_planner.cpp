#include "pipeline/detection_planner.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

constexpr Millis busy_interval{600};    // between full scans while something moves that nobody follows
constexpr Millis quiet_interval{1500};  // ... and otherwise
constexpr double shown_face_px = 32;    // width a followed face should have in the network's input
constexpr double wider = 2.2;           // a followed face is looked for in its box widened ...
constexpr double higher = 1.9;          // ... and heightened so much
constexpr double body_width = 4.0;      // a person around a face, in face widths ...
constexpr double body_height = 8.0;     // ... from above the head to below the hip
constexpr double largest_scale = 2.0;   // small faces are enlarged up to this
constexpr Size least_input{640, 384};   // of a full scan whose size nobody set ...
constexpr Size most_input{1280, 736};
constexpr int input_step = 32;  // network inputs come in steps, so that few shapes exist

int round_up(double value) {
  return std::max(64, static_cast<int>(std::ceil(value / input_step)) * input_step);
}

double area(Size size) {
  return static_cast<double>(size.width) * size.height;
}

DetectionRun run_around(const Track& track, Millis pts, Size frame) {
  const Rect ahead = track.predicted(pts);
  const Point c = ahead.centre();
  // A face may have moved unforeseen since it was last seen: the longer ago, the wider the search.
  const double late = 1.0 + 0.15 * std::min(track.misses, 6);
  const auto width = static_cast<float>(wider * late) * ahead.width;
  const auto height = static_cast<float>(higher * late) * ahead.height;
  const Rect region = clamp_to({c.x - width / 2, c.y - height / 2, width, height}, frame);
  const double scale = std::min(largest_scale, shown_face_px / std::max(8.0F, ahead.width));
  return {{round_up(region.width * scale), round_up(region.height * scale)}, region};
}

Rect person_around(const Track& track) {
  const auto width = static_cast<float>(body_width) * track.box.width;
  const auto height = static_cast<float>(body_height) * track.box.width;
  return {track.box.centre().x - width / 2, track.box.y - track.box.height, width, height};
}

}  // namespace

Size detection_input(const AnalysisSettings& settings, Size frame) {
  if (settings.detection_size) return *settings.detection_size;
  return {std::clamp(round_up(frame.width / 2.0), least_input.width, most_input.width),
          std::clamp(round_up(frame.height / 2.0), least_input.height, most_input.height)};
}

bool DetectionPlanner::full_scan_due(const MotionGate::Motion& motion, std::span<const Track> tracks, Millis pts,
                                     Size frame, const AnalysisSettings& settings) const {
  if (tracks.empty() || motion.scene_cut || !last_full_) return true;
  const Millis since = pts - *last_full_;
  if (since >= quiet_interval) return true;
  if (since < busy_interval) return false;
  std::vector<Rect> people;
  for (const auto& track : tracks) people.push_back(person_around(track));
  return motion.changed_outside(people, frame) >= settings.motion_threshold;
}

std::optional<DetectionPlan> DetectionPlanner::plan(const MotionGate::Motion& motion, std::span<const Track> tracks,
                                                    Millis pts, Size frame, const AnalysisSettings& settings) {
  const bool moving = motion.scene_cut || motion.changed_cells >= settings.motion_threshold;
  if (!moving && tracks.empty()) {
    const Millis idle{static_cast<long long>(1000 / settings.idle_fps)};
    if (last_full_ && pts - *last_full_ < idle) return std::nullopt;
  } else if (!full_scan_due(motion, tracks, pts, frame, settings)) {
    DetectionPlan follow;
    follow.full = false;
    double cost = 0;
    for (const auto& track : tracks) {
      auto run = run_around(track, pts, frame);
      if (run.region->area() <= 0) continue;  // left the picture
      cost += area(run.input);
      follow.runs.push_back(run);
    }
    // Many faces are better served by one full scan.
    if (cost < 0.7 * area(detection_input(settings, frame))) return follow;
  }
  last_full_ = pts;
  return DetectionPlan{{{detection_input(settings, frame), std::nullopt}}, true};
}

}  // namespace hadir
