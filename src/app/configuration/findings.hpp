#pragma once
#include <filesystem>
#include <format>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/configuration/parameter_table.hpp"
#include "core/error.hpp"

namespace hadir {

/// What was found while reading; everything is read before anything is refused.
struct Findings {
  std::vector<std::string> problems;
  std::vector<std::string> warnings;

  void problem(const std::filesystem::path& file, std::string_view key, std::string_view what) {
    problems.push_back(std::format("{}: {}: {}", file.string(), key, what));
  }
  void warning(const std::filesystem::path& file, std::string_view key, std::string_view what) {
    warnings.push_back(std::format("{}: {}: {}", file.string(), key, what));
  }

  /// Nothing wrong: fine. Otherwise `invalid_input` with each problem on a line of its own, without credentials.
  Status status() const;
};

/// Reads all parameters of an object into `target`. Keys that begin with "_" are comments; unknown ones are warnings
/// with the nearest known name. A camera's file has keys of its own, which are left to camera_file.hpp.
void read_parameters(const std::filesystem::path& file, const nlohmann::ordered_json& object,
                     const ParameterTarget& target, bool of_camera, Findings& findings);

/// The one object a file holds; nothing, and a problem noted, when it is not readable.
std::optional<nlohmann::ordered_json> read_object(const std::filesystem::path& file, Findings& findings);

}  // namespace hadir
