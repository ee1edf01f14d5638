#include "server/live_cameras.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <format>
#include <thread>

#include "media/live_camera.hpp"

namespace hadir {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_every{20};
constexpr std::chrono::seconds measure_rate_for{2};

std::size_t worker_count(const Settings& settings) {
  const auto wanted = settings.models.workers > 0 ? static_cast<std::size_t>(settings.models.workers)
                                                  : std::max<std::size_t>(1, std::thread::hardware_concurrency());
  const auto enabled = static_cast<std::size_t>(std::ranges::count(settings.cameras, true, &CameraSettings::enabled));
  return std::clamp<std::size_t>(enabled, 1, wanted);  // more workers than cameras would only take memory
}

HealthItem camera_health(const CameraId& camera, const CameraStatus& status) {
  switch (status.state) {
    case CameraState::online:
      return {camera.str(), true, ""};
    case CameraState::connecting:
      return {camera.str(), true, "connecting"};
    case CameraState::offline:
      return {camera.str(), false, "offline: " + status.reason};
  }
  std::unreachable();
}

}  // namespace

LiveCameras::LiveCameras(LivePipeline::Dependencies dependencies, FaceModelFactory& models, const Clock& clock)
    : dependencies_(std::move(dependencies)), models_(models), clock_(clock) {}

void LiveCameras::stop() {
  const std::scoped_lock one_at_a_time(changing_);
  std::shared_ptr<LivePipeline> ended;
  const std::scoped_lock lock(mutex_);
  ended.swap(pipeline_);
}

std::shared_ptr<LivePipeline> LiveCameras::pipeline() const {
  const std::scoped_lock lock(mutex_);
  return pipeline_;
}

PipelineCamera LiveCameras::open(const CameraSettings& camera) const {
  const auto log = [](LogLevel level, const std::string& line) {
    spdlog::log(level == LogLevel::warning ? spdlog::level::warn : spdlog::level::info, "{}", line);
  };
  return {camera, make_live_camera(live_camera_options(camera), clock_, log)};
}

Result<std::vector<FaceModels>> LiveCameras::make_workers(const Settings& settings) const {
  std::vector<FaceModels> workers(worker_count(settings));
  if (!settings.site.face_recognition_enabled) {
    spdlog::warn(
        "FACE_RECOGNITION_ENABLED=false: cameras are shown, nobody is "
        "looked for");
    return workers;
  }
  for (FaceModels& worker : workers) {
    auto made = models_.make();
    if (!made) return std::unexpected(made.error());
    worker = std::move(*made);
  }
  return workers;
}

Status LiveCameras::restart(const Settings& settings) {
  const std::scoped_lock one_at_a_time(changing_);
  auto workers = make_workers(settings);
  if (!workers) return std::unexpected(workers.error());
  {
    // A camera may allow one connection alone, so the old ones end before the
    // new ones begin.
    std::shared_ptr<LivePipeline> ended;
    const std::scoped_lock lock(mutex_);
    ended.swap(pipeline_);
  }
  std::vector<PipelineCamera> cameras;
  for (const CameraSettings& camera : settings.cameras)
    if (camera.enabled) cameras.push_back(open(camera));
  auto started = std::make_shared<LivePipeline>(dependencies_, std::move(*workers), std::move(cameras));
  const std::scoped_lock lock(mutex_);
  pipeline_ = std::move(started);
  return {};
}

Status LiveCameras::apply(const CameraSettings& camera) {
  const std::scoped_lock one_at_a_time(changing_);
  const auto running = pipeline();
  if (!running) return fail(ErrorKind::unavailable, "the analysis does not run");
  running->remove(CameraId(camera.id));
  if (camera.enabled) running->add(open(camera));
  return {};
}

void LiveCameras::stop(const CameraId& camera) {
  const std::scoped_lock one_at_a_time(changing_);
  if (const auto running = pipeline()) running->remove(camera);
}

CameraTrial LiveCameras::try_out(const CameraSettings& camera, std::chrono::milliseconds at_most) {
  const auto tried = make_live_camera(live_camera_options(camera), clock_, [](LogLevel, const std::string&) {});
  CameraTrial trial;
  const auto until = SteadyClock::now() + at_most;
  auto measured = until;
  while (SteadyClock::now() < std::min(until, measured)) {
    trial.status = tried->status();
    if (trial.status.state == CameraState::offline && !trial.still) break;
    if (auto frame = tried->take()) {
      if (!trial.still) measured = SteadyClock::now() + measure_rate_for;
      trial.still = std::move(*frame);
    }
    std::this_thread::sleep_for(look_every);
  }
  if (!trial.still)
    trial.reason =
        trial.status.state == CameraState::offline
            ? trial.status.reason
            : std::format("no picture within {} s", std::chrono::round<std::chrono::seconds>(at_most).count());
  return trial;
}

std::vector<CameraId> LiveCameras::cameras() const {
  const auto running = pipeline();
  return running ? running->cameras() : std::vector<CameraId>{};
}

std::optional<CameraStatus> LiveCameras::status(const CameraId& camera) const {
  const auto running = pipeline();
  return running ? running->status(camera) : std::nullopt;
}

std::shared_ptr<const LiveFrame> LiveCameras::latest(const CameraId& camera) const {
  const auto running = pipeline();
  return running ? running->latest(camera) : nullptr;
}

std::vector<StageCounters> LiveCameras::counters() const {
  const auto running = pipeline();
  return running ? running->counters() : std::vector<StageCounters>{};
}

std::vector<HealthItem> LiveCameras::health() const {
  const auto running = pipeline();
  if (!running) return {{"analysis", false, "does not run"}};
  std::vector<HealthItem> items = running->health();
  for (const CameraId& camera : running->cameras())
    if (const auto status = running->status(camera)) items.push_back(camera_health(camera, *status));
  return items;
}

}  // namespace hadir
