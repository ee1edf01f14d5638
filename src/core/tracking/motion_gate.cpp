#include "core/tracking/motion_gate.hpp"

#include <cstdlib>

namespace hadir {
namespace {

constexpr int columns = 64;
constexpr int rows = 36;
constexpr int samples = 4;           // per cell and direction
constexpr int noise = 6;             // luma steps a cell's mean may move without anything having moved
constexpr int cut_step = 18;         // a cell of another shot differs by more than this ...
constexpr double cut_share = 0.55;   // ... in more than this share of cells

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

MotionGate::Motion MotionGate::update(const Frame& frame) {
  auto means = cell_means(frame);
  Motion motion;
  if (frame.size() == size_) {
    int changed = 0;
    int cut = 0;
    for (std::size_t i = 0; i < means.size(); ++i) {
      const int step = std::abs(static_cast<int>(means[i]) - static_cast<int>(cells_[i]));
      changed += step > noise;
      cut += step > cut_step;
    }
    motion.changed_cells = static_cast<double>(changed) / static_cast<double>(means.size());
    motion.scene_cut = static_cast<double>(cut) > cut_share * static_cast<double>(means.size());
  } else {
    motion.scene_cut = true;
  }
  cells_ = std::move(means);
  size_ = frame.size();
  return motion;
}

}  // namespace hadir
