#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"
#include "core/settings.hpp"
#include "server/data_folder.hpp"
#include "web/web_server.hpp"

namespace hadir {

struct ServerOptions {
  std::filesystem::path data = "data";
  std::filesystem::path config_dir = ".";  ///< holds config/ and camera_configs/
  std::filesystem::path tracking_mode;     ///< config/tracking_mode.json; empty: `data`/tracking_mode.json
  WebOptions web;
  std::string version;
  std::function<Result<Settings>()> load;   ///< reads the configuration anew, for a restart of the analysis
  std::function<void()> shut_down = [] {};  ///< asks the program to end; returns at once
  std::string models_notice;  ///< why the models are not the ones that should run; shown in /healthz while not empty
};

/// Everything that `hadir serve` runs, wired. Started in this order, stopped in the reverse one:
/// data folder, models, gallery, fact writer, cameras and pipeline, web.
class Server {
 public:
  /// A missing model, a database that can't be opened and a taken port are errors; a camera that can't be reached and
  /// pictures that can't be written are not: they show in /healthz.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, const Settings& settings);
  /// The same with models that are loaded already.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, const Settings& settings,
                                               std::unique_ptr<FaceModelFactory> models);
  ~Server();
  /// The secret of the link by which the first user is made; nothing when there is one already.
  Result<std::optional<std::string>> new_setup_token();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace hadir
