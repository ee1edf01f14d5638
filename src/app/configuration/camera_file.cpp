#include "app/configuration/camera_file.hpp"

#include <algorithm>
#include <cctype>
#include <format>
#include <map>
#include <system_error>

#include "app/configuration/camera_address.hpp"
#include "app/configuration/json_file.hpp"
#include "app/configuration/whole_file.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

void read_text(const fs::path& file, const Json& object, const char* key, std::string& value, Findings& findings) {
  const auto found = object.find(key);
  if (found == object.end()) return;
  if (found->is_string())
    value = found->get<std::string>();
  else
    findings.problem(file, key, "must be a text");
}

void read_address(const fs::path& file, const Json& object, const char* key, const fs::path& base, std::string& value,
                  Findings& findings) {
  const auto found = object.find(key);
  if (found == object.end() || (found->is_string() && found->get_ref<const std::string&>().empty())) return;
  std::string text;
  if (found->is_number_unsigned())
    text = std::to_string(found->get<unsigned>());  // "rtsp_url": 0 is the first webcam
  else if (found->is_string())
    text = found->get<std::string>();
  else
    return findings.problem(file, key, "must be a text");
  if (auto checked = checked_camera_address(text, base))
    value = std::move(*checked);
  else
    findings.problem(file, key, checked.error().message);
}

/// The "id" of a camera file, 1 or "CAM1", as "CAM1"; the folder's name when there is none.
std::string read_id(const fs::path& file, const Json& object, const std::string& folder, Findings& findings) {
  const auto found = object.find("id");
  if (found == object.end()) return folder;
  if (found->is_number_unsigned()) return std::format("CAM{}", found->get<std::uint64_t>());
  if (found->is_string() && !found->get_ref<const std::string&>().empty()) {
    const auto& text = found->get_ref<const std::string&>();
    const bool number = std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
    return number ? "CAM" + text : text;
  }
  findings.problem(file, "id", "must be a number such as 1 or a text such as \"CAM1\"");
  return folder;
}

/// Says what is wrong with the "id" of a file, which should be its folder's name.
void check_id(const fs::path& file, const Json& object, const std::string& folder, std::map<std::string, fs::path>& ids,
              Findings& findings) {
  const std::string id = read_id(file, object, folder, findings);
  const auto [first, is_new] = ids.emplace(id, file);
  if (!is_new)
    findings.problem(file, "id", std::format("{} is already the id in {}", id, first->second.string()));
  else if (id != folder)
    findings.warning(file, "id", std::format("{} differs from the folder's name; the camera is called {}", id, folder));
}

/// CAM2 before CAM10.
bool natural_order(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

fs::path file_of(const fs::path& root, const std::string& id) {
  return root / "camera_configs" / id / "config.json";
}

}  // namespace

bool is_camera_id(const std::string& name) {
  return name.size() > 3 && name.size() <= 40 && name.starts_with("CAM") &&
         std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
}

CameraSettings read_camera(const fs::path& root, const fs::path& file, const std::string& id, const Json& object,
                           const Settings& site, Findings& findings) {
  CameraSettings camera;
  camera.id = id;
  camera.name = id;
  camera.analysis = site.analysis;
  camera.stream = site.stream;
  read_text(file, object, "name", camera.name, findings);
  read_text(file, object, "location", camera.location, findings);
  if (const auto enabled = object.find("enabled"); enabled != object.end()) {
    if (enabled->is_boolean())
      camera.enabled = enabled->get<bool>();
    else
      findings.problem(file, "enabled", "must be true or false");
  }
  const std::size_t before = findings.problems.size();
  read_address(file, object, "rtsp_url", root, camera.url, findings);
  read_address(file, object, "detect_url", root, camera.detect_url, findings);
  if (camera.url.empty() && findings.problems.size() == before)
    findings.problem(file, "rtsp_url", "is missing: an address, a webcam number or a video file");
  read_parameters(file, object, target_of(camera), true, findings);
  return camera;
}

void read_cameras(const fs::path& root, Settings& settings, Findings& findings) {
  const fs::path folder = root / "camera_configs";
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    findings.warnings.push_back(std::format("{}: no such folder, so there are no cameras", folder.string()));
    return;
  }
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_directory(error)) continue;
    if (is_camera_id(name))
      names.push_back(name);
    else
      findings.warnings.push_back(
          std::format("{}: not a camera's folder (CAM and a number); ignored", entry.path().string()));
  }
  if (error) findings.problems.push_back(std::format("{}: can't be read: {}", folder.string(), error.message()));
  std::ranges::sort(names, natural_order);
  std::map<std::string, fs::path> ids;
  for (const std::string& name : names) {
    const fs::path file = folder / name / "config.json";
    if (!fs::exists(file, error)) {
      findings.warnings.push_back(std::format("{}: no such file; the camera is left out", file.string()));
    } else if (const auto object = read_object(file, findings)) {
      check_id(file, *object, name, ids, findings);
      settings.cameras.push_back(read_camera(root, file, name, *object, settings, findings));
    }
  }
}

Result<Json> camera_file(const fs::path& root, const std::string& id) {
  if (!is_camera_id(id)) return fail(ErrorKind::not_found, "there is no camera of this id");
  auto object = read_json_object(file_of(root, id));
  if (!object && object.error().kind == ErrorKind::not_found)
    return fail(ErrorKind::not_found, "there is no camera of this id");
  if (!object) return std::unexpected(object.error());
  return std::move(object->value);
}

Result<CameraSettings> checked_camera(const fs::path& root, const std::string& id, const Json& object,
                                      const Settings& site) {
  Findings findings;
  CameraSettings camera = read_camera(root, "camera", id, object, site, findings);
  std::ranges::move(findings.warnings, std::back_inserter(findings.problems));
  for (std::string& problem : findings.problems)
    if (problem.starts_with("camera: ")) problem.erase(0, 8);
  if (const auto fine = findings.status(); !fine) return std::unexpected(fine.error());
  return camera;
}

Result<CameraSettings> write_camera_file(const fs::path& root, const std::string& id, const Json& object,
                                         const Settings& site) {
  if (!is_camera_id(id))
    return fail(ErrorKind::invalid_input, "id: must be CAM and then letters, digits, - or _, at most 40 in all");
  auto camera = checked_camera(root, id, object, site);
  if (!camera) return camera;
  if (auto written = write_whole_file(file_of(root, id), object.dump(2) + "\n", 0600); !written)
    return std::unexpected(written.error());
  return camera;
}

Status remove_camera_file(const fs::path& root, const std::string& id) {
  std::error_code error;
  if (!is_camera_id(id) || !fs::exists(file_of(root, id), error))
    return fail(ErrorKind::not_found, "there is no camera of this id");
  fs::remove_all(file_of(root, id).parent_path(), error);
  if (error)
    return fail(ErrorKind::unavailable,
                std::format("{}: can't be removed: {}", file_of(root, id).parent_path().string(), error.message()));
  return {};
}

}  // namespace hadir
