#pragma once
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "vision/dlib_picture.hpp"
#include "vision/model_files.hpp"

namespace hadir {

/// What dlib's detectors answer, in the picture's pixels.
struct DlibFace {
  Rect box;
  double confidence;  ///< 0 is dlib's own threshold
};

/// dlib's two networks, whose types are so deep that one translation unit alone knows them. Each belongs to one thread
/// at a time, runs on it alone (blas_threads.hpp), and throws what dlib throws.

/// Max-margin object detection on a pyramid of the picture: mmod_human_face_detector.dat. Source: King, "Max-Margin
/// Object Detection", arXiv 1502.00046.
class DlibFaceNetwork {
 public:
  /// `corrupted` when the file holds something else.
  static Result<std::unique_ptr<DlibFaceNetwork>> load(const ModelBytes& file);
  ~DlibFaceNetwork();
  /// Faces whose confidence is above `least`.
  std::vector<DlibFace> find(const DlibPicture& picture, double least);

 private:
  struct Network;
  explicit DlibFaceNetwork(std::unique_ptr<Network> network);
  std::unique_ptr<Network> network_;
};

/// A ResNet of 29 convolutions from a chip of 150 × 150 to 128 numbers: dlib_face_recognition_resnet_model_v1.dat.
class DlibEncoderNetwork {
 public:
  static constexpr int chip_size = 150;
  static constexpr std::size_t dimensions = 128;
  using Encoding = std::array<float, dimensions>;

  static Result<std::unique_ptr<DlibEncoderNetwork>> load(const ModelBytes& file);
  ~DlibEncoderNetwork();
  /// Packed BGR of chip_size × chip_size.
  Encoding encode(std::span<const std::uint8_t> bgr);

 private:
  struct Network;
  explicit DlibEncoderNetwork(std::unique_ptr<Network> network);
  std::unique_ptr<Network> network_;
};

}  // namespace hadir
