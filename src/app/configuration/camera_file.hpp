#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/configuration/findings.hpp"
#include "core/error.hpp"
#include "core/settings.hpp"

namespace hadir {

/// camera_configs/CAM1/config.json: a camera's name, addresses, place, whether it is on, and overrides of parameters.

/// Is it a name a camera's folder may have: CAM and then letters, digits, - and _, at most 40 in all?
bool is_camera_id(const std::string& id);

/// Reads the object of camera `id` over the defaults of `site`. `file` stands for it in findings; addresses of files
/// are looked for in `root`.
CameraSettings read_camera(const std::filesystem::path& root, const std::filesystem::path& file, const std::string& id,
                           const nlohmann::ordered_json& object, const Settings& site, Findings& findings);

/// Reads the files of all cameras of `root` into `settings`, CAM2 before CAM10.
void read_cameras(const std::filesystem::path& root, Settings& settings, Findings& findings);

/// A camera's file as it stands there; `not_found` for a camera that has none.
Result<nlohmann::ordered_json> camera_file(const std::filesystem::path& root, const std::string& id);

/// The object of a camera's file as settings. What reading a file would only warn of is refused, too: `invalid_input`
/// names each key.
Result<CameraSettings> checked_camera(const std::filesystem::path& root, const std::string& id,
                                      const nlohmann::ordered_json& object, const Settings& site);

/// Writes a camera's file as a whole, after these checks. `unavailable` names the file.
Result<CameraSettings> write_camera_file(const std::filesystem::path& root, const std::string& id,
                                         const nlohmann::ordered_json& object, const Settings& site);

/// Takes the camera's folder away. `not_found` for a camera that has none.
Status remove_camera_file(const std::filesystem::path& root, const std::string& id);

}  // namespace hadir
