#include "app/configuration/configuration.hpp"

#include <algorithm>
#include <cstdlib>
#include <format>
#include <system_error>

#include "app/configuration/attendance_environment.hpp"
#include "app/configuration/camera_file.hpp"
#include "app/configuration/findings.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

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
  if (const auto fine = findings.status(); !fine) return std::unexpected(fine.error());
  return Configuration{std::move(settings), std::move(findings.warnings)};
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
  choose_pack_by_environment(environment, settings, findings);
  return finish(std::move(settings), std::move(findings));
}

}  // namespace hadir
