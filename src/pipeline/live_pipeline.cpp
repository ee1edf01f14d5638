#include "pipeline/live_pipeline.hpp"

#include <algorithm>

namespace hadir {
namespace {

using namespace std::chrono_literals;

constexpr auto poll_interval = 8ms;       // until a camera without a new frame is asked again
constexpr double rest_share = 0.6;        // of a period in which a camera just served is not asked
constexpr auto silence_ends_tracks = 3s;  // a camera that sends nothing for so long sees nobody
constexpr auto picture_interval = 5s;

// Scheduling measures; nothing of it is stored. Recorded times come with the frames.
std::chrono::steady_clock::time_point steady_now() {
  return std::chrono::steady_clock::now();
}

std::chrono::nanoseconds period_of(const AnalysisSettings& settings) {
  const double seconds = (1.0 + settings.frame_skip) / settings.fps_target;
  return std::chrono::nanoseconds{static_cast<long long>(seconds * 1e9)};
}

}  // namespace

LivePipeline::LivePipeline(Dependencies dependencies, std::vector<FaceModels> workers,
                           std::vector<PipelineCamera> cameras)
    : dependencies_(std::move(dependencies)), models_(std::move(workers)) {
  const AnalysisContext context{dependencies_.gallery, dependencies_.jpeg, meter_, dependencies_.name_of};
  const auto now = steady_now();
  for (auto& camera : cameras) {
    auto slot = std::make_unique<Slot>();
    slot->id = CameraId(camera.settings.id);
    slot->settings = camera.settings;
    slot->camera = std::move(camera.camera);
    slot->analysis = std::make_unique<CameraAnalysis>(slot->id, camera.settings.analysis, context,
                                                      std::make_unique<RandomUuidSource>());
    slot->period = period_of(camera.settings.analysis);
    // Spread over the period, so that cameras do not all come due at once.
    slot->due = now + slot->period * static_cast<int>(slots_.size()) /
                          static_cast<int>(std::max<std::size_t>(1, cameras.size()));
    slot->last_frame = now;
    slots_.push_back(std::move(slot));
  }
  for (auto& models : models_)
    workers_.emplace_back([this, &models](const std::stop_token& stop) { work(stop, models); });
}

LivePipeline::~LivePipeline() {
  for (auto& worker : workers_) worker.request_stop();
  schedule_changed_.notify_all();
  workers_.clear();
  for (auto& slot : slots_) deliver(slot->analysis->finish());
}

LivePipeline::Slot* LivePipeline::next_slot(const std::stop_token& stop) {
  std::unique_lock lock(schedule_mutex_);
  while (!stop.stop_requested()) {
    Slot* first = nullptr;
    for (auto& slot : slots_)
      if (!slot->busy && (first == nullptr || slot->due < first->due)) first = slot.get();
    if (first == nullptr) {
      schedule_changed_.wait(lock, stop, [&] { return std::ranges::any_of(slots_, [](auto& s) { return !s->busy; }); });
      continue;
    }
    if (first->due <= steady_now()) {
      first->busy = true;
      return first;
    }
    // Woken early when another slot becomes free: it may be due sooner.
    const auto due = first->due;
    schedule_changed_.wait_until(lock, stop, due, [] { return false; });
  }
  return nullptr;
}

void LivePipeline::release(Slot& slot, SteadyTime due) {
  {
    const std::scoped_lock lock(schedule_mutex_);
    slot.busy = false;
    slot.due = due;
  }
  schedule_changed_.notify_one();
}

void LivePipeline::work(const std::stop_token& stop, FaceModels& models) {
  while (Slot* slot = next_slot(stop)) {
    auto due = steady_now() + slot->period;
    try {
      due = serve(*slot, models);
    } catch (const std::exception& failure) {
      // A defect must not take the other cameras down with it.
      note("analysis of " + slot->id.str(), failure.what());
    }
    release(*slot, due);
  }
}

LivePipeline::SteadyTime LivePipeline::serve(Slot& slot, FaceModels& models) {
  auto frame = slot.camera->take();
  const auto now = steady_now();
  if (!frame) {
    if (now - slot.last_frame >= silence_ends_tracks) {
      deliver(slot.analysis->finish());
      slot.last_frame = now;
    }
    return now + poll_interval;
  }
  slot.last_frame = now;
  auto facts = slot.analysis->analyse(*frame, models, slot.camera->main_frame());
  note("analysis of " + slot.id.str(), facts ? "" : facts.error().message);
  publish(slot, *frame, now);
  if (facts) deliver(std::move(*facts));

  // The camera itself delivers at the asked rate; the next frame is on its way for most of a period.
  return now + std::chrono::duration_cast<std::chrono::nanoseconds>(slot.period * rest_share);
}

std::uint64_t LivePipeline::missed() const {
  std::uint64_t dropped = 0;
  for (const auto& slot : slots_) dropped += slot->camera->status().frames_dropped;
  return dropped;
}

void LivePipeline::publish(Slot& slot, const Frame& frame, SteadyTime now) {
  auto live = std::make_shared<LiveFrame>();
  live->frame = frame;
  live->overlays = slot.analysis->overlays();
  live->number = ++slot.number;
  if (dependencies_.on_analysed) dependencies_.on_analysed(slot.id, *live);
  {
    const std::scoped_lock lock(slot.latest_mutex);
    slot.latest = std::move(live);
  }
  save_latest_picture(slot, frame, now);
}

void LivePipeline::save_latest_picture(Slot& slot, const Frame& frame, SteadyTime now) {
  if (slot.last_picture != SteadyTime{} && now - slot.last_picture < picture_interval) return;
  slot.last_picture = now;
  const auto jpeg = dependencies_.jpeg.encode(frame, {std::nullopt, 720, 80});
  if (!jpeg) return note("captures", jpeg.error().message);
  const auto stored = dependencies_.pictures.put("captures/" + slot.id.str() + "/latest.jpg", *jpeg);
  note("captures", stored ? "" : stored.error().message);
}

void LivePipeline::deliver(std::vector<SightingFact> facts) {
  for (auto& fact : facts) dependencies_.sink.accept(std::move(fact));
}

void LivePipeline::note(const std::string& part, const std::string& reason) {
  const std::scoped_lock lock(health_mutex_);
  if (reason.empty()) {
    faults_.erase(part);
  } else {
    faults_[part] = reason;
  }
}

std::vector<HealthItem> LivePipeline::health() const {
  const std::scoped_lock lock(health_mutex_);
  std::vector<HealthItem> items;
  for (const auto& [part, reason] : faults_) items.push_back({part, false, reason});
  return items;
}

const LivePipeline::Slot* LivePipeline::find(const CameraId& camera) const {
  for (const auto& slot : slots_)
    if (slot->id == camera) return slot.get();
  return nullptr;
}

std::vector<CameraId> LivePipeline::cameras() const {
  std::vector<CameraId> ids;
  for (const auto& slot : slots_) ids.push_back(slot->id);
  return ids;
}

std::optional<CameraStatus> LivePipeline::status(const CameraId& camera) const {
  const auto* slot = find(camera);
  if (slot == nullptr) return std::nullopt;
  return slot->camera->status();
}

std::shared_ptr<const LiveFrame> LivePipeline::latest(const CameraId& camera) const {
  const auto* slot = find(camera);
  if (slot == nullptr) return nullptr;
  const std::scoped_lock lock(slot->latest_mutex);
  return slot->latest;
}

std::vector<StageCounters> LivePipeline::counters() const {
  auto all = meter_.read();
  auto& decode = all[static_cast<std::size_t>(Stage::decode)];
  for (const auto& slot : slots_) {
    const auto status = slot->camera->status();
    decode.in += status.frames_decoded;
    decode.dropped += status.frames_dropped;
  }
  decode.out = decode.in - std::min(decode.in, decode.dropped);
  return all;
}

}  // namespace hadir
