#pragma once
// Internal to media/scene/.
#include <optional>

#include "media/scene/cut_out.hpp"

namespace hadir::scene {

/// Where somebody is at one moment, in pixels of the view.
struct Stance {
  Point face;                   ///< its middle
  float face_px = 0;            ///< its width
  float stride = 0;             ///< phase of the step in radians; standing still it does not change
  float light = 1;              ///< on the person
  std::optional<Rect> doorway;  ///< what can be seen of them: all, when empty
};

/// Draws the person: a body with moving legs and arms, and the head out of the photo.
void draw_person(Picture& view, const CutOut& cut_out, const Stance& stance);
/// The shadow on the floor at the feet; to be drawn before anybody.
void draw_shadow(Picture& view, const Stance& stance);
/// The box that the person's head and shoulders fill, for who covers whom.
Rect bust_of(const Stance& stance);

}  // namespace hadir::scene
