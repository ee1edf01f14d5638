#include "server/still_scene.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <format>
#include <utility>

#include "media/photo_reader.hpp"

namespace hadir {
namespace {

constexpr Size detection_size{640, 640};
constexpr std::array<std::pair<const char*, ScenePath>, 4> paths{
    {{"cross_to_right", ScenePath::cross_to_right},
     {"cross_to_left", ScenePath::cross_to_left},
     {"through_door_to_left", ScenePath::through_door_to_left},
     {"through_door_to_right", ScenePath::through_door_to_right}}};

double tenths(double value) {
  return std::round(value * 10) / 10;
}

}  // namespace

Result<SceneActor> actor_on(const std::filesystem::path& photo, std::string name, FaceDetector& detector) {
  auto frame = make_photo_reader()->read(photo);
  if (!frame) return std::unexpected(frame.error());
  const auto faces = detector.detect(*frame, detection_size);
  if (!faces) return std::unexpected(faces.error());
  if (faces->empty()) return fail(ErrorKind::not_found, std::format("no face is found on {}", photo.string()));
  const auto largest = std::ranges::max_element(*faces, {}, [](const Detection& face) { return face.box.area(); });
  return SceneActor{std::move(name), std::move(*frame), largest->box};
}

Result<ScenePath> scene_path_from(const std::string& text) {
  std::string known;
  for (const auto& [name, path] : paths) {
    if (text == name) return path;
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return fail(ErrorKind::invalid_input, std::format("there is no path \"{}\"; there are: {}", text, known));
}

nlohmann::ordered_json truth_json(const SceneTruth& truth) {
  nlohmann::ordered_json people = nlohmann::ordered_json::array();
  for (const auto& appearance : truth.appearances) {
    nlohmann::ordered_json boxes = nlohmann::ordered_json::array();
    for (const auto& [frame, box] : appearance.boxes)
      boxes.push_back({frame, tenths(box.x), tenths(box.y), tenths(box.width), tenths(box.height)});
    people.push_back({{"name", appearance.name},
                      {"from_sec", appearance.from_sec},
                      {"to_sec", appearance.to_sec},
                      {"boxes", std::move(boxes)}});
  }
  return {{"width", truth.size.width},
          {"height", truth.size.height},
          {"fps", truth.fps},
          {"frames", truth.frames},
          {"people", std::move(people)}};
}

}  // namespace hadir
