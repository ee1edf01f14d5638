#include "server/demo.hpp"

#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/people/enrol_person.hpp"
#include "app/people/gallery_loading.hpp"
#include "media/photo_reader.hpp"
#include "server/server.hpp"
#include "server/system_clock.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/model_files.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Result<Json> read_assets(const fs::path& file) {
  std::ifstream stream(file);
  if (!stream) return fail(ErrorKind::not_found, "no demo description " + file.string());
  auto json = Json::parse(stream, nullptr, false);
  if (json.is_discarded()) return fail(ErrorKind::corrupted, file.string() + " is not valid JSON");
  return json;
}

ModelFile file_of(const Json& asset) {
  ModelFile file;
  file.name = asset.at("name");
  file.bytes = asset.at("bytes");
  file.sha256 = asset.at("sha256");
  file.licence = asset.at("licence");
  file.origin = asset.at("origin");
  file.addresses = asset.at("addresses").get<std::vector<std::string>>();
  return file;
}

/// Assets are looked for where models are: the mirror, then ../shared beside the repository.
ModelLocations locations(const DemoOptions& options) {
  ModelLocations where;
  where.models = options.data / "assets";
  if (const char* mirror = std::getenv("HADIR_MODEL_MIRROR")) where.mirrors.emplace_back(mirror);
  const auto shared = fs::absolute(options.assets).parent_path().parent_path().parent_path() / "shared";
  where.mirrors.push_back(shared / "media");
  where.mirrors.push_back(shared / "faces" / "people");
  return where;
}

/// Where the asset lies: used in place when a mirror has it, else downloaded.
Result<fs::path> take_asset(const ModelLocations& where, const Json& asset, Downloader& downloader) {
  const auto file = file_of(asset);
  if (const auto report = inspect(where, file); report.state == FileState::ok) return fs::absolute(report.path);
  std::error_code ignored;
  fs::create_directories(where.models, ignored);
  auto fetched = fetch_model(where, file, downloader);
  if (!fetched) return fetched;
  return fs::absolute(*fetched);
}

Status write_camera(const DemoOptions& options, const Json& clip, const fs::path& video) {
  const fs::path folder = options.data / "camera_configs" / clip.at("camera").get<std::string>();
  std::error_code failure;
  fs::create_directories(folder, failure);
  const Json config{{"name", clip.at("title")},
                    {"rtsp_url", video.string()},
                    {"enabled", true},
                    {"location", clip.at("location")},
                    {"loop", true}};
  std::ofstream file(folder / "config.json");
  file << config.dump(2) << "\n";
  file.close();
  if (!file) return fail(ErrorKind::unavailable, "cannot write " + (folder / "config.json").string());
  return {};
}

/// Enrols one person from one photo, unless they are there already.
Result<std::string> enrol(const Json& asset, const fs::path& photo, Database& database, EnrolPerson& enrolment) {
  EnrolRequest request;
  request.name = asset.at("person");
  request.employee_code = asset.at("code");
  request.department = "Demo";
  const auto there = database.persons().find_by_code(request.employee_code);
  if (!there) return std::unexpected(there.error());
  if (*there) return request.name + " is enrolled already";
  std::ifstream stream(photo, std::ios::binary);
  request.photos.push_back({photo.filename().string(), Bytes(std::istreambuf_iterator<char>(stream), {})});
  const auto outcome = enrolment.enrol(request);
  if (!outcome) return std::unexpected(outcome.error());
  return "enrolled " + request.name +
         (asset.at("appears").get<bool>() ? ", who is on one of the clips" : ", who is on none of the clips");
}

Status enrol_people(const DemoOptions& options, const Json& people, const ModelLocations& where, Downloader& downloader,
                    DemoReport& report) {
  auto pack = load_pack(options.models, ModelLocations::standard());
  if (!pack) return std::unexpected(pack.error());
  auto models = (*pack)->make();
  if (!models) return std::unexpected(models.error());
  auto data = DataFolder::open(options.data);
  if (!data) return std::unexpected(data.error());
  FaissGallery gallery((*pack)->calibration().metric, (*pack)->dimensions(), (*pack)->calibration().minimum_threshold);
  if (auto loaded = load_gallery(*data->database, (*pack)->model(), gallery); !loaded)
    return std::unexpected(loaded.error());
  const SystemClock clock;
  RandomUuidSource uuids;
  const auto reader = make_photo_reader();
  EnrolPerson enrolment({*data->database, *data->pictures, *reader, *models, clock, uuids, &gallery}, {});
  for (const auto& asset : people) {
    const auto photo = take_asset(where, asset, downloader);
    if (!photo) {
      report.missing.push_back(photo.error().message);
      continue;
    }
    const auto line = enrol(asset, *photo, *data->database, enrolment);
    if (!line) return std::unexpected(line.error());
    report.lines.push_back(*line);
  }
  return {};
}

}  // namespace

Result<DemoReport> prepare_demo(const DemoOptions& options, Downloader& downloader) {
  const auto assets = read_assets(options.assets);
  if (!assets) return std::unexpected(assets.error());
  const auto where = locations(options);
  DemoReport report;
  std::size_t cameras = 0;
  for (const auto& clip : assets->at("clips")) {
    const auto video = take_asset(where, clip, downloader);
    if (!video) {
      report.missing.push_back(video.error().message);
      continue;
    }
    if (auto written = write_camera(options, clip, *video); !written) return std::unexpected(written.error());
    report.lines.push_back(clip.at("camera").get<std::string>() + " plays " + clip.at("name").get<std::string>() +
                           " (" + clip.at("licence").get<std::string>() + ")");
    ++cameras;
  }
  if (cameras == 0) {
    std::string why = "none of the demo's clips can be had";
    for (const auto& line : report.missing) why += "\n  " + line;
    return fail(ErrorKind::unavailable, why);
  }
  if (auto status = enrol_people(options, assets->at("people"), where, downloader, report); !status)
    return std::unexpected(status.error());
  return report;
}

}  // namespace hadir
