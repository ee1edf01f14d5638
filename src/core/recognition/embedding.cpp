#include "core/recognition/embedding.hpp"

#include <cmath>
#include <numeric>

namespace hadir {

Result<Embedding> Embedding::normalised(std::span<const float> raw) {
  const float norm = std::sqrt(std::inner_product(raw.begin(), raw.end(), raw.begin(), 0.0F));
  if (!(std::isfinite(norm) && norm > 0.0F)) return fail(ErrorKind::corrupted, "embedding has no direction");
  std::vector<float> unit(raw.begin(), raw.end());
  for (float& value : unit) value /= norm;
  return Embedding(std::move(unit));
}

Result<Embedding> Embedding::raw(std::span<const float> values) {
  for (const float value : values)
    if (!std::isfinite(value)) return fail(ErrorKind::corrupted, "embedding has a value that is not finite");
  return Embedding(std::vector<float>(values.begin(), values.end()));
}

float similarity(Metric metric, const Embedding& a, const Embedding& b) {
  const auto x = a.values();
  const auto y = b.values();
  if (metric == Metric::cosine) return std::inner_product(x.begin(), x.end(), y.begin(), 0.0F);
  float squared = 0;
  for (std::size_t i = 0; i < x.size(); ++i) squared += (x[i] - y[i]) * (x[i] - y[i]);
  return 1.0F - std::sqrt(squared);
}

Result<Embedding> fuse(Metric metric, std::span<const Embedding> embeddings, std::span<const float> weights) {
  if (embeddings.empty() || embeddings.size() != weights.size())
    return fail(ErrorKind::invalid_input, "fusing needs as many weights as embeddings, and at least one");
  std::vector<float> sum(embeddings.front().dimensions(), 0.0F);
  float total = 0;
  for (std::size_t e = 0; e < embeddings.size(); ++e) {
    const auto values = embeddings[e].values();
    if (values.size() != sum.size()) return fail(ErrorKind::invalid_input, "embeddings of different sizes");
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += weights[e] * values[i];
    total += weights[e];
  }
  if (metric == Metric::cosine) return Embedding::normalised(sum);
  for (float& value : sum) value /= total;
  return Embedding::raw(sum);
}

}  // namespace hadir
