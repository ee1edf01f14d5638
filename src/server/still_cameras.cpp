#include "server/still_cameras.hpp"

#include <format>

#include "server/still_scene.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* maker_version = "1";  // grows when the same description gives another clip

/// FNV-1a, 64 bits: to tell descriptions apart, nothing more.
std::uint64_t fingerprint(const std::string& text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

struct Cast {
  std::vector<SceneActor> actors;
  std::vector<SceneVisit> visits;
};

Result<const Json*> photo_named(const Json& photos, const std::string& name) {
  for (const auto& photo : photos)
    if (photo.at("name") == name) return &photo;
  return fail(ErrorKind::corrupted, std::format("demo: no photo {} is described", name));
}

Status add_visit(const Json& visit, const Json& photos, DemoAssets& assets, FaceDetector& detector, Cast& cast) {
  const auto photo = photo_named(photos, visit.at("photo"));
  if (!photo) return std::unexpected(photo.error());
  const auto file = assets.take(**photo);
  if (!file) return std::unexpected(file.error());
  const auto path = scene_path_from(visit.at("path"));
  if (!path) return std::unexpected(path.error());
  auto actor = actor_on(*file, visit.at("photo"), detector);
  if (!actor) return std::unexpected(actor.error());
  cast.visits.push_back({cast.actors.size(), *path, visit.at("from_sec"), visit.at("to_sec"), visit.at("face_px")});
  cast.actors.push_back(std::move(*actor));
  return {};
}

}  // namespace

Result<fs::path> make_still_clip(const Json& camera, const Json& photos, const fs::path& folder, DemoAssets& assets,
                                 FaceDetector& detector, const TellLine& tell) {
  const auto id = camera.at("camera").get<std::string>();
  SceneOptions options;
  options.size = {camera.at("size").at(0), camera.at("size").at(1)};
  options.fps = camera.at("fps");
  options.seconds = camera.at("seconds");
  options.seed = camera.at("seed");
  Cast cast;
  std::string made_of = maker_version + camera.dump();
  for (const auto& visit : camera.at("visits")) {
    const auto added = add_visit(visit, photos, assets, detector, cast);
    if (added)
      made_of += visit.at("photo").get<std::string>();
    else if (tell)
      tell(std::format("{}: {} is left out: {}", id, visit.at("photo").get<std::string>(), added.error().message));
  }
  if (cast.visits.empty()) return fail(ErrorKind::unavailable, id + ": none of its photos can be had");
  const fs::path file = fs::absolute(folder / std::format("{}-{:016x}.mp4", id, fingerprint(made_of)));
  std::error_code error;
  if (fs::is_regular_file(file, error)) return file;
  fs::create_directories(folder, error);
  if (tell) tell(std::format("making the clip of {} from photos ({} s)", id, options.seconds));
  const fs::path partial = folder / (id + ".part.mp4");
  if (auto made = make_scene(partial, options, cast.actors, cast.visits); !made) return std::unexpected(made.error());
  fs::rename(partial, file, error);
  if (error) return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", file.string(), error.message()));
  return file;
}

}  // namespace hadir
