#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/settings.hpp"

namespace hadir {

/// What ROOT/config/parameter_config.json says now, with the defaults of what it does not say; no cameras.
Result<Settings> present_parameters(const std::filesystem::path& root);

/// What a change of config/parameter_config.json did.
struct ParameterChange {
  std::vector<std::string> changed;       ///< keys whose value is another one now
  std::vector<std::string> need_restart;  ///< those of them that take effect at the next start
};

/// Puts the values of `changes` into ROOT/config/parameter_config.json, the other keys stay; null takes a key out, so
/// that its default holds (for a parameter whose own value may be null, too). All or nothing: `invalid_input` names
/// each key that is unknown (with the nearest known name), of a wrong type or out of range, or that breaks a rule
/// between parameters; `unavailable` names the file. The file is replaced as a whole; its `//` comments go, keys that
/// begin with "_" stay. For one caller at a time.
Result<ParameterChange> change_parameters(const std::filesystem::path& root, const nlohmann::ordered_json& changes);

}  // namespace hadir
