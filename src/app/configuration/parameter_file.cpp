#include "app/configuration/parameter_file.hpp"

#include <algorithm>
#include <system_error>

#include "app/configuration/findings.hpp"
#include "app/configuration/json_file.hpp"
#include "app/configuration/whole_file.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// What the file's object says, all parameters with their defaults.
Settings settings_of(const Json& object, Findings& findings) {
  Settings settings;
  read_parameters("parameters", object, target_of(settings), false, findings);
  return settings;
}

Result<Json> present(const fs::path& file) {
  auto object = read_json_object(file);
  if (!object && object.error().kind == ErrorKind::not_found) return Json::object();
  if (!object) return std::unexpected(object.error());
  return std::move(object->value);
}

/// Problems and, for keys that are to be changed, warnings: what the file has already is not the caller's matter.
Status check(const Json& object, const Json& changes, Findings findings) {
  for (std::string& warning : findings.warnings) {
    const std::string_view rest = std::string_view(warning).substr(sizeof "parameters: " - 1);
    const std::string key(rest.substr(0, rest.find(": ")));
    if (changes.contains(key) && object.contains(key)) findings.problems.push_back(std::move(warning));
  }
  for (std::string& problem : findings.problems)
    if (problem.starts_with("parameters: ")) problem.erase(0, sizeof "parameters: " - 1);
  return findings.status();
}

}  // namespace

Result<Settings> present_parameters(const fs::path& root) {
  const auto object = present(root / "config" / "parameter_config.json");
  if (!object) return std::unexpected(object.error());
  Findings findings;
  Settings settings = settings_of(*object, findings);
  if (const auto fine = findings.status(); !fine) return std::unexpected(fine.error());
  return settings;
}

Result<ParameterChange> change_parameters(const fs::path& root, const Json& changes) {
  const fs::path file = root / "config" / "parameter_config.json";
  const auto before = present(file);
  if (!before) return std::unexpected(before.error());
  Json after = *before;
  for (const auto& [key, value] : changes.items())
    if (value.is_null() && find_parameter(key) != nullptr)
      after.erase(key);
    else
      after[key] = value;

  Findings ignored;
  Findings findings;
  Settings old_settings = settings_of(*before, ignored);
  Settings new_settings = settings_of(after, findings);
  if (const auto fine = check(after, changes, std::move(findings)); !fine) return std::unexpected(fine.error());

  ParameterChange change;
  for (const auto& [key, value] : changes.items()) {
    const Parameter* parameter = find_parameter(key);
    if (parameter == nullptr || parameter->read(target_of(old_settings)) == parameter->read(target_of(new_settings)))
      continue;
    change.changed.push_back(key);
    if (parameter->needs_restart) change.need_restart.push_back(key);
  }
  if (after != *before)
    if (auto written = write_whole_file(file, after.dump(2) + "\n"); !written) return std::unexpected(written.error());
  return change;
}

}  // namespace hadir
