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
  for (auto& camera : cameras) {
    auto slot = make_slot(std::move(camera));
    // Spread over the period, so that cameras do not all come due at once.
    slot->due += slot->period * static_cast<int>(slots_.size()) / static_cast<int>(cameras.size());
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

std::shared_ptr<LivePipeline::Slot> LivePipeline::make_slot(PipelineCamera camera) {
  const AnalysisContext context{dependencies_.gallery, dependencies_.jpeg, meter_, dependencies_.name_of};
  auto slot = std::make_shared<Slot>();
  slot->id = CameraId(camera.settings.id);
  slot->analysis = std::make_unique<CameraAnalysis>(slot->id, camera.settings.analysis, context,
                                                    std::make_unique<RandomUuidSource>());
  slot->period = period_of(camera.settings.analysis);
  slot->settings = std::move(camera.settings);
  slot->camera = std::move(camera.camera);
  slot->due = slot->last_frame = steady_now();
  return slot;
}

void LivePipeline::add(PipelineCamera camera) {
  remove(CameraId(camera.settings.id));
  {
    const std::scoped_lock lock(schedule_mutex_);
    slots_.push_back(make_slot(std::move(camera)));
  }
  schedule_changed_.notify_all();
}

void LivePipeline::remove(const CameraId& camera) {
  std::shared_ptr<Slot> slot;
  {
    std::unique_lock lock(schedule_mutex_);
    const auto found =
        std::ranges::find_if(slots_, [&](const auto& each) { return each->id == camera && !each->leaving; });
    if (found == slots_.end()) return;
    slot = *found;
    slot->leaving = true;
    slot->camera->request_stop();
    schedule_changed_.wait(lock, [&] { return !slot->busy; });
    std::erase(slots_, slot);
  }
  deliver(slot->analysis->finish());
  note("analysis of " + camera.str(), "");
}

std::shared_ptr<LivePipeline::Slot> LivePipeline::next_slot(const std::stop_token& stop) {
  std::unique_lock lock(schedule_mutex_);
  while (!stop.stop_requested()) {
    const auto is_free = [](const auto& slot) { return !slot->busy && !slot->leaving; };
    std::shared_ptr<Slot> first;
    for (const auto& slot : slots_)
      if (is_free(slot) && (!first || slot->due < first->due)) first = slot;
    if (!first) {
      schedule_changed_.wait(lock, stop, [&] { return std::ranges::any_of(slots_, is_free); });
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
  schedule_changed_.notify_all();
}

void LivePipeline::work(const std::stop_token& stop, FaceModels& models) {
  while (const auto slot = next_slot(stop)) {
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
  Result<std::vector<SightingFact>> facts;
  if (models.detector) facts = slot.analysis->analyse(*frame, models, slot.camera->main_frame());
  note("analysis of " + slot.id.str(), facts ? "" : facts.error().message);
  publish(slot, *frame, now);
  if (facts) deliver(std::move(*facts));

  // The camera itself delivers at the asked rate; the next frame is on its way for most of a period.
  return now + std::chrono::duration_cast<std::chrono::nanoseconds>(slot.period * rest_share);
}

std::uint64_t LivePipeline::missed() const {
  std::uint64_t dropped = 0;
  for (const auto& slot : slots()) dropped += slot->camera->status().frames_dropped;
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

std::vector<std::shared_ptr<LivePipeline::Slot>> LivePipeline::slots() const {
  const std::scoped_lock lock(schedule_mutex_);
  return slots_;
}

std::shared_ptr<const LivePipeline::Slot> LivePipeline::find(const CameraId& camera) const {
  for (const auto& slot : slots())
    if (slot->id == camera) return slot;
  return nullptr;
}

std::vector<CameraId> LivePipeline::cameras() const {
  std::vector<CameraId> ids;
  for (const auto& slot : slots()) ids.push_back(slot->id);
  return ids;
}

std::optional<CameraStatus> LivePipeline::status(const CameraId& camera) const {
  const auto slot = find(camera);
  if (slot == nullptr) return std::nullopt;
  return slot->camera->status();
}

std::shared_ptr<const LiveFrame> LivePipeline::latest(const CameraId& camera) const {
  const auto slot = find(camera);
  if (slot == nullptr) return nullptr;
  const std::scoped_lock lock(slot->latest_mutex);
  return slot->latest;
}

std::vector<StageCounters> LivePipeline::counters() const {
  auto all = meter_.read();
  auto& decode = all[static_cast<std::size_t>(Stage::decode)];
  for (const auto& slot : slots()) {
    const auto status = slot->camera->status();
    decode.in += status.frames_decoded;
    decode.dropped += status.frames_dropped;
  }
  decode.out = decode.in - std::min(decode.in, decode.dropped);
  return all;
}

}  // namespace hadir
