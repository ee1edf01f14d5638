#include "vision/onnx_detector.hpp"

#include <algorithm>
#include <format>

#include "vision/detection_decoding.hpp"

namespace hadir {
namespace {

constexpr int size_multiple = 32;

Normalisation normalisation_of(DetectorKind kind) {
  if (kind == DetectorKind::scrfd)
    return {{127.5F, 127.5F, 127.5F}, {1 / 128.F, 1 / 128.F, 1 / 128.F}, ColourOrder::rgb};
  return {{0, 0, 0}, {1, 1, 1}, ColourOrder::bgr};
}

std::span<const float> values_of(const Ort::Value& tensor) {
  return {tensor.GetTensorData<float>(), tensor.GetTensorTypeAndShapeInfo().GetElementCount()};
}

}  // namespace

OnnxDetector::OnnxDetector(std::unique_ptr<OnnxSession> session, const DetectorSpec& spec)
    : session_(std::move(session)), spec_(spec), scaler_(normalisation_of(spec.kind)) {
  const auto& shape = session_->input_shape();
  if (shape.size() == 4 && shape[2] > 0 && shape[3] > 0)
    fixed_ = {static_cast<int>(shape[3]), static_cast<int>(shape[2])};
}

Result<std::unique_ptr<OnnxDetector>> OnnxDetector::make(std::unique_ptr<OnnxSession> session,
                                                         const DetectorSpec& spec) {
  std::unique_ptr<OnnxDetector> detector(new OnnxDetector(std::move(session), spec));
  if (auto found = detector->find_outputs(); !found) return std::unexpected(found.error());
  return detector;
}

Status OnnxDetector::find_outputs() {
  const auto& names = session_->output_names();
  const auto index_of = [&](const std::string& name) -> std::size_t {
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
  };
  const bool yunet = spec_.kind == DetectorKind::yunet;
  for (std::size_t level = 0; level < strides.size(); ++level) {
    const auto suffix = std::format("_{}", strides[level]);
    if (yunet)
      levels_[level] = {index_of("cls" + suffix), index_of("obj" + suffix), index_of("bbox" + suffix),
                        index_of("kps" + suffix)};
    else if (index_of("score_8") < names.size())
      levels_[level] = {index_of("score" + suffix), 0, index_of("bbox" + suffix), index_of("kps" + suffix)};
    else  // Exports without names keep the order: three scores, three boxes, three landmarks.
      levels_[level] = {level, 0, level + 3, level + 6};
    const auto& l = levels_[level];
    if (std::max({l.score, l.objectness, l.boxes, l.landmarks}) >= names.size())
      return fail(ErrorKind::corrupted,
                  std::format("the detector's outputs are not those of {}", yunet ? "YuNet" : "SCRFD with landmarks"));
  }
  return {};
}

Result<std::vector<Detection>> OnnxDetector::decode(const std::vector<Ort::Value>& outputs, Size input) const {
  const bool yunet = spec_.kind == DetectorKind::yunet;
  std::vector<Detection> faces;
  for (std::size_t i = 0; i < strides.size(); ++i) {
    LevelOutputs level;
    level.stride = strides[i];
    level.cells_x = input.width / level.stride;
    level.cells_y = input.height / level.stride;
    level.score = values_of(outputs[levels_[i].score]);
    level.boxes = values_of(outputs[levels_[i].boxes]);
    level.landmarks = values_of(outputs[levels_[i].landmarks]);
    if (yunet) level.objectness = values_of(outputs[levels_[i].objectness]);
    const std::size_t cells = static_cast<std::size_t>(level.cells_x) * level.cells_y * (yunet ? 1 : 2);
    if (level.score.size() != cells || level.boxes.size() != 4 * cells || level.landmarks.size() != 10 * cells ||
        (yunet && level.objectness.size() != cells))
      return fail(ErrorKind::corrupted, "the detector's outputs do not fit its input size");
    (yunet ? decode_yunet : decode_scrfd)(level, spec_.minimum_score, faces);
  }
  return suppress_overlaps(std::move(faces), spec_.maximum_iou);
}

Result<std::vector<Detection>> OnnxDetector::detect(const Frame& frame, Size input, std::optional<Rect> region) {
  if (frame.empty()) return fail(ErrorKind::invalid_input, "cannot look for faces in an empty frame");
  if (input.width < 1 || input.height < 1)
    return fail(ErrorKind::invalid_input, std::format("a detection size of {}x{}", input.width, input.height));
  const Rect whole{0, 0, static_cast<float>(frame.width), static_cast<float>(frame.height)};
  const Rect part = region ? clamp_to(*region, frame.size()) : whole;
  if (part.width < 1 || part.height < 1) return std::vector<Detection>{};
  const auto& net = scaler_.fill(frame, part, input, size_multiple, fixed_);
  const std::array<std::int64_t, 4> shape{1, 3, net.size.height, net.size.width};
  auto outputs = session_->run(net.values, shape);
  if (!outputs) return std::unexpected(outputs.error());
  auto faces = decode(*outputs, net.size);
  if (!faces) return faces;
  const auto to_frame = [&](float x, float y) {
    return Point{x / net.scale_x + net.offset.x, y / net.scale_y + net.offset.y};
  };
  for (auto& face : *faces) {
    const Point corner = to_frame(face.box.x, face.box.y);
    face.box = {corner.x, corner.y, face.box.width / net.scale_x, face.box.height / net.scale_y};
    for (auto& point : face.landmarks) point = to_frame(point.x, point.y);
  }
  return faces;
}

}  // namespace hadir
