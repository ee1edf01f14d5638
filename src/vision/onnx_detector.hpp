#pragma once
#include <array>
#include <memory>

#include "core/ports/face_models.hpp"
#include "vision/manifest.hpp"
#include "vision/onnx_runtime.hpp"
#include "vision/pixels.hpp"

namespace hadir {

/// YuNet or SCRFD on ONNX Runtime. Measured cost and accuracy: docs/benchmarks.md.
class OnnxDetector final : public FaceDetector {
 public:
  /// `corrupted` when the network's outputs are not those of the kind the manifest names.
  static Result<std::unique_ptr<OnnxDetector>> make(std::unique_ptr<OnnxSession> session, const DetectorSpec& spec);

  Result<std::vector<Detection>> detect(const Frame& frame, Size input, std::optional<Rect> region) override;

 private:
  static constexpr std::array strides{8, 16, 32};
  /// Where each level's outputs are among the session's; `objectness` only for YuNet.
  struct LevelIndex {
    std::size_t score, objectness, boxes, landmarks;
  };
  OnnxDetector(std::unique_ptr<OnnxSession> session, const DetectorSpec& spec);
  Status find_outputs();
  Result<std::vector<Detection>> decode(const std::vector<Ort::Value>& outputs, Size input) const;

  std::unique_ptr<OnnxSession> session_;
  DetectorSpec spec_;
  Size fixed_;  ///< empty when the network takes any size
  std::array<LevelIndex, 3> levels_{};
  InputScaler scaler_;
};

}  // namespace hadir
