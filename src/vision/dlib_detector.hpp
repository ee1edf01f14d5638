#pragma once
#include <memory>

#include "core/ports/face_models.hpp"
#include "vision/dlib_networks.hpp"
#include "vision/dlib_shape.hpp"
#include "vision/manifest.hpp"

namespace hadir {

/// Faces by dlib: its HOG detector, which comes with the library, or its CNN, with landmarks by the five-point shape
/// predictor. Upright faces of at least 80 pixels as scaled by `dlib_scale` only; measured times: docs/benchmarks.md.
class DlibDetector : public FaceDetector {
 public:
  /// Histograms of oriented gradients. Source: Dalal and Triggs, CVPR 2005, as scan_fhog_pyramid of dlib.
  static Result<std::unique_ptr<DlibDetector>> make_hog(const DetectorSpec& spec,
                                                        std::shared_ptr<const DlibShape> shape);
  /// `corrupted` when the file is not dlib's network.
  static Result<std::unique_ptr<DlibDetector>> make_cnn(const DetectorSpec& spec,
                                                        std::shared_ptr<const DlibShape> shape, const ModelBytes& file);

  Result<std::vector<Detection>> detect(const Frame& frame, Size input, std::optional<Rect> region) override;

 protected:
  DlibDetector(const DetectorSpec& spec, std::shared_ptr<const DlibShape> shape)
      : spec_(spec), shape_(std::move(shape)) {}
  /// In the frame's pixels; `least` is dlib's confidence.
  virtual std::vector<DlibFace> find(const Frame& frame, const Rect& part, Size input, double least) = 0;

 private:
  const DetectorSpec spec_;
  const std::shared_ptr<const DlibShape> shape_;
};

}  // namespace hadir
