#pragma once
// Internal to media/scene/.
#include <vector>

#include "media/scene/picture.hpp"

namespace hadir::scene {

/// Head and shoulders out of a photo, with a soft edge. Only the box of the face is known: the outline is that of an
/// average head over sloping shoulders.
class CutOut {
 public:
  CutOut(const Frame& photo, const Rect& face);

  /// What lies at a place measured from the middle of the face, in face widths; `face_px` is the width the face is
  /// drawn at, so that small ones are not jagged. `share` 0 where the cut-out is transparent.
  struct Sample {
    Rgb colour;
    float share;
  };
  Sample at(float x, float y, float face_px) const;
  /// The face box's height in face widths.
  float face_height() const { return face_height_; }
  /// The cut-out reaches so far, in face widths.
  Rect reach() const { return {-1.5F, face_height_ / 2 - 1.95F, 3, 3.2F}; }
  Rgb clothes() const { return clothes_; }

 private:
  struct Level {
    Picture colour;
    float face_px;  ///< width of the face in this level
  };
  float outline(float x, float y) const;
  bool is_in_photo(float x, float y) const;

  float face_height_;
  Rect in_photo_;  ///< the photo's own area, in face widths from the face's middle
  std::vector<Level> levels_;
  Rgb clothes_;
};

}  // namespace hadir::scene
