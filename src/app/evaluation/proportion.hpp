#pragma once
#include <cstddef>

namespace hadir {

/// A share with its two-sided 95 % confidence bounds, all 0..1.
struct Proportion {
  double value = 0;
  double low = 0;
  double high = 1;
};

/// `hits` of `trials` with the exact bounds of Clopper and Pearson (Biometrika 1934); no trials: 0 in [0, 1].
/// They hold for independent trials: several photos of one person are not quite that.
Proportion proportion(std::size_t hits, std::size_t trials);

}  // namespace hadir
