#pragma once
#include <bitset>
#include <cstdint>
#include <span>
#include <vector>

#include "core/frame.hpp"

namespace hadir {

/// Compares each frame's luma, averaged over a grid of cells, with the frame before: cell by cell for motion, and as a
/// whole (correlation, so that a dark scene counts like a bright one) for cuts. Belongs to one thread at a time. Cost:
/// a fixed number of samples a frame (about 37 000), whatever the frame's size.
class MotionGate {
 public:
  static constexpr int columns = 64;
  static constexpr int rows = 36;
  struct Motion {
    double changed_cells =
        1;                   ///< share of cells whose mean luma moved by more than the noise, 0..1; 1 for a first frame
    double likeness = 0;     ///< correlation of the cells' means with the frame before, -1..1, blind to light
    bool scene_cut = false;  ///< the picture is another one: another shot, a moved camera
    std::bitset<static_cast<std::size_t>(columns) * rows> changed;  ///< the cells, row by row
    /// The share of all cells that changed and whose centre lies in none of these parts of a frame of that size.
    double changed_outside(std::span<const Rect> parts, Size frame) const;
  };
  Motion update(const Frame& frame);

 private:
  std::vector<std::uint8_t> cells_;
  Size size_;
};

}  // namespace hadir
