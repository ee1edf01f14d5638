#pragma once
#include <memory>

#include "core/ports/face_models.hpp"
#include "vision/dlib_networks.hpp"
#include "vision/dlib_shape.hpp"
#include "vision/manifest.hpp"

namespace hadir {

/// dlib's encoder of faces as 128 numbers, compared by their Euclidean distance.
///
/// `align` takes landmarks of any detector: it finds the box they imply, runs dlib's own shape predictor in it, and
/// cuts dlib's own chip, so that the encoder sees what it was trained on and its published accuracy holds.
class DlibEmbedder final : public FaceEmbedder {
 public:
  /// `corrupted` when the file is not dlib's network; `invalid_input` when the manifest asks for other sizes than its.
  static Result<std::unique_ptr<DlibEmbedder>> make(const ModelBytes& file, std::shared_ptr<const DlibShape> shape,
                                                    const EmbedderSpec& spec, ModelId model, Calibration calibration);

  const ModelId& model() const override { return model_; }
  std::size_t dimensions() const override { return DlibEncoderNetwork::dimensions; }
  const Calibration& calibration() const override { return calibration_; }
  Result<AlignedFace> align(const Frame& frame, const Landmarks& landmarks) const override;
  Result<std::vector<Embedding>> embed(std::span<const AlignedFace> faces) override;

 private:
  DlibEmbedder() = default;
  std::unique_ptr<DlibEncoderNetwork> network_;
  std::shared_ptr<const DlibShape> shape_;
  EmbedderSpec spec_;
  ModelId model_;
  Calibration calibration_;
};

}  // namespace hadir
