#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "core/recognition/embedding.hpp"

namespace hadir {

/// Median of the similarities of `probe` to `others`, which must not be empty.
float median_similarity(Metric metric, const Embedding& probe, std::span<const Embedding> others);

/// Which of one person's embeddings are of somebody else, ascending.
///
/// With `trusted` > 0 the first ones are known to be the person's: every other is out whose median similarity to those
/// is below `threshold` (the pack's for 1:1). With none, the embeddings judge each other: while any has a median
/// similarity to the rest below `threshold`, the least similar one is taken out; of equals the last. One alone is never
/// an outlier.
std::vector<std::size_t> outliers(Metric metric, std::span<const Embedding> embeddings, float threshold,
                                  std::size_t trusted = 0);

}  // namespace hadir
