#include "server/server.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <format>
#include <optional>
#include <thread>

#include "app/cameras/camera_desk.hpp"
#include "app/facts/camera_watch.hpp"
#include "app/facts/fact_feed.hpp"
#include "app/facts/fact_recorder.hpp"
#include "app/facts/fact_writer.hpp"
#include "app/facts/site_schedule.hpp"
#include "app/housekeeping/housekeeping.hpp"
#include "app/people/face_desk.hpp"
#include "app/schedule/schedule_desk.hpp"
#include "app/system/uptime.hpp"
#include "media/jpeg.hpp"
#include "media/photo_reader.hpp"
#include "server/access_start.hpp"
#include "server/database_choice.hpp"
#include "server/housekeeper.hpp"
#include "server/live_cameras.hpp"
#include "server/people_directory.hpp"
#include "server/system_clock.hpp"
#include "server/template_renewal.hpp"
#include "store/backup_folder.hpp"
#include "store/spool_folder.hpp"
#include "vision/faiss_gallery.hpp"
#include "vision/frame_annotator.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

constexpr auto look_for_people_every = std::chrono::seconds{2};

std::filesystem::path tracking_mode_file(const ServerOptions& options) {
  return options.tracking_mode.empty() ? options.data / "tracking_mode.json" : options.tracking_mode;
}

}  // namespace

/// In the order they are made; members go in the reverse one, so nothing outlives what it stands on.
struct Server::Parts {
  SystemClock clock;
  DataFolder data;
  std::unique_ptr<SpoolFolder> spool;
  std::unique_ptr<AccessControl> access;
  std::unique_ptr<FaceModelFactory> models;
  std::unique_ptr<JpegEncoder> jpeg = make_jpeg_encoder();
  FrameAnnotator annotator;
  std::unique_ptr<FaissGallery> gallery;
  std::unique_ptr<PeopleDirectory> people;
  std::unique_ptr<PhotoReader> photo_reader = make_photo_reader();
  std::unique_ptr<FaceDesk> faces;
  std::unique_ptr<FactRecorder> recorder;
  std::unique_ptr<FactWriter> writer;
  std::unique_ptr<Housekeeper> housekeeper;
  FactFeed feed;
  std::unique_ptr<LiveCameras> cameras;
  std::unique_ptr<CameraDesk> camera_desk;
  std::unique_ptr<ScheduleDesk> schedule_desk;
  std::unique_ptr<Uptime> uptime;
  std::unique_ptr<CameraWatch> watch;
  std::unique_ptr<BackupFolder> backups;
  std::unique_ptr<WebServer> web;
  std::string models_notice;

  Status open_data(const ServerOptions& options, const Settings& settings);
  Status open_gallery();
  void open_face_desk(const Settings& settings);
  Status start_facts(const ServerOptions& options, FactRules rules);
  void tell(const RecordedFacts& facts);
  Status start_cameras(const ServerOptions& options, const Settings& settings);
  Status start_housekeeping(const ServerOptions& options, const Settings& settings);
  Status start_web(const ServerOptions& options, const Settings& settings, const FactRules& rules);
  void open_schedule(const ServerOptions& options, const FactRules& rules);
  std::vector<HealthItem> health() const;
  std::vector<Measure> measures() const;
};

Status Server::Parts::open_data(const ServerOptions& options, const Settings& settings) {
  auto opened = DataFolder::open(options.data);
  if (!opened) return std::unexpected(opened.error());
  data = std::move(*opened);
  auto spooled = SpoolFolder::open(options.data / "spool");
  if (!spooled) return std::unexpected(spooled.error());
  spool = std::move(*spooled);
  spdlog::info("database: {}", data.database->describe());
  auto opened_access = open_access(*data.database, clock, options.data);
  if (!opened_access) return std::unexpected(opened_access.error());
  access = std::move(*opened_access);
  return synchronise_cameras(*data.database, settings);
}

Status Server::Parts::open_gallery() {
  if (auto renewed = renew_templates(data, *models, clock); !renewed) return std::unexpected(renewed.error());
  const Calibration& calibration = models->calibration();
  gallery = std::make_unique<FaissGallery>(calibration.metric, models->dimensions(), calibration.minimum_threshold);
  auto loaded = PeopleDirectory::load(*data.database, *gallery, models->model());
  if (!loaded) return std::unexpected(loaded.error());
  people = std::move(*loaded);
  people->watch(look_for_people_every);
  return {};
}

void Server::Parts::open_face_desk(const Settings& settings) {
  if (!settings.site.face_recognition_enabled) return;
  EnrolRules rules;
  rules.target_fpir = settings.analysis.target_fpir;
  rules.recognition_threshold = settings.analysis.recognition_threshold;
  faces = std::make_unique<FaceDesk>(FaceDesk::Parts{.database = *data.database,
                                                     .pictures = *data.pictures,
                                                     .reader = *photo_reader,
                                                     .models = *models,
                                                     .gallery = *gallery,
                                                     .clock = clock,
                                                     .people_changed =
                                                         [this] {
                                                           const auto done = people->refresh();
                                                           return done ? Status{} : std::unexpected(done.error());
                                                         }},
                                     rules);
}

void Server::Parts::tell(const RecordedFacts& facts) {
  for (const Sighting& sighting : facts.sightings) spdlog::debug("sighting {} is recorded", sighting.id.str());
  for (const PresenceEdge& edge : facts.edges)
    spdlog::info("{} {} {}", edge.camera.str(), to_text(edge.kind), people->name_of(edge.person));
  for (const Notification& notification : facts.notifications)
    spdlog::info("{}: {}", to_text(notification.type), notification.message);
  feed.publish(facts);
}

Status Server::Parts::start_facts(const ServerOptions& options, FactRules rules) {
  rules.since = clock.now();
  const auto file = tracking_mode_file(options);
  if (auto adopted = adopt_tracking_mode(*data.database, file, rules.since); !adopted) {
    // A folder that cannot be written is no reason not to serve; a file that cannot be understood is.
    if (adopted.error().kind != ErrorKind::unavailable) return adopted;
    spdlog::warn("{}", adopted.error().message);
  }
  recorder = std::make_unique<FactRecorder>(*data.database, *data.pictures, rules);
  if (auto noted = recorder->was_off(rules.since); !noted) return noted;
  writer = std::make_unique<FactWriter>(*recorder, *spool, clock, [this](const RecordedFacts& facts) { tell(facts); });
  return {};
}

Status Server::Parts::start_cameras(const ServerOptions& options, const Settings& settings) {
  LivePipeline::Dependencies dependencies{.gallery = *gallery,
                                          .jpeg = *jpeg,
                                          .pictures = *data.pictures,
                                          .sink = *writer,
                                          .name_of = [this](const PersonId& id) { return people->name_of(id); },
                                          .on_analysed = {}};
  cameras = std::make_unique<LiveCameras>(std::move(dependencies), *models, clock);
  if (auto started = cameras->start(settings); !started) return started;
  camera_desk = std::make_unique<CameraDesk>(options.config_dir, settings, options.load, *data.database, *cameras);
  watch =
      std::make_unique<CameraWatch>(*recorder, *cameras, clock, [this](const RecordedFacts& facts) { tell(facts); });
  return {};
}

void Server::Parts::open_schedule(const ServerOptions& options, const FactRules& rules) {
  schedule_desk = std::make_unique<ScheduleDesk>(*data.database, tracking_mode_file(options), rules,
                                                 [this](const Notification& notification) -> Status {
                                                   auto judged = recorder->rules_changed({});
                                                   if (!judged) return std::unexpected(judged.error());
                                                   judged->notifications.push_back(notification);
                                                   tell(*judged);
                                                   return {};
                                                 });
  uptime = std::make_unique<Uptime>(options.data / "uptime.json", clock);
}

std::vector<Measure> Server::Parts::measures() const {
  const FactCounters facts = writer->counters();
  const auto counter = [](const char* name, const char* help, std::uint64_t value) {
    return Measure{.name = name, .help = help, .grows = true, .value = static_cast<double>(value)};
  };
  const auto gauge = [](const char* name, const char* help, std::uint64_t value) {
    return Measure{.name = name, .help = help, .grows = false, .value = static_cast<double>(value)};
  };
  return {counter("hadir_facts_accepted_total", "Sightings handed over by the pipeline.", facts.accepted),
          counter("hadir_facts_recorded_total", "Sightings written into the database.", facts.recorded),
          counter("hadir_facts_repeated_total", "Sightings that were there already.", facts.repeated),
          counter("hadir_facts_spooled_total", "Sightings that went through the spool.", facts.spooled),
          counter("hadir_facts_lost_total", "Sightings that could neither be written nor spooled.", facts.lost),
          gauge("hadir_facts_queued", "Sightings waiting in memory.", facts.queued),
          gauge("hadir_spool_facts", "Sightings waiting in the spool on disk.", facts.in_spool),
          gauge("hadir_people_enrolled", "People the gallery knows.", gallery->person_count())};
}

Status Server::Parts::start_housekeeping(const ServerOptions& options, const Settings& settings) {
  const auto rules = HousekeepingRules::from(settings.site);
  if (!rules) return std::unexpected(rules.error());
  const auto choice = DatabaseChoice::from(options.data, process_environment());
  if (!choice) return std::unexpected(choice.error());
  backups =
      std::make_unique<BackupFolder>(options.data / "backups", choice->postgres ? ".dump" : ".db", choice->upkeep());
  const auto say = [](bool is_well, const std::string& line) {
    spdlog::log(is_well ? spdlog::level::info : spdlog::level::warn, "{}", line);
  };
  housekeeper = std::make_unique<Housekeeper>(Housekeeper::Parts{.database = *data.database,
                                                                 .pictures = *data.pictures,
                                                                 .archive = *data.pictures,
                                                                 .upkeep = choice->upkeep(),
                                                                 .facts_waiting = [this] { return spool->size() > 0; },
                                                                 .tell = say},
                                              *rules, clock);
  return {};
}

Status Server::Parts::start_web(const ServerOptions& options, const Settings& settings, const FactRules& rules) {
  WebServices services{.database = *data.database,
                       .access = *access,
                       .live = *cameras,
                       .pictures = *data.pictures,
                       .jpeg = *jpeg,
                       .annotator = annotator,
                       .clock = clock,
                       .site_day = {rules.site, rules.day_starts_at},
                       .rules = rules,
                       .faces = faces.get(),
                       .site = settings.site,
                       .cameras = *camera_desk,
                       .schedule = *schedule_desk,
                       .uptime = *uptime,
                       .feed = feed,
                       .config_dir = options.config_dir,
                       .shut_down = options.shut_down,
                       .measures = [this] { return measures(); },
                       .health = [this] { return health(); },
                       .models = models->describe(),
                       .version = options.version,
                       .backups = backups.get(),
                       .judge_again = [this](const std::vector<LocalDay>& days) -> Status {
                         const auto judged = recorder->rules_changed(days);
                         if (!judged) return std::unexpected(judged.error());
                         tell(*judged);
                         return {};
                       }};
  auto started = WebServer::start(options.web, std::move(services));
  if (!started) return std::unexpected(started.error());
  web = std::move(*started);
  return {};
}

std::vector<HealthItem> Server::Parts::health() const {
  std::vector<HealthItem> items = writer->health();
  items.push_back(people->health());
  items.push_back(housekeeper->health());
  if (!models_notice.empty()) items.push_back({"models", false, models_notice});
  std::ranges::copy(cameras->health(), std::back_inserter(items));
  return items;
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, const Settings& settings) {
  const auto where = ModelLocations::standard();
  auto models = load_pack(settings.models, where);
  if (!models) return std::unexpected(models.error());
  ServerOptions with_notice = options;
  with_notice.models_notice = choose_pack(settings.models, where).notice;
  return start(with_notice, settings, std::move(*models));
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, const Settings& settings,
                                              std::unique_ptr<FaceModelFactory> models) {
  const auto host = checked_host(options.web.host);
  if (!host) return std::unexpected(host.error());
  const auto rules = FactRules::from(settings.site);
  if (!rules) return std::unexpected(rules.error());
  auto parts = std::make_unique<Parts>();
  parts->models = std::move(models);
  parts->models_notice = options.models_notice;
  spdlog::info("models: {}", parts->models->describe());
  if (!options.models_notice.empty()) spdlog::warn("{}", options.models_notice);
  Status done = parts->open_data(options, settings);
  if (done) done = parts->open_gallery();
  if (done) parts->open_face_desk(settings);
  if (done) done = parts->start_facts(options, *rules);
  if (done) parts->open_schedule(options, *rules);
  if (done) done = parts->start_cameras(options, settings);
  if (done) done = parts->start_housekeeping(options, settings);
  if (done) done = parts->start_web(options, settings, *rules);
  if (!done) return std::unexpected(done.error());
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Result<std::optional<std::string>> Server::new_setup_token() {
  return parts_->access->sign_in.new_setup_token();
}

Server::~Server() {
  parts_->web.reset();
  parts_->housekeeper.reset();
  parts_->watch.reset();
  parts_->cameras->stop();
  parts_->writer->stop();
  const FactCounters facts = parts_->writer->counters();
  spdlog::info("facts: {} came, {} recorded, {} were there already, {} went through the spool, {} left in it, {} lost",
               facts.accepted, facts.recorded, facts.repeated, facts.spooled, facts.in_spool, facts.lost);
}

}  // namespace hadir
