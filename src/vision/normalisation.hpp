#pragma once
#include <array>

namespace hadir {

enum class ColourOrder { bgr = 1, rgb };

/// What one channel value 0..255 becomes in a network's input: (value - mean) * scale.
struct Normalisation {
  std::array<float, 3> mean{0, 0, 0};  ///< in the order of `colour`
  std::array<float, 3> scale{1, 1, 1};
  ColourOrder colour = ColourOrder::bgr;
};

}  // namespace hadir
