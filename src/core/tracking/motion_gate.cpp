#include "core/tracking/motion_gate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace hadir {
namespace {

constexpr int columns = MotionGate::columns;
constexpr int rows = MotionGate::rows;
constexpr int samples = 4;            // per cell and direction
constexpr int noise = 6;              // luma steps a cell's mean may move without anything having moved
constexpr double cut_likeness = 0.7;  // two pictures of one scene an instant apart are more alike than this ...
constexpr double cut_share = 0.3;     // ... or differ in fewer cells than this

/// Pearson's correlation; 1 when both are flat, 0 when one is.
double correlation(const std::vector<std::uint8_t>& a, const std::vector<std::uint8_t>& b) {
  double sum_a = 0, sum_b = 0, sum_aa = 0, sum_bb = 0, sum_ab = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double x = a[i];
    const double y = b[i];
    sum_a += x;
    sum_b += y;
    sum_aa += x * x;
    sum_bb += y * y;
    sum_ab += x * y;
  }
  const auto n = static_cast<double>(a.size());
  const double variance_a = sum_aa - sum_a * sum_a / n;
  const double variance_b = sum_bb - sum_b * sum_b / n;
  if (variance_a < n && variance_b < n) return 1;  // less than one step of luma
  if (variance_a < n || variance_b < n) return 0;
  return (sum_ab - sum_a * sum_b / n) / std::sqrt(variance_a * variance_b);
}

std::vector<std::uint8_t> cell_means(const Frame& frame) {
  std::vector<std::uint8_t> means(static_cast<std::size_t>(columns) * rows);
  const Plane& luma = frame.planes[0];
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      int sum = 0;
      for (int sy = 0; sy < samples; ++sy) {
        const int y = (row * samples + sy) * frame.height / (rows * samples);
        const std::uint8_t* line = luma.data + y * luma.stride;
        for (int sx = 0; sx < samples; ++sx) sum += line[(column * samples + sx) * frame.width / (columns * samples)];
      }
      means[static_cast<std::size_t>(row * columns + column)] = static_cast<std::uint8_t>(sum / (samples * samples));
    }
  }
  return means;
}

}  // namespace

double MotionGate::Motion::changed_outside(std::span<const Rect> parts, Size frame) const {
  int outside = 0;
  for (int row = 0; row < rows; ++row) {
    const float y = (static_cast<float>(row) + 0.5F) * static_cast<float>(frame.height) / rows;
    for (int column = 0; column < columns; ++column) {
      if (!changed[static_cast<std::size_t>(row * columns + column)]) continue;
      const float x = (static_cast<float>(column) + 0.5F) * static_cast<float>(frame.width) / columns;
      const auto holds = [&](const Rect& part) {
        return x >= part.x && x < part.right() && y >= part.y && y < part.bottom();
      };
      outside += std::ranges::none_of(parts, holds);
    }
  }
  return static_cast<double>(outside) / static_cast<double>(columns * rows);
}

MotionGate::Motion MotionGate::update(const Frame& frame) {
  auto means = cell_means(frame);
  Motion motion;
  if (frame.size() == size_) {
    int changed = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
      const int step = std::abs(static_cast<int>(means[i]) - static_cast<int>(cells_[i]));
      motion.changed[i] = step > noise;
      changed += step > noise;
    }
    motion.changed_cells = static_cast<double>(changed) / static_cast<double>(means.size());
    motion.likeness = correlation(means, cells_);
    motion.scene_cut = motion.likeness < cut_likeness && motion.changed_cells > cut_share;
  } else {
    motion.scene_cut = true;
    motion.changed.set();
  }
  cells_ = std::move(means);
  size_ = frame.size();
  return motion;
}

}  // namespace hadir
