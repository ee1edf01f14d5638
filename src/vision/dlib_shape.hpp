#pragma once
#include <memory>
#include <string>

#include "core/ports/face_models.hpp"
#include "vision/dlib_geometry.hpp"
#include "vision/model_files.hpp"

namespace hadir {

/// Of the library this was built against: "19.24.6".
std::string dlib_version();

/// dlib's five-point shape predictor and its face chips. Never changes; safe from any thread. Source: Kazemi and
/// Sullivan, "One Millisecond Face Alignment with an Ensemble of Regression Trees", CVPR 2014.
class DlibShape {
 public:
  /// `corrupted` when the file holds something else.
  static Result<std::shared_ptr<const DlibShape>> load(const ModelBytes& file);
  ~DlibShape();

  /// The points of the face in that box, in the frame's pixels.
  DlibPoints points_in(const Frame& frame, const Rect& box) const;
  /// The face in that box as dlib's encoder was trained on it: located anew, then turned and scaled to `size` × `size`
  /// with `padding` of the face's width around it (dlib's get_face_chip_details). Outside the frame is black.
  AlignedFace chip_of(const Frame& frame, const Rect& box, int size, double padding) const;

 private:
  struct Predictor;
  explicit DlibShape(std::unique_ptr<const Predictor> predictor);
  std::unique_ptr<const Predictor> predictor_;
};

}  // namespace hadir
