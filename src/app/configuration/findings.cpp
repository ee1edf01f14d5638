#include "app/configuration/findings.hpp"

#include <algorithm>
#include <format>

#include "app/configuration/json_file.hpp"
#include "app/configuration/nearest_name.hpp"
#include "core/masking.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;
using Names = std::vector<std::string_view>;

constexpr std::string_view own_camera_keys[] = {"id", "name", "rtsp_url", "detect_url", "enabled", "location"};

Names known_names(bool of_camera) {
  Names names;
  if (of_camera) names.assign(std::begin(own_camera_keys), std::end(own_camera_keys));
  for (const Parameter& parameter : parameters())
    if (!of_camera || parameter.scope == ParameterScope::camera) names.push_back(parameter.key);
  return names;
}

std::string unknown_key(std::string_view key, bool of_camera) {
  const Parameter* site_wide = find_parameter(key);
  if (of_camera && site_wide != nullptr)
    return "is the same for all cameras and belongs into config/parameter_config.json; ignored";
  if (!of_camera && std::ranges::contains(own_camera_keys, key))
    return "belongs into a camera's own config.json; ignored";
  if (const auto near = nearest_name(key, known_names(of_camera)))
    return std::format("unknown key, ignored; did you mean {}?", *near);
  return "unknown key, ignored";
}

}  // namespace

Status Findings::status() const {
  if (problems.empty()) return {};
  std::string message;
  for (const std::string& problem : problems) message += (message.empty() ? "" : "\n") + problem;
  return fail(ErrorKind::invalid_input, mask_credentials(message));
}

void read_parameters(const fs::path& file, const Json& object, const ParameterTarget& target, bool of_camera,
                     Findings& findings) {
  for (const auto& [key, json] : object.items()) {
    if (key.starts_with('_')) continue;
    if (of_camera && std::ranges::contains(own_camera_keys, key)) continue;
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

}  // namespace hadir
