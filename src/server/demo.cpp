#include "server/demo.hpp"

#include <array>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/people/enrol_person.hpp"
#include "app/people/gallery_loading.hpp"
#include "media/jpeg.hpp"
#include "media/photo_reader.hpp"
#include "server/demo_assets.hpp"
#include "server/server.hpp"
#include "server/still_cameras.hpp"
#include "server/system_clock.hpp"
#include "server/template_renewal.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
constexpr const char* demo_department = "Demo";
using Json = nlohmann::json;

/// A demo while it is prepared: what every step needs.
struct Preparation {
  const DemoOptions& options;
  DemoAssets& assets;
  FaceModelFactory& pack;
  FaceModels& models;
  DemoReport report;
};

Status write_camera(const DemoOptions& options, const Json& camera, const fs::path& video) {
  const fs::path folder = options.data / "camera_configs" / camera.at("camera").get<std::string>();
  std::error_code failure;
  fs::create_directories(folder, failure);
  const nlohmann::ordered_json config{{"name", camera.at("title")},
                                      {"rtsp_url", video.string()},
                                      {"enabled", true},
                                      {"location", camera.at("location")},
                                      {"loop", true}};
  std::ofstream file(folder / "config.json");
  file << config.dump(2) << "\n";
  file.close();
  if (!file) return fail(ErrorKind::unavailable, "cannot write " + (folder / "config.json").string());
  return {};
}

/// A camera for each clip that can be had; how many.
Result<std::size_t> cameras_of_clips(const Json& clips, Preparation& preparation) {
  std::size_t cameras = 0;
  for (const auto& clip : clips) {
    const auto video = preparation.assets.take(clip);
    if (!video) {
      preparation.report.missing.push_back(video.error().message);
      continue;
    }
    if (auto written = write_camera(preparation.options, clip, *video); !written)
      return std::unexpected(written.error());
    preparation.report.lines.push_back(clip.at("camera").get<std::string>() + " plays " +
                                       clip.at("name").get<std::string>() + " (" +
                                       clip.at("licence").get<std::string>() + ")");
    ++cameras;
  }
  return cameras;
}

/// A camera for each scene that can be made from photos; how many.
Result<std::size_t> cameras_of_stills(const Json& stills, Preparation& preparation) {
  std::size_t cameras = 0;
  for (const auto& camera : stills.at("cameras")) {
    const auto video = make_still_clip(camera, stills.at("photos"), preparation.options.data / "scenes",
                                       preparation.assets, *preparation.models.detector, preparation.options.tell);
    if (!video) {
      preparation.report.missing.push_back(video.error().message);
      continue;
    }
    if (auto written = write_camera(preparation.options, camera, *video); !written)
      return std::unexpected(written.error());
    preparation.report.lines.push_back(camera.at("camera").get<std::string>() +
                                       " plays a scene made from photos of people in a drawn room");
    ++cameras;
  }
  return cameras;
}

/// The photo as it is, or only the part of it that is meant ("crop": [x, y, width, height]).
Result<Bytes> photo_bytes(const Json& asset, const fs::path& photo) {
  if (!asset.contains("crop")) {
    std::ifstream stream(photo, std::ios::binary);
    return Bytes(std::istreambuf_iterator<char>(stream), {});
  }
  const auto frame = make_photo_reader()->read(photo);
  if (!frame) return std::unexpected(frame.error());
  const auto part = asset.at("crop").get<std::array<float, 4>>();
  return make_jpeg_encoder()->encode(*frame, {.crop = Rect{part[0], part[1], part[2], part[3]}, .quality = 95});
}

/// Enrols one person from one photo, unless they are there already.
Result<std::string> enrol(const Json& asset, const fs::path& photo, Database& database, EnrolPerson& enrolment) {
  EnrolRequest request;
  request.name = asset.at("person");
  request.employee_code = asset.at("code");
  request.department = demo_department;
  const auto there = database.persons().find_by_code(request.employee_code);
  if (!there) return std::unexpected(there.error());
  if (*there) return request.name + " is enrolled already";
  auto bytes = photo_bytes(asset, photo);
  if (!bytes) return std::unexpected(bytes.error());
  request.photos.push_back({photo.filename().string(), std::move(*bytes)});
  const auto outcome = enrolment.enrol(request);
  if (!outcome) return std::unexpected(outcome.error());
  return "enrolled " + request.name +
         (asset.at("appears").get<bool>() ? ", who is on one of the clips" : ", who is on none of the clips");
}

/// Rules by which whoever is recognised is present whenever the demo is started: a shift of all day and every day,
/// since without one a first in after noon would wait for a review, and confidence bands that begin at dlib's
/// tolerance, whose confidence (1 - distance) hardly reaches the usual 0.7.
Status work_around_the_clock(Database& database, const Clock& clock, UuidSource& uuids) {
  const auto there = database.rules().shifts();
  if (!there) return std::unexpected(there.error());
  if (!there->empty()) return {};
  const Instant now = clock.now();
  Shift shift{.id = ShiftId{uuids.next(now)},
              .valid_from = now,
              .name = "Around the clock",
              .hours = {},  // 00:00-00:00 is a whole day
              .lunch_break = std::nullopt,
              .working_days = Weekdays{0b1111111},
              .expected_duration = std::chrono::minutes{0},
              .grace = std::chrono::hours{24},
              .is_active = true,
              .organisation = {},
              .created_at = now,
              .updated_at = now};
  const ShiftAssignment assignment{.id = ShiftAssignmentId{uuids.next(now)},
                                   .person = std::nullopt,
                                   .department = demo_department,
                                   .shift = shift.id,
                                   .valid_from = now,
                                   .created_at = now};
  const AttendanceRule rule{
      .id = AttendanceRuleId{uuids.next(now)},
      .valid_from = now,
      .name = "Demo",
      .department = demo_department,
      .working_days = Weekdays{0b1111111},
      .hours = std::nullopt,
      .min_presence_percentage = 0,
      .bands = {.auto_check_in = 0.4, .auto_check_out = 0.4, .manual_review = 0.4},
      .is_active = true,
      .created_at = now,
      .updated_at = now,
  };
  return database.in_transaction([&]() -> Status {
    if (auto added = database.rules().add(shift); !added) return added;
    if (auto added = database.rules().add(rule); !added) return added;
    return database.rules().add(assignment);
  });
}

Status enrol_people(const Json& people, Preparation& preparation) {
  // A demo stays in its folder, whatever database the machine otherwise works with.
  auto data = DataFolder::open(preparation.options.data, [](std::string_view) { return std::nullopt; });
  if (!data) return std::unexpected(data.error());
  auto& pack = preparation.pack;
  const SystemClock clock;
  if (auto renewed = renew_templates(*data, pack, clock); !renewed) return std::unexpected(renewed.error());
  FaissGallery gallery(pack.calibration().metric, pack.dimensions(), pack.calibration().minimum_threshold);
  if (auto loaded = load_gallery(*data->database, pack.model(), gallery); !loaded)
    return std::unexpected(loaded.error());
  RandomUuidSource uuids;
  if (auto added = work_around_the_clock(*data->database, clock, uuids); !added) return added;
  const auto reader = make_photo_reader();
  EnrolPerson enrolment({*data->database, *data->pictures, *reader, preparation.models, clock, uuids, &gallery}, {});
  for (const auto& asset : people) {
    const auto photo = preparation.assets.take(asset);
    if (!photo) {
      preparation.report.missing.push_back(photo.error().message);
      continue;
    }
    const auto line = enrol(asset, *photo, *data->database, enrolment);
    if (line)
      preparation.report.lines.push_back(*line);
    else if (line.error().kind == ErrorKind::invalid_input)  // this pack cannot use the photo; the others may do
      preparation.report.missing.push_back(line.error().message);
    else
      return std::unexpected(line.error());
  }
  return {};
}

Status prepare(const Json& description, Preparation& preparation) {
  auto& report = preparation.report;
  auto cameras = cameras_of_clips(description.at("clips"), preparation);
  if (!cameras) return std::unexpected(cameras.error());
  const bool from_stills = *cameras == 0 && description.contains("stills");
  if (from_stills) {
    report.lines.push_back("none of the sample clips can be had: the cameras are made from photos");
    report.missing.clear();
    cameras = cameras_of_stills(description.at("stills"), preparation);
    if (!cameras) return std::unexpected(cameras.error());
  }
  if (*cameras == 0) {
    std::string why = "neither clips nor photos for the demo can be had";
    for (const auto& line : report.missing) why += "\n  " + line;
    return fail(ErrorKind::unavailable, why);
  }
  return enrol_people(from_stills ? description.at("stills").at("people") : description.at("people"), preparation);
}

}  // namespace

Result<DemoReport> prepare_demo(const DemoOptions& options, FileFetcher& fetcher) {
  const auto description = read_demo_description(options.assets);
  if (!description) return std::unexpected(description.error());
  auto pack = load_pack(options.models, ModelLocations::standard());
  if (!pack) return std::unexpected(pack.error());
  auto models = (*pack)->make();
  if (!models) return std::unexpected(models.error());
  DemoAssets assets(options.assets, options.data / "assets", fetcher, options.tell);
  Preparation preparation{options, assets, **pack, *models, {}};
  if (auto done = prepare(*description, preparation); !done) return std::unexpected(done.error());
  return std::move(preparation.report);
}

}  // namespace hadir
