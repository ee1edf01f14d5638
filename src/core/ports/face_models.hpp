#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/frame.hpp"
#include "core/recognition/calibration.hpp"
#include "core/recognition/embedding.hpp"

namespace hadir {

/// A face found in a frame, in the frame's own pixels.
struct Detection {
  Rect box;
  Landmarks landmarks{};
  float score = 0;  ///< the detector's, 0..1
};

/// Finds faces. One instance belongs to one thread at a time.
class FaceDetector {
 public:
  virtual ~FaceDetector() = default;
  /// Faces above the detector's score threshold after non-maximum suppression, best score first.
  /// `input`   the size of the network's input the frame is scaled down to fit (aspect kept, never scaled up), rounded
  /// up to
  ///           what the network needs; a small input is fast and sees only large faces.
  /// `region`  look only inside this part of the frame.
  /// Errors: `invalid_input` for an empty frame, `unavailable` when the runtime fails.
  virtual Result<std::vector<Detection>> detect(const Frame& frame, Size input, std::optional<Rect> region = {}) = 0;
};

/// A face warped to the embedder's own template. Packed 8-bit BGR rows, `width` × `height`, no padding.
struct AlignedFace {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> bgr;
};

/// Turns faces into embeddings. One instance belongs to one thread at a time.
class FaceEmbedder {
 public:
  virtual ~FaceEmbedder() = default;
  virtual const ModelId& model() const = 0;
  virtual std::size_t dimensions() const = 0;
  virtual const Calibration& calibration() const = 0;

  /// Warps the face so that its landmarks lie on the model's template; outside the frame is black.
  /// `invalid_input` when the landmarks are degenerate (all on one spot).
  virtual Result<AlignedFace> align(const Frame& frame, const Landmarks& landmarks) const = 0;
  /// One embedding a face, in order. All faces in one run where the model allows it.
  virtual Result<std::vector<Embedding>> embed(std::span<const AlignedFace> faces) = 0;
};

/// Says how likely a face is a living one in front of the camera rather than a print or a screen. Single pictures are
/// unreliable: use it over a track, as a risk that sends to review. One instance belongs to one thread at a time.
class LivenessCheck {
 public:
  virtual ~LivenessCheck() = default;
  /// 0 (attack) .. 1 (live).
  virtual Result<float> live_probability(const Frame& frame, const Rect& face) = 0;
};

/// One worker's set of models. `liveness` is empty where the pack has none.
struct FaceModels {
  std::unique_ptr<FaceDetector> detector;
  std::unique_ptr<FaceEmbedder> embedder;
  std::unique_ptr<LivenessCheck> liveness;
};

/// Makes sets of models, all alike; safe from any thread. Implemented by a model pack.
class FaceModelFactory {
 public:
  virtual ~FaceModelFactory() = default;
  virtual Result<FaceModels> make() = 0;
  virtual const ModelId& model() const = 0;
  virtual const Calibration& calibration() const = 0;
  virtual std::size_t dimensions() const = 0;
  /// One honest line: the pack and the execution provider that really runs.
  virtual std::string describe() const = 0;
};

}  // namespace hadir
