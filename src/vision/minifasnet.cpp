#include "vision/minifasnet.hpp"

#include <algorithm>
#include <cmath>

#include "vision/pixels.hpp"

namespace hadir {

Rect widened(const Rect& face, float scale, Size frame) {
  const float frame_width = static_cast<float>(frame.width);
  const float frame_height = static_cast<float>(frame.height);
  scale = std::min({scale, (frame_height - 1) / face.height, (frame_width - 1) / face.width});
  const float width = face.width * scale;
  const float height = face.height * scale;
  const Point centre = face.centre();
  return {std::clamp(centre.x - width / 2, 0.F, frame_width - 1 - width),
          std::clamp(centre.y - height / 2, 0.F, frame_height - 1 - height), width, height};
}

Result<float> MiniFasNet::live_probability(const Frame& frame, const Rect& face) {
  if (frame.width < 2 || frame.height < 2 || !(face.width >= 1) || !(face.height >= 1))
    return fail(ErrorKind::invalid_input, "liveness needs a frame and a face box of at least a pixel");
  if (networks_.empty()) {
    auto networks = open_();
    if (!networks) return std::unexpected(networks.error());
    networks_ = std::move(*networks);
  }
  float sum = 0;
  for (auto& network : networks_) {
    const auto probability = live_probability(network, frame, face);
    if (!probability) return probability;
    sum += *probability;
  }
  return sum / static_cast<float>(networks_.size());
}

Result<float> MiniFasNet::live_probability(Network& network, const Frame& frame, const Rect& face) {
  const Rect area = widened(face, network.crop_scale, frame.size());
  // Whole pixels, both ends included, as the original crops.
  const double x0 = std::floor(area.x), y0 = std::floor(area.y);
  const double sx = input_size_.width / (std::floor(area.right()) - x0 + 1);
  const double sy = input_size_.height / (std::floor(area.bottom()) - y0 + 1);
  // Pixel centres: u + 0.5 = s (x - x0 + 0.5).
  const Affine to_crop{sx, 0, 0.5 * sx - 0.5 - sx * x0, 0, sy, 0.5 * sy - 0.5 - sy * y0};
  const auto bgr = warp_to_bgr(frame, to_crop, input_size_, Outside::nearest);
  input_.resize(bgr.size());
  pack_nchw(bgr.data(), input_size_, Normalisation{}, input_.data());
  const std::array<std::int64_t, 4> shape{1, 3, input_size_.height, input_size_.width};
  const auto outputs = network.session->run(input_, shape);
  if (!outputs) return std::unexpected(outputs.error());
  if (outputs->front().GetTensorTypeAndShapeInfo().GetElementCount() != 3)
    return fail(ErrorKind::corrupted, "a liveness network must give three classes");
  const float* logits = outputs->front().GetTensorData<float>();
  const float highest = std::max({logits[0], logits[1], logits[2]});
  float sum = 0;
  for (int i = 0; i < 3; ++i) sum += std::exp(logits[i] - highest);
  return std::exp(logits[1] - highest) / sum;  // Class 1 is the living face.
}

}  // namespace hadir
