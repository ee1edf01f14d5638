#include "media/scene/scene.hpp"

#include <algorithm>
#include <format>
#include <memory>
#include <numbers>

#include "media/scene/room.hpp"
#include "media/scene/walker.hpp"
#include "media/video_writer.hpp"

namespace hadir {
namespace {

using namespace scene;

constexpr float room_margin = 0.14F;  // of the view, on each side: room for the camera to pan
constexpr double steps_per_second = 1.7;
constexpr double beside_door = 0.1;  // share of a visit spent coming into the doorway
constexpr double arrived = 0.45;     // share after which somebody who came by the door stands before the camera
constexpr double leaves = 0.75;      // and after which they go
constexpr float smallest_face_px = 16;
constexpr float covered_share = 0.15F;

/// From the room's picture to the view at one moment.
struct Camera {
  float left = 0;
  float top = 0;
  float zoom = 1;
  Point view(Point room) const { return {(room.x - left) * zoom, (room.y - top) * zoom}; }
};

Camera camera_at(const SceneOptions& options, double sec) {
  const double turn = 2 * std::numbers::pi * sec / options.seconds;
  const auto width = static_cast<float>(options.size.width);
  const auto height = static_cast<float>(options.size.height);
  Camera camera;
  camera.zoom = static_cast<float>(1 + options.zoom * (0.5 - 0.5 * std::cos(turn)));
  camera.left =
      width * (room_margin + static_cast<float>(options.pan * std::sin(turn))) + width / 2 * (1 - 1 / camera.zoom);
  camera.top = height * room_margin + height / 2 * (1 - 1 / camera.zoom);
  return camera;
}

/// Where on the picture of the room somebody stands whose face is that wide there.
struct Place {
  float x = 0;
  float face_px = 0;
  std::optional<Rect> doorway;
  bool is_walking = true;
};

/// Evenly in depth, which is 1 / width of the face.
float between_depths(float from_px, float to_px, double share) {
  const auto t = static_cast<float>(share);
  return 1 / ((1 - t) / from_px + t / to_px);
}

Place place_on_crossing(const SceneOptions& options, const SceneVisit& visit, double share) {
  const auto width = static_cast<float>(options.size.width);
  const float beyond = 2 * visit.face_px + width * static_cast<float>(options.pan);  // quite out of the picture
  const double along = visit.path == ScenePath::cross_to_right ? share : 1 - share;
  return {width * room_margin - beyond + static_cast<float>(along) * (width + 2 * beyond), visit.face_px, {}, true};
}

Place place_through_door(const SceneOptions& options, const Room& room, const SceneVisit& visit, double share) {
  const float far_px = room.wall_face * 1.02F;
  const float door_x = room.door.centre().x;
  if (share < beside_door) {  // from behind the wall into the opening
    const auto t = static_cast<float>(1 - share / beside_door);
    return {door_x + t * room.door.width, far_px, room.door, true};
  }
  const auto width = static_cast<float>(options.size.width);
  const float middle = width * (room_margin + 0.5F);
  const float stop_x = middle + (door_x - middle) * 0.25F;
  if (share < arrived) {
    const double t = (share - beside_door) / (arrived - beside_door);
    const float face = between_depths(far_px, visit.face_px, t);
    // A straight line over the floor is a straight line in the picture.
    return {door_x + (stop_x - door_x) * (face - far_px) / std::max(1.F, visit.face_px - far_px), face, {}, true};
  }
  if (share < leaves) return {stop_x, visit.face_px, {}, false};
  const auto t = static_cast<float>((share - leaves) / (1 - leaves));
  const float beyond = 2 * visit.face_px + width * static_cast<float>(options.pan);
  const float out =
      visit.path == ScenePath::through_door_to_left ? width * room_margin - beyond : width * (1 + room_margin) + beyond;
  return {stop_x + (out - stop_x) * t, visit.face_px, {}, true};
}

Stance stance_at(const SceneOptions& options, const Room& room, const Camera& camera, const SceneVisit& visit,
                 double sec) {
  const double share = (sec - visit.from_sec) / (visit.to_sec - visit.from_sec);
  const bool crosses = visit.path == ScenePath::cross_to_right || visit.path == ScenePath::cross_to_left;
  const Place place =
      crosses ? place_on_crossing(options, visit, share) : place_through_door(options, room, visit, share);
  const auto step = static_cast<float>(2 * std::numbers::pi * steps_per_second / 2 * (sec - visit.from_sec));
  const float bob = place.is_walking ? 0.06F * std::abs(std::sin(step)) : 0.02F * std::sin(step / 3);
  const float below_eye = face_below_eye_metres / face_metres + bob;
  Stance stance;
  stance.face = camera.view({place.x, room.horizon + below_eye * place.face_px});
  stance.face_px = place.face_px * camera.zoom;
  stance.stride = place.is_walking ? step : 0;
  const float from_window = std::abs(place.x - room.window.x) / static_cast<float>(options.size.width);
  stance.light = 1.04F - 0.14F * std::min(1.F, from_window);
  if (place.doorway) {
    const Point corner = camera.view({place.doorway->x, place.doorway->y});
    stance.doorway = Rect{corner.x, corner.y, place.doorway->width * camera.zoom, place.doorway->height * camera.zoom};
  }
  return stance;
}

Picture room_as_seen(const Room& room, const Camera& camera, Size size) {
  Picture view(size);
  for (int y = 0; y < size.height; ++y)
    for (int x = 0; x < size.width; ++x)
      view.at(x, y) = room.picture.sample(camera.left + static_cast<float>(x) / camera.zoom,
                                          camera.top + static_cast<float>(y) / camera.zoom);
  return view;
}

float overlap(const Rect& a, const Rect& b) {
  const float w = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float h = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  return w > 0 && h > 0 ? w * h : 0;
}

/// One person of the frame that is drawn.
struct Present {
  std::size_t visit;
  Stance stance;
  Rect face;
};

std::vector<Present> present_at(const SceneOptions& options, const Room& room, const Camera& camera,
                                std::span<const SceneVisit> visits, const std::vector<CutOut>& cut_outs, double sec) {
  std::vector<Present> present;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (sec < visits[i].from_sec || sec >= visits[i].to_sec) continue;
    const Stance stance = stance_at(options, room, camera, visits[i], sec);
    const float height = stance.face_px * cut_outs[visits[i].actor].face_height();
    present.push_back(
        {i, stance, {stance.face.x - stance.face_px / 2, stance.face.y - height / 2, stance.face_px, height}});
  }
  std::ranges::stable_sort(present, {}, [](const Present& p) { return p.stance.face_px; });  // the nearest last
  return present;
}

/// Whole in view, not behind the door's edge, not behind anybody nearer.
bool is_face_seen(const std::vector<Present>& present, std::size_t who, Size size) {
  const Present& person = present[who];
  if (person.stance.doorway && overlap(*person.stance.doorway, person.face) < 0.99F * person.face.area()) return false;
  if (clamp_to(person.face, size).area() < 0.99F * person.face.area()) return false;
  for (std::size_t i = who + 1; i < present.size(); ++i)
    if (overlap(bust_of(present[i].stance), person.face) > covered_share * person.face.area()) return false;
  return true;
}

Status check(const SceneOptions& options, std::span<const SceneActor> actors, std::span<const SceneVisit> visits) {
  const auto wrong = [](const std::string& what) -> Status { return fail(ErrorKind::invalid_input, "scene: " + what); };
  if (options.size.width < 64 || options.size.height < 64 || options.size.width % 2 != 0 ||
      options.size.height % 2 != 0)
    return wrong("size must be even and at least 64x64");
  if (!(options.fps > 0 && options.fps <= 120)) return wrong("fps must lie between 0 and 120");
  if (!(options.seconds > 0 && options.seconds <= 3600)) return wrong("seconds must lie between 0 and 3600");
  if (!(options.pan >= 0 && options.pan <= 0.1)) return wrong("pan must lie between 0 and 0.1");
  if (!(options.zoom >= 0 && options.zoom <= 0.3)) return wrong("zoom must lie between 0 and 0.3");
  for (const auto& actor : actors)
    if (actor.photo.empty() || actor.face.width < 8 || actor.face.height < 8)
      return wrong(actor.name + " has no face on the photo");
  for (const auto& visit : visits) {
    if (visit.actor >= actors.size()) return wrong("a visit names an actor who is not there");
    const auto& name = actors[visit.actor].name;
    if (!(visit.from_sec >= 0 && visit.from_sec < visit.to_sec && visit.to_sec <= options.seconds))
      return wrong(std::format("{} must come before leaving, both within the {} s of the clip", name, options.seconds));
    if (!(visit.face_px >= smallest_face_px && visit.face_px <= static_cast<float>(options.size.height) / 2))
      return wrong(std::format("{}'s face must be {} pixels wide or more, at most half the picture's height", name,
                               smallest_face_px));
  }
  return {};
}

}  // namespace

Result<SceneTruth> make_scene(const std::filesystem::path& file, const SceneOptions& options,
                              std::span<const SceneActor> actors, std::span<const SceneVisit> visits) {
  if (auto good = check(options, actors, visits); !good) return std::unexpected(good.error());
  const Room room = draw_room(options.size, room_margin, options.seed);
  std::vector<CutOut> cut_outs;
  for (const auto& actor : actors) cut_outs.emplace_back(actor.photo, actor.face);
  SceneTruth truth{options.size, options.fps, static_cast<int>(std::lround(options.fps * options.seconds)), {}};
  for (const auto& visit : visits)
    truth.appearances.push_back({visit.actor, actors[visit.actor].name, visit.from_sec, visit.to_sec, {}});
  auto writer = make_video_writer(file, options.size, {.fps = options.fps, .crf = options.crf});
  if (!writer) return std::unexpected(writer.error());

  for (int frame = 0; frame < truth.frames; ++frame) {
    const double sec = frame / options.fps;
    const Camera camera = camera_at(options, sec);
    Picture view = room_as_seen(room, camera, options.size);
    const auto present = present_at(options, room, camera, visits, cut_outs, sec);
    for (const auto& person : present) draw_shadow(view, person.stance);
    for (std::size_t i = 0; i < present.size(); ++i) {
      draw_person(view, cut_outs[visits[present[i].visit].actor], present[i].stance);
      if (is_face_seen(present, i, options.size))
        truth.appearances[present[i].visit].boxes.push_back({frame, present[i].face});
    }
    const auto grain = options.seed * 1'000'003 + static_cast<std::uint64_t>(frame);
    if (auto written = (*writer)->write(frame_of(view, grain)); !written) return std::unexpected(written.error());
  }
  if (auto finished = (*writer)->finish(); !finished) return std::unexpected(finished.error());
  return truth;
}

}  // namespace hadir
