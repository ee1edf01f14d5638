#include "server/demo_assets.hpp"

#include <cstdlib>
#include <fstream>

#include "vision/file_entry.hpp"

namespace hadir {

namespace fs = std::filesystem;

DemoAssets::DemoAssets(const fs::path& description, fs::path folder, FileFetcher& fetcher, TellLine tell)
    : fetcher_(fetcher), tell_(std::move(tell)) {
  where_.models = std::move(folder);
  if (const char* mirror = std::getenv("HADIR_MODEL_MIRROR")) where_.mirrors.emplace_back(mirror);
  const auto shared = fs::absolute(description).parent_path().parent_path().parent_path() / "shared";
  where_.mirrors.push_back(shared / "media");
  where_.mirrors.push_back(shared / "faces" / "people");
}

Result<fs::path> DemoAssets::take(const nlohmann::json& asset) {
  const auto key = asset.value("sha256", "");
  if (const auto known = taken_.find(key); known != taken_.end()) return known->second;
  return taken_.emplace(key, look_for(asset)).first->second;
}

Result<fs::path> DemoAssets::look_for(const nlohmann::json& asset) {
  const auto file = read_file_entry(asset, "demo: ");
  if (!file) return std::unexpected(file.error());
  if (const auto report = inspect(where_, *file); report.state == FileState::ok) return fs::absolute(report.path);
  auto fetched = fetch_model(where_, *file, fetcher_, tell_);
  if (!fetched) return fetched;
  return fs::absolute(*fetched);
}

Result<nlohmann::json> read_demo_description(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) return fail(ErrorKind::not_found, "no demo description " + file.string());
  auto json = nlohmann::json::parse(stream, nullptr, false);
  if (json.is_discarded()) return fail(ErrorKind::corrupted, file.string() + " is not valid JSON");
  return json;
}

}  // namespace hadir
