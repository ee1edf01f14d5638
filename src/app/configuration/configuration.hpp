#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "core/settings.hpp"

namespace hadir {

/// Looks an environment variable up; empty when it isn't set.
using Environment = std::function<std::optional<std::string>(std::string_view name)>;
Environment process_environment();

struct Configuration {
  Settings settings;
  std::vector<std::string> warnings;  ///< one line each, without credentials
};

/// Reads ROOT/config/parameter_config.json and ROOT/camera_configs/CAM*/config.json. Missing ones mean defaults and no
/// cameras. Cameras are in natural order (CAM2 before CAM10). FACE_RECOGNITION_MODEL=hog|cnn in the environment chooses
/// the model pack dlib or dlib-cnn.
/// `not_found` when ROOT is no folder; `invalid_input` lists every problem on a line of its own:
/// "file: key: value is not allowed, only …" or "file:line:column: not valid JSON: …".
Result<Configuration> load_configuration(const std::filesystem::path& root, const Environment& environment);

/// Reads one file of parameters (the format of parameter_config.json), without cameras.
Result<Configuration> load_parameters(const std::filesystem::path& file);

}  // namespace hadir
