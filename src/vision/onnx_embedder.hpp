#pragma once
#include <memory>
#include <vector>

#include "core/ports/face_models.hpp"
#include "vision/manifest.hpp"
#include "vision/onnx_runtime.hpp"

namespace hadir {

/// ArcFace, MobileFaceNet, SFace and their like: a face aligned by five points in, a vector out.
class OnnxEmbedder final : public FaceEmbedder {
 public:
  /// `corrupted` when the network has no output of that name.
  static Result<std::unique_ptr<OnnxEmbedder>> make(std::unique_ptr<OnnxSession> session, const EmbedderSpec& spec,
                                                    ModelId model, Calibration calibration);

  const ModelId& model() const override { return model_; }
  std::size_t dimensions() const override { return spec_.dimensions; }
  const Calibration& calibration() const override { return calibration_; }
  Result<AlignedFace> align(const Frame& frame, const Landmarks& landmarks) const override;
  Result<std::vector<Embedding>> embed(std::span<const AlignedFace> faces) override;

 private:
  OnnxEmbedder() = default;
  Status embed_batch(std::span<const AlignedFace> faces, std::vector<Embedding>& to);

  std::unique_ptr<OnnxSession> session_;
  EmbedderSpec spec_;
  ModelId model_;
  Calibration calibration_;
  std::size_t output_ = 0;
  std::vector<float> input_;
};

}  // namespace hadir
