#include "core/recognition/outliers.hpp"

#include <algorithm>
#include <numeric>

namespace hadir {

float median_similarity(Metric metric, const Embedding& probe, std::span<const Embedding> others) {
  std::vector<float> similarities;
  for (const auto& other : others) similarities.push_back(similarity(metric, probe, other));
  std::ranges::sort(similarities);
  const auto middle = similarities.size() / 2;
  return similarities.size() % 2 == 1 ? similarities[middle] : (similarities[middle - 1] + similarities[middle]) / 2;
}

std::vector<std::size_t> outliers(Metric metric, std::span<const Embedding> embeddings, float threshold,
                                  std::size_t trusted) {
  std::vector<std::size_t> out;
  if (trusted > 0) {
    for (std::size_t i = trusted; i < embeddings.size(); ++i)
      if (median_similarity(metric, embeddings[i], embeddings.first(trusted)) < threshold) out.push_back(i);
    return out;
  }
  std::vector<std::size_t> kept(embeddings.size());
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  while (kept.size() > 1) {
    std::size_t worst = 0;
    float least = 2;
    for (std::size_t k = 0; k < kept.size(); ++k) {
      std::vector<Embedding> others;
      for (const auto other : kept)
        if (other != kept[k]) others.push_back(embeddings[other]);
      const float median = median_similarity(metric, embeddings[kept[k]], others);
      if (median > least) continue;
      least = median;
      worst = k;
    }
    if (least >= threshold) break;
    out.push_back(kept[worst]);
    kept.erase(kept.begin() + static_cast<std::ptrdiff_t>(worst));
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace hadir
