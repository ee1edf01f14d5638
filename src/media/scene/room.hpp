#pragma once
// Internal to media/scene/.
#include "media/scene/picture.hpp"

namespace hadir::scene {

/// Where things stand in the drawn room, in pixels of its picture.
struct Room {
  Picture picture;
  float horizon = 0;    ///< height of the camera's eye, y
  float wall_face = 0;  ///< width a face would have at the back wall
  Rect door;            ///< the opening
  Point window;         ///< middle of the window, where the light comes from
};

/// A face is 0.155 m wide, its middle 0.15 m below the camera's eye, which is 1.75 m above the floor.
inline constexpr float face_metres = 0.155F;
inline constexpr float eye_metres = 1.75F;
inline constexpr float face_below_eye_metres = 0.15F;

/// A room with floor, back wall, door, window and furniture. `view` is what the camera shows of it at once; the picture
/// is larger by `margin` on each side, for the camera to pan in. `seed` decides colours and where the furniture stands.
Room draw_room(Size view, float margin, std::uint64_t seed);

}  // namespace hadir::scene
