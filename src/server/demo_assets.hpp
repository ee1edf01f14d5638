#pragma once
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.hpp"
#include "core/ports/file_fetcher.hpp"
#include "vision/model_files.hpp"

namespace hadir {

/// The files a demo is made of. They are looked for where models are, the mirror and ../shared beside the repository,
/// and used in place; else they are fetched into a folder of the demo's own. Belongs to one thread at a time.
class DemoAssets {
 public:
  /// `description` is demo/assets.json, `folder` where fetched files go.
  DemoAssets(const std::filesystem::path& description, std::filesystem::path folder, FileFetcher& fetcher,
             TellLine tell);

  /// Where the asset lies, as an absolute path. What could not be had is not asked for again.
  Result<std::filesystem::path> take(const nlohmann::json& asset);

 private:
  Result<std::filesystem::path> look_for(const nlohmann::json& asset);

  ModelLocations where_;
  FileFetcher& fetcher_;
  TellLine tell_;
  std::map<std::string, Result<std::filesystem::path>> taken_;  ///< by digest
};

/// demo/assets.json; errors name the file.
Result<nlohmann::json> read_demo_description(const std::filesystem::path& file);

}  // namespace hadir
