#pragma once
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/frame.hpp"

namespace hadir {

/// Somebody in a synthetic scene, as on a photo.
struct SceneActor {
  std::string name;
  Frame photo;
  Rect face;  ///< the box of the face in it, as a detector gives it
};

/// How somebody comes and goes. They walk in perspective through a room with a floor; nobody jumps.
enum class ScenePath {
  cross_to_right = 1,  ///< past the camera from the left edge to the right one
  cross_to_left,
  through_door_to_left,  ///< in by the door at the back, towards the camera, a while before it, out to the left
  through_door_to_right
};

/// One visit of an actor. Two at the same place at once cover each other, the larger face in front.
struct SceneVisit {
  std::size_t actor = 0;  ///< index into the actors
  ScenePath path = ScenePath::cross_to_right;
  double from_sec = 0;  ///< when the first of them can be seen
  double to_sec = 0;    ///< when they have left
  float face_px = 120;  ///< width of the face box where it is nearest to the camera
};

struct SceneOptions {
  Size size{960, 540};  ///< even numbers
  double fps = 15;
  double seconds = 20;
  std::uint64_t seed = 1;  ///< of the room, the noise and the steps; the same seed gives the same file
  double pan = 0.02;       ///< the camera swings by this share of the width to each side, once over the clip, 0..0.1
  double zoom = 0.04;      ///< and comes nearer by this share, 0..0.3; both end where they began, so clips can loop
  int crf = 23;
};

/// Where a face is in one frame, in its pixels.
struct SceneBox {
  int frame = 0;
  Rect box;
};

/// What is true of one visit: when, and in which frames the face is in view, whole and uncovered.
struct SceneAppearance {
  std::size_t actor = 0;
  std::string name;
  double from_sec = 0;
  double to_sec = 0;
  std::vector<SceneBox> boxes;
};

struct SceneTruth {
  Size size;
  double fps = 0;
  int frames = 0;
  std::vector<SceneAppearance> appearances;  ///< one a visit, in the order they were given
};

/// Makes a camera's clip of people walking through a drawn room, and says what is true of it. Deterministic. H.264
/// where libav has the encoder. `invalid_input` names the value that is wrong; `unavailable` when the file can't be
/// written. Costs about 20 ms of a processor core a frame of 960x540.
Result<SceneTruth> make_scene(const std::filesystem::path& file, const SceneOptions& options,
                              std::span<const SceneActor> actors, std::span<const SceneVisit> visits);

}  // namespace hadir
