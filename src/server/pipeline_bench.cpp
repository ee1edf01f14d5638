#include "server/pipeline_bench.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <random>
#include <thread>
#include <unordered_map>

#include "app/facts/fact_recorder.hpp"
#include "app/facts/fact_writer.hpp"
#include "media/file_source.hpp"
#include "media/jpeg.hpp"
#include "media/live_camera.hpp"
#include "pipeline/live_pipeline.hpp"
#include "server/file_analysis.hpp"
#include "server/plain_loop.hpp"
#include "server/scratch_folder.hpp"
#include "server/system_clock.hpp"
#include "store/picture_folder.hpp"
#include "store/spool_folder.hpp"
#include "store/sqlite_database.hpp"
#include "vision/faiss_gallery.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;

constexpr auto warm_up = 2s;

double process_cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_rss_mb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

Percentiles percentiles_of(std::vector<double> values) {
  Percentiles result;
  result.samples = values.size();
  if (values.empty()) return result;
  std::ranges::sort(values);
  const auto at = [&](double share) {
    return values[std::min(values.size() - 1, static_cast<std::size_t>(share * static_cast<double>(values.size())))];
  };
  result.p50 = at(0.50);
  result.p95 = at(0.95);
  result.p99 = at(0.99);
  return result;
}

/// Strangers in random directions: as costly to search as real people, and nobody on any video.
Status enrol_strangers(Gallery& gallery, int people, std::size_t dimensions) {
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<GalleryTemplate> templates;
  for (int i = 0; i < people; ++i) {
    std::vector<float> values(dimensions);
    for (auto& value : values) value = normal(random);
    auto embedding = Embedding::normalised(values);
    if (!embedding) return std::unexpected(embedding.error());
    templates.push_back({PersonId("stranger " + std::to_string(i)), std::move(*embedding)});
  }
  return gallery.replace(std::move(templates));
}

/// Notes when frames arrived and how long they and their facts took.
class Stopwatch {
 public:
  explicit Stopwatch(const Clock& clock) : clock_(clock) {}

  void start() {
    const std::scoped_lock lock(mutex_);
    measuring_ = true;
  }
  void frame_analysed(const CameraId& camera, const Frame& frame) {
    const std::scoped_lock lock(mutex_);
    newest_[camera] = frame.captured_at;
    if (measuring_) frame_latency_.push_back(since(frame.captured_at));
  }
  /// Only facts that speak of the frame just analysed: the last word on a track that ended speaks of an older one.
  void fact_made(const Sighting& sighting) {
    const std::scoped_lock lock(mutex_);
    if (measuring_ && newest_[sighting.camera] == sighting.at) awaited_.emplace(sighting.id, sighting.at);
  }
  void fact_written(const Sighting& sighting) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = awaited_.find(sighting.id); found != awaited_.end()) {
      fact_latency_.push_back(since(found->second));
      awaited_.erase(found);
    }
  }
  /// Stops and takes the result: facts, frames.
  std::pair<std::vector<double>, std::vector<double>> stop() {
    const std::scoped_lock lock(mutex_);
    measuring_ = false;
    return {std::move(fact_latency_), std::move(frame_latency_)};
  }

 private:
  double since(Instant then) const { return static_cast<double>((clock_.now() - then).count()); }

  const Clock& clock_;
  std::mutex mutex_;
  bool measuring_ = false;
  std::unordered_map<CameraId, Instant> newest_;
  std::unordered_map<SightingId, Instant> awaited_;
  std::vector<double> fact_latency_;
  std::vector<double> frame_latency_;
};

class WatchedSink final : public SightingSink {
 public:
  WatchedSink(SightingSink& next, Stopwatch& stopwatch) : next_(next), stopwatch_(stopwatch) {}
  void accept(SightingFact fact) override {
    stopwatch_.fact_made(fact.sighting);
    next_.accept(std::move(fact));
  }

 private:
  SightingSink& next_;
  Stopwatch& stopwatch_;
};

std::vector<PipelineCamera> open_streams(const PipelineBenchOptions& options, const Clock& clock) {
  std::vector<PipelineCamera> cameras;
  for (int i = 0; i < options.streams; ++i) {
    CameraSettings camera;
    camera.id = "CAM" + std::to_string(i + 1);
    camera.url = options.video.string();
    camera.analysis = options.analysis;
    camera.stream.loop = true;
    cameras.push_back(
        {camera, make_live_camera(live_camera_options(camera), clock, [](LogLevel, const std::string&) {})});
    // Cameras do not start on the same instant, nor do their frames arrive together.
    std::this_thread::sleep_for(37ms);
  }
  return cameras;
}

/// Counters of the measured time. What the process spent outside the stages is decoding and the little around it.
std::vector<StageCounters> difference(std::vector<StageCounters> after, const std::vector<StageCounters>& before,
                                      double process_ms) {
  double in_stages = 0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    after[i].in -= before[i].in;
    after[i].out -= before[i].out;
    after[i].dropped -= before[i].dropped;
    after[i].milliseconds -= before[i].milliseconds;
    if (after[i].stage != "decode") in_stages += after[i].milliseconds;
  }
  for (auto& stage : after)
    if (stage.stage == "decode") stage.milliseconds = process_ms - in_stages;
  return after;
}

Result<PlainLoop> measure_plain_loop(const PipelineBenchOptions& options, FaceModelFactory& factory,
                                     const Gallery& gallery) {
  auto models = factory.make();
  if (!models) return std::unexpected(models.error());
  return run_plain_loop(options, *models, gallery);
}

/// The whole file through the pipeline on this thread.
Result<double> measure_pipeline(const PipelineBenchOptions& options, FaceModelFactory& factory,
                                const Gallery& gallery) {
  auto models = factory.make();
  if (!models) return std::unexpected(models.error());
  StageMeter meter;
  const auto jpeg = make_jpeg_encoder();
  const AnalysisContext context{gallery, *jpeg, meter, [](const PersonId& person) { return person.str(); }};
  const auto began = thread_cpu_nanoseconds();
  const auto analysis = analyse_file(options.video, CameraId("bench"), Instant{}, options.analysis, context, *models);
  if (!analysis) return std::unexpected(analysis.error());
  return static_cast<double>(thread_cpu_nanoseconds() - began) / 1e6 / static_cast<double>(analysis->frames);
}

Status compare(const PipelineBenchOptions& options, FaceModelFactory& factory, FaceModelFactory& factory_as_published,
               const Gallery& gallery, PipelineBenchResult& result) {
  const auto ours = measure_pipeline(options, factory, gallery);
  if (!ours) return std::unexpected(ours.error());
  const auto published = measure_plain_loop(options, factory_as_published, gallery);
  if (!published) return std::unexpected(published.error());
  const auto same = measure_plain_loop(options, factory, gallery);
  if (!same) return std::unexpected(same.error());
  result.file_cpu_ms_per_frame = *ours;
  result.baseline = *published;
  result.baseline_same_models = *same;
  result.ratio = published->cpu_ms_per_frame / *ours;
  result.ratio_same_models = same->cpu_ms_per_frame / *ours;
  return {};
}

Status check(const PipelineBenchOptions& options) {
  if (options.streams < 1 || options.streams > 1000)
    return fail(ErrorKind::invalid_input, "--streams must be 1 to 1000");
  if (!(options.seconds >= 1 && options.seconds <= 3600))
    return fail(ErrorKind::invalid_input, "--seconds must be 1 to 3600");
  if (options.people < 0 || options.people > 1'000'000)
    return fail(ErrorKind::invalid_input, "--people must be 0 to 1000000");
  auto source = open_video(options.video.string());
  if (!source) return std::unexpected(source.error());
  return {};
}

}  // namespace

Result<PipelineBenchResult> bench_pipeline(const PipelineBenchOptions& options, FaceModelFactory& factory,
                                           FaceModelFactory& factory_as_published) {
  if (auto status = check(options); !status) return std::unexpected(status.error());
  const SystemClock clock;
  const ScratchFolder scratch("hadir-bench");
  auto database = open_sqlite((scratch.path() / "bench.db").string(), SecretKey::random());
  if (!database) return std::unexpected(database.error());
  auto pictures = PictureFolder::open(scratch.path());
  if (!pictures) return std::unexpected(pictures.error());
  auto rules = FactRules::from({});
  if (!rules) return std::unexpected(rules.error());
  FactRecorder recorder(**database, **pictures, *rules);
  auto spool = SpoolFolder::open(scratch.path() / "spool");
  if (!spool) return std::unexpected(spool.error());
  Stopwatch stopwatch(clock);
  FactWriter writer(recorder, **spool, clock, [&](const RecordedFacts& recorded) {
    for (const auto& sighting : recorded.sightings) stopwatch.fact_written(sighting);
  });
  WatchedSink sink(writer, stopwatch);

  FaissGallery gallery(factory.calibration().metric, factory.dimensions(), factory.calibration().minimum_threshold);
  if (auto status = enrol_strangers(gallery, options.people, factory.dimensions()); !status)
    return std::unexpected(status.error());
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<FaceModels> workers;
  for (int i = 0; i < (options.workers > 0 ? options.workers : static_cast<int>(cores)); ++i) {
    auto models = factory.make();
    if (!models) return std::unexpected(models.error());
    workers.push_back(std::move(*models));
  }

  PipelineBenchResult result;
  result.streams = options.streams;
  const auto jpeg = make_jpeg_encoder();
  {
    LivePipeline pipeline(
        {gallery, *jpeg, **pictures, sink, [](const PersonId& person) { return person.str(); },
         [&](const CameraId& camera, const LiveFrame& live) { stopwatch.frame_analysed(camera, live.frame); }},
        std::move(workers), open_streams(options, clock));
    std::this_thread::sleep_for(warm_up);
    stopwatch.start();
    const auto stages_before = pipeline.counters();
    const auto missed_before = pipeline.missed();
    const auto began = std::chrono::steady_clock::now();
    const double cpu_before = process_cpu_seconds();
    std::this_thread::sleep_for(std::chrono::duration<double>(options.seconds));
    const double cpu = process_cpu_seconds() - cpu_before;
    result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    result.dropped = pipeline.missed() - missed_before;
    result.stages = difference(pipeline.counters(), stages_before, cpu * 1000);
    auto [facts, frames] = stopwatch.stop();
    result.processed = frames.size();
    result.latency_ms = percentiles_of(std::move(facts));
    result.frame_latency_ms = percentiles_of(std::move(frames));
    result.cpu_seconds_per_stream_second = cpu / result.seconds / options.streams;
    result.cpu_ms_per_frame = cpu * 1000 / static_cast<double>(std::max<std::uint64_t>(1, result.processed));
    result.processed_fps = static_cast<double>(result.processed) / result.seconds;
  }
  result.peak_rss_mb = peak_rss_mb();
  if (options.baseline)
    if (auto status = compare(options, factory, factory_as_published, gallery, result); !status)
      return std::unexpected(status.error());
  return result;
}

}  // namespace hadir
