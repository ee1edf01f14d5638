#include "app/configuration/configuration.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <format>
#include <map>
#include <system_error>

#include "app/configuration/attendance_environment.hpp"
#include "app/configuration/camera_address.hpp"
#include "app/configuration/json_file.hpp"
#include "app/configuration/nearest_name.hpp"
#include "app/configuration/parameter_table.hpp"
#include "core/masking.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Names = std::vector<std::string_view>;

/// What was found while reading; everything is read before anything is refused.
struct Findings {
  std::vector<std::string> problems;
  std::vector<std::string> warnings;

  void problem(const fs::path& file, std::string_view key, std::string_view what) {
    problems.push_back(std::format("{}: {}: {}", file.string(), key, what));
  }
  void warning(const fs::path& file, std::string_view key, std::string_view what) {
    warnings.push_back(std::format("{}: {}: {}", file.string(), key, what));
  }
};

constexpr std::string_view camera_keys[] = {"id", "name", "rtsp_url", "detect_url", "enabled", "location"};

Names known_names(bool of_camera) {
  Names names;
  if (of_camera) names.assign(std::begin(camera_keys), std::end(camera_keys));
  for (const Parameter& parameter : parameters())
    if (!of_camera || parameter.scope == ParameterScope::camera) names.push_back(parameter.key);
  return names;
}

std::string unknown_key(std::string_view key, bool of_camera) {
  const Parameter* site_wide = find_parameter(key);
  if (of_camera && site_wide != nullptr)
    return "is the same for all cameras and belongs into config/parameter_config.json; ignored";
  if (!of_camera && std::ranges::find(camera_keys, key) != std::end(camera_keys))
    return "belongs into a camera's own config.json; ignored";
  if (const auto near = nearest_name(key, known_names(of_camera)))
    return std::format("unknown key, ignored; did you mean {}?", *near);
  return "unknown key, ignored";
}

/// Reads all parameters of an object. Keys that begin with "_" are comments.
void read_parameters(const fs::path& file, const Json& object, const ParameterTarget& target, bool of_camera,
                     Findings& findings) {
  for (const auto& [key, json] : object.items()) {
    if (key.starts_with('_')) continue;
    if (of_camera && std::ranges::find(camera_keys, key) != std::end(camera_keys)) continue;
    const Parameter* parameter = find_parameter(key);
    if (parameter == nullptr || (of_camera && parameter->scope == ParameterScope::site)) {
      findings.warning(file, key, unknown_key(key, of_camera));
      continue;
    }
    if (const auto written = parameter->write(*parameter, json, target); !written)
      findings.problem(file, key, written.error().message);
  }
  for (const std::string& rule : broken_rules(*target.analysis))
    findings.problems.push_back(std::format("{}: {}", file.string(), rule));
}

std::optional<Json> read_object(const fs::path& file, Findings& findings) {
  auto object = read_json_object(file);
  if (!object) {
    findings.problems.push_back(object.error().message);
    return std::nullopt;
  }
  for (const std::string& key : object->repeated_keys)
    findings.warning(file, key, "stands there more than once; the last one counts");
  return std::move(object->value);
}

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

void read_camera(const fs::path& root, const fs::path& file, const std::string& folder, const Settings& site,
                 std::map<std::string, fs::path>& ids, std::vector<CameraSettings>& cameras, Findings& findings) {
  const auto object = read_object(file, findings);
  if (!object) return;
  CameraSettings camera;
  camera.id = folder;
  camera.name = folder;
  camera.analysis = site.analysis;
  camera.stream = site.stream;
  const std::string id = read_id(file, *object, folder, findings);
  const auto [first, is_new] = ids.emplace(id, file);
  if (!is_new)
    findings.problem(file, "id", std::format("{} is already the id in {}", id, first->second.string()));
  else if (id != folder)
    findings.warning(file, "id", std::format("{} differs from the folder's name; the camera is called {}", id, folder));
  read_text(file, *object, "name", camera.name, findings);
  read_text(file, *object, "location", camera.location, findings);
  if (const auto enabled = object->find("enabled"); enabled != object->end()) {
    if (enabled->is_boolean())
      camera.enabled = enabled->get<bool>();
    else
      findings.problem(file, "enabled", "must be true or false");
  }
  const std::size_t before = findings.problems.size();
  read_address(file, *object, "rtsp_url", root, camera.url, findings);
  read_address(file, *object, "detect_url", root, camera.detect_url, findings);
  if (camera.url.empty() && findings.problems.size() == before)
    findings.problem(file, "rtsp_url", "is missing: an address, a webcam number or a video file");
  read_parameters(file, *object, target_of(camera), true, findings);
  cameras.push_back(std::move(camera));
}

/// CAM2 before CAM10.
bool natural_order(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

bool is_camera_folder(const std::string& name) {
  return name.size() > 3 && name.size() <= 40 && name.starts_with("CAM") &&
         std::ranges::all_of(name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '-'; });
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
    if (is_camera_folder(name))
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
    if (fs::exists(file, error))
      read_camera(root, file, name, settings, ids, settings.cameras, findings);
    else
      findings.warnings.push_back(std::format("{}: no such file; the camera is left out", file.string()));
  }
}

void note_postgres(const Environment& environment, Findings& findings) {
  for (const char* name : {"POSTGRES_HOST", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD"}) {
    if (!environment(name)) continue;
    findings.warnings.push_back(
        std::format("{} is set, but PostgreSQL comes with a later version: SQLite is used", name));
    return;
  }
}

/// FACE_RECOGNITION_MODEL of dlib-based systems: "hog" and "cnn" are their two detectors, and dlib packs here. It
/// counts more than model_pack, as the environment does elsewhere; empty is as good as not set.
void choose_pack_by_environment(const Environment& environment, Settings& settings, Findings& findings) {
  constexpr const char* name = "FACE_RECOGNITION_MODEL";
  const auto value = environment(name);
  if (!value || value->empty()) return;
  if (*value != "hog" && *value != "cnn") {
    findings.problems.push_back(std::format("{}: \"{}\" is not allowed, only hog or cnn", name, *value));
    return;
  }
  const std::string pack = *value == "hog" ? "dlib" : "dlib-cnn";
  if (!settings.models.pack.empty() && settings.models.pack != pack)
    findings.warnings.push_back(std::format("{}={} chooses the model pack {}; model_pack \"{}\" is not used", name,
                                            *value, pack, settings.models.pack));
  settings.models.pack = pack;
}

Result<Configuration> finish(Settings settings, Findings findings) {
  if (findings.problems.empty()) return Configuration{std::move(settings), std::move(findings.warnings)};
  std::string message;
  for (const std::string& problem : findings.problems) message += (message.empty() ? "" : "\n") + problem;
  return fail(ErrorKind::invalid_input, mask_credentials(message));
}

}  // namespace

Environment process_environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* value = std::getenv(std::string(name).c_str());
    if (value == nullptr) return std::nullopt;
    return value;
  };
}

Result<Configuration> load_parameters(const fs::path& file) {
  Findings findings;
  Settings settings;
  if (const auto object = read_object(file, findings))
    read_parameters(file, *object, target_of(settings), false, findings);
  return finish(std::move(settings), std::move(findings));
}

Result<Configuration> load_configuration(const fs::path& root, const Environment& environment) {
  std::error_code error;
  if (!fs::is_directory(root, error))
    return fail(ErrorKind::not_found, std::format("{}: no such configuration folder", root.string()));
  Findings findings;
  Settings settings;
  const fs::path file = root / "config" / "parameter_config.json";
  if (fs::exists(file, error))
    if (const auto object = read_object(file, findings))
      read_parameters(file, *object, target_of(settings), false, findings);
  read_cameras(root, settings, findings);
  std::ranges::move(apply_attendance_environment(environment, settings.site), std::back_inserter(findings.problems));
  note_postgres(environment, findings);
  choose_pack_by_environment(environment, settings, findings);
  return finish(std::move(settings), std::move(findings));
}

}  // namespace hadir
