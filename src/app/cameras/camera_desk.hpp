#pragma once
#include <filesystem>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/ports/camera_control.hpp"
#include "core/ports/repositories.hpp"
#include "core/settings.hpp"

namespace hadir {

/// The cameras of a site: adds, changes, tries out and removes them in camera_configs/, in the database and in what
/// runs. Safe from any thread. Messages have no credentials.
class CameraDesk {
 public:
  /// Loads the configuration anew.
  using Load = std::function<Result<Settings>()>;
  /// `settings`: the configuration as it was loaded; its other parts are what a camera's file is read over.
  CameraDesk(std::filesystem::path config_dir, Settings settings, Load load, Database& database,
             CameraControl& control);

  /// Starts cameras and analysis anew with the configuration as it is now. On an error what runs goes on.
  Status restart();

  /// The configuration that runs: after a restart of the analysis what is of the site and of the models is still as it
  /// was when hadir started.
  Settings settings() const;
  /// In natural order, with their addresses: those are for no one outside.
  std::vector<CameraSettings> cameras() const;
  Result<CameraSettings> camera(const CameraId& id) const;  ///< `not_found`
  /// The parameters that a camera's file sets for this camera alone. `not_found`.
  Result<nlohmann::ordered_json> overrides(const CameraId& id) const;

  /// What goes into the same transaction as a change: who made it.
  using Also = std::function<Status(const CameraSettings&)>;
  /// `object` as in camera_configs/CAM*/config.json; its "id" may be left out for the first free one. `invalid_input`
  /// names each key, `conflict` an id that is taken, `unavailable` a file that can't be written.
  Result<CameraSettings> add(nlohmann::ordered_json object, const Also& also);
  /// Puts the keys of `changes` over what the camera's file has; null takes a parameter's override out.
  Result<CameraSettings> change(const CameraId& id, const nlohmann::ordered_json& changes, const Also& also);
  Status remove(const CameraId& id, const Also& also);

  /// Connects to a camera with `changes` over what its file has, and changes nothing.
  Result<CameraTrial> try_out(const CameraId& id, const nlohmann::ordered_json& changes);
  /// The same for a camera that is not there yet.
  Result<CameraTrial> try_out(const nlohmann::ordered_json& object);

 private:
  bool is_taken(const std::string& id) const;
  Result<CameraSettings> save(const std::string& id, const nlohmann::ordered_json& object, const Also& also);
  Result<CameraTrial> try_checked(const std::string& id, const nlohmann::ordered_json& object);

  const std::filesystem::path root_;
  const Load load_;
  Database& database_;
  CameraControl& control_;
  std::mutex changing_;       ///< one change at a time, from the file to what runs
  mutable std::mutex mutex_;  ///< of settings_
  Settings settings_;
};

/// Puts the configured cameras into the database; those no longer configured go.
Status synchronise_cameras(Database& database, const Settings& settings);

}  // namespace hadir
