#pragma once
#include <cstdint>
#include <vector>

#include "core/frame.hpp"

namespace hadir {

/// Compares each frame's luma, averaged over a grid of cells, with the frame before. Belongs to one thread at a time.
/// Cost: a fixed number of samples a frame (about 37 000), whatever the frame's size.
class MotionGate {
 public:
  struct Motion {
    double changed_cells = 1;  ///< share of cells whose mean luma moved by more than the noise, 0..1; 1 for a first frame
    bool scene_cut = false;    ///< nearly everything changed at once: another shot, a moved camera, light switched
  };
  Motion update(const Frame& frame);

 private:
  std::vector<std::uint8_t> cells_;
  Size size_;
};

}  // namespace hadir
