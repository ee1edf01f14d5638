#include "app/cameras/camera_desk.hpp"

#include <algorithm>
#include <format>
#include <utility>

#include "app/configuration/camera_file.hpp"
#include "app/configuration/parameter_table.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds longest_trial{15};

bool natural_order(const CameraSettings& a, const CameraSettings& b) {
  return a.id.size() != b.id.size() ? a.id.size() < b.id.size() : a.id < b.id;
}

/// The keys of `changes` over `object`; null takes a key out.
Json merged(Json object, const Json& changes) {
  for (const auto& [key, value] : changes.items()) {
    if (value.is_null())
      object.erase(key);
    else
      object[key] = value;
  }
  return object;
}

/// A camera as the database keeps it.
CameraRecord record_of(const CameraSettings& camera) {
  return {.id = CameraId(camera.id),
          .name = camera.name,
          .url = camera.url,
          .detect_url = camera.detect_url,
          .location = camera.location,
          .enabled = camera.enabled,
          .config_path = std::format("camera_configs/{}/config.json", camera.id)};
}

}  // namespace

Status synchronise_cameras(Database& database, const Settings& settings) {
  auto listed = database.cameras().list();
  if (!listed) return std::unexpected(listed.error());
  const std::vector<CameraRecord> known = std::move(*listed);
  return database.in_transaction([&]() -> Status {
    for (const CameraSettings& camera : settings.cameras)
      if (auto put = database.cameras().put(record_of(camera)); !put) return put;
    for (const CameraRecord& camera : known)
      if (!std::ranges::contains(settings.cameras, camera.id.str(), &CameraSettings::id))
        if (auto removed = database.cameras().remove(camera.id); !removed) return removed;
    return {};
  });
}

CameraDesk::CameraDesk(std::filesystem::path config_dir, Settings settings, Load load, Database& database,
                       CameraControl& control)
    : root_(std::move(config_dir)),
      load_(std::move(load)),
      database_(database),
      control_(control),
      settings_(std::move(settings)) {}

Status CameraDesk::restart() {
  const std::scoped_lock one_at_a_time(changing_);
  auto loaded = load_();
  if (!loaded) return std::unexpected(loaded.error());
  if (auto started = control_.restart(*loaded); !started) return started;
  if (auto put = synchronise_cameras(database_, *loaded); !put) return put;
  const std::scoped_lock lock(mutex_);
  loaded->site = settings_.site;
  const int workers = std::exchange(loaded->models, settings_.models).workers;
  loaded->models.workers = workers;
  settings_ = std::move(*loaded);
  return {};
}

Settings CameraDesk::settings() const {
  const std::scoped_lock lock(mutex_);
  return settings_;
}

std::vector<CameraSettings> CameraDesk::cameras() const {
  const std::scoped_lock lock(mutex_);
  return settings_.cameras;
}

Result<CameraSettings> CameraDesk::camera(const CameraId& id) const {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(settings_.cameras, id.str(), &CameraSettings::id);
  if (found == settings_.cameras.end()) return fail(ErrorKind::not_found, "there is no camera of this id");
  return *found;
}

Result<Json> CameraDesk::overrides(const CameraId& id) const {
  const auto file = camera_file(root_, id.str());
  if (!file) return std::unexpected(file.error());
  Json found = Json::object();
  for (const auto& [key, value] : file->items())
    if (find_parameter(key) != nullptr) found[key] = value;
  return found;
}

Result<CameraSettings> CameraDesk::save(const std::string& id, const Json& object, const Also& also) {
  const Settings defaults = settings();
  auto camera = checked_camera(root_, id, object, defaults);
  if (!camera) return camera;
  const auto saved = database_.in_transaction([&]() -> Status {
    if (auto put = database_.cameras().put(record_of(*camera)); !put) return put;
    if (auto noted = also(*camera); !noted) return noted;
    const auto written = write_camera_file(root_, id, object, defaults);
    return written ? Status{} : std::unexpected(written.error());
  });
  if (!saved) return std::unexpected(saved.error());
  {
    const std::scoped_lock lock(mutex_);
    auto& cameras = settings_.cameras;
    std::erase_if(cameras, [&](const CameraSettings& each) { return each.id == id; });
    cameras.insert(std::ranges::upper_bound(cameras, *camera, natural_order), *camera);
  }
  if (auto applied = control_.apply(*camera); !applied) return std::unexpected(applied.error());
  return camera;
}

bool CameraDesk::is_taken(const std::string& id) const {
  return camera_file(root_, id) || camera(CameraId(id));
}

Result<CameraSettings> CameraDesk::add(Json object, const Also& also) {
  const std::scoped_lock one_at_a_time(changing_);
  const auto given = object.find("id");
  std::string id = given != object.end() && given->is_string() ? given->get<std::string>() : "";
  for (int number = 1; id.empty(); ++number)
    if (auto free = std::format("CAM{}", number); !is_taken(free)) id = std::move(free);
  if (!is_camera_id(id))
    return fail(ErrorKind::invalid_input, "id: must be CAM and then letters, digits, - or _, at most 40 in all");
  if (is_taken(id)) return fail(ErrorKind::conflict, std::format("id: there is a camera {} already", id));
  object["id"] = id;
  return save(id, object, also);
}

Result<CameraSettings> CameraDesk::change(const CameraId& id, const Json& changes, const Also& also) {
  const std::scoped_lock one_at_a_time(changing_);
  const auto present = camera_file(root_, id.str());
  if (!present) return std::unexpected(present.error());
  return save(id.str(), merged(*present, changes), also);
}

Status CameraDesk::remove(const CameraId& id, const Also& also) {
  const std::scoped_lock one_at_a_time(changing_);
  const auto leaving = camera(id);
  if (!leaving) return std::unexpected(leaving.error());
  const auto removed = database_.in_transaction([&]() -> Status {
    if (auto gone = database_.cameras().remove(id); !gone) return gone;
    if (auto noted = also(*leaving); !noted) return noted;
    return remove_camera_file(root_, id.str());
  });
  if (!removed) return removed;
  control_.stop(id);
  const std::scoped_lock lock(mutex_);
  std::erase_if(settings_.cameras, [&](const CameraSettings& each) { return each.id == id.str(); });
  return {};
}

Result<CameraTrial> CameraDesk::try_checked(const std::string& id, const Json& object) {
  auto camera = checked_camera(root_, id, object, settings());
  if (!camera) return std::unexpected(camera.error());
  camera->stream.loop = true;  // a short file is no reason to say that the camera went
  return control_.try_out(*camera, longest_trial);
}

Result<CameraTrial> CameraDesk::try_out(const CameraId& id, const Json& changes) {
  const auto present = camera_file(root_, id.str());
  if (!present) return std::unexpected(present.error());
  return try_checked(id.str(), merged(*present, changes));
}

Result<CameraTrial> CameraDesk::try_out(const Json& object) {
  return try_checked("CAM", object);
}

}  // namespace hadir
