#pragma once
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// Which model made an embedding: pack name and a digest of the weights. Embeddings of different models never compare.
struct ModelId {
  std::string name;
  std::string sha256;
  friend bool operator==(const ModelId&, const ModelId&) = default;
};

/// How two embeddings of a pack are compared. Whatever the metric, the rest of hadir sees a *similarity*: larger is
/// more alike. Cosine: the dot product, -1..1. Euclidean (dlib): 1 - distance.
enum class Metric { cosine = 1, euclidean };

/// A face as numbers. Under the cosine metric it has length 1.
class Embedding {
 public:
  Embedding() = default;
  /// Scales to length 1; `corrupted` when it has no direction (zero, NaN or infinite).
  static Result<Embedding> normalised(std::span<const float> raw);
  /// Keeps the values as they are (Euclidean packs); `corrupted` when any is not finite.
  static Result<Embedding> raw(std::span<const float> values);

  std::span<const float> values() const { return values_; }
  std::size_t dimensions() const { return values_.size(); }

 private:
  explicit Embedding(std::vector<float> values) : values_(std::move(values)) {}
  std::vector<float> values_;
};

/// Larger is more alike; see `Metric`. Both must have the same dimensions.
float similarity(Metric metric, const Embedding& a, const Embedding& b);

/// Direction of the weighted sum (cosine) or the weighted mean (Euclidean). Weights > 0, sizes equal and not empty.
Result<Embedding> fuse(Metric metric, std::span<const Embedding> embeddings, std::span<const float> weights);

}  // namespace hadir
