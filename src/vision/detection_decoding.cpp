#include "vision/detection_decoding.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace hadir {
namespace {

constexpr int scrfd_anchors = 2;

Landmarks landmarks_at(const float* values, float x, float y, float stride) {
  Landmarks points;
  for (std::size_t j = 0; j < points.size(); ++j)
    points[j] = {x + values[2 * j] * stride, y + values[2 * j + 1] * stride};
  return points;
}

bool is_finite(const Rect& box) {
  return std::isfinite(box.x) && std::isfinite(box.y) && std::isfinite(box.width) && std::isfinite(box.height);
}

}  // namespace

void decode_yunet(const LevelOutputs& level, float minimum_score, std::vector<Detection>& faces) {
  const float s = static_cast<float>(level.stride);
  const float minimum_product = minimum_score * minimum_score;
  for (int i = 0; i < level.cells_x * level.cells_y; ++i) {
    const float product = std::clamp(level.score[i], 0.F, 1.F) * std::clamp(level.objectness[i], 0.F, 1.F);
    if (!(product >= minimum_product)) continue;
    const float x = static_cast<float>(i % level.cells_x) * s;
    const float y = static_cast<float>(i / level.cells_x) * s;
    const float* box = &level.boxes[4UL * i];
    const float width = std::exp(box[2]) * s;
    const float height = std::exp(box[3]) * s;
    const Rect rect{x + box[0] * s - width / 2, y + box[1] * s - height / 2, width, height};
    if (is_finite(rect)) faces.push_back({rect, landmarks_at(&level.landmarks[10UL * i], x, y, s), std::sqrt(product)});
  }
}

void decode_scrfd(const LevelOutputs& level, float minimum_score, std::vector<Detection>& faces) {
  const float s = static_cast<float>(level.stride);
  for (int i = 0; i < scrfd_anchors * level.cells_x * level.cells_y; ++i) {
    if (!(level.score[i] >= minimum_score)) continue;
    const int cell = i / scrfd_anchors;
    const float x = static_cast<float>(cell % level.cells_x) * s;
    const float y = static_cast<float>(cell / level.cells_x) * s;
    const float* d = &level.boxes[4UL * i];
    const Rect rect{x - d[0] * s, y - d[1] * s, (d[0] + d[2]) * s, (d[1] + d[3]) * s};
    if (is_finite(rect)) faces.push_back({rect, landmarks_at(&level.landmarks[10UL * i], x, y, s), level.score[i]});
  }
}

std::vector<Detection> suppress_overlaps(std::vector<Detection> faces, float maximum_iou) {
  std::ranges::sort(faces, [](const Detection& a, const Detection& b) {
    return std::tuple(-a.score, a.box.y, a.box.x) < std::tuple(-b.score, b.box.y, b.box.x);
  });
  std::vector<Detection> kept;
  for (const auto& face : faces) {
    const auto overlaps = [&](const Detection& better) { return iou(better.box, face.box) > maximum_iou; };
    if (std::ranges::none_of(kept, overlaps)) kept.push_back(face);
  }
  return kept;
}

}  // namespace hadir
