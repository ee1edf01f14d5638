#pragma once
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "core/ports/live_view.hpp"
#include "core/settings.hpp"

namespace hadir {

struct PipelineBenchOptions {
  std::filesystem::path video;  ///< played in a loop at its own pace by every stream
  int streams = 1;
  double seconds = 20;    ///< measured, after two seconds of warming up
  int people = 100;       ///< strangers enrolled, so that searches cost what they cost
  bool baseline = false;  ///< also run the plain loop
  AnalysisSettings analysis;
  int workers = 0;  ///< 0: one a core
};

struct Percentiles {
  double p50 = 0, p95 = 0, p99 = 0;
  std::size_t samples = 0;
};

/// The plain loop: decode every frame, detect in the whole picture at the same size, align and embed every face,
/// search. On one thread, over the frames the pipeline would analyse.
struct PlainLoop {
  std::uint64_t frames = 0;
  std::uint64_t faces = 0;
  double cpu_ms_per_frame = 0;
  double decode_ms = 0, detect_ms = 0, embed_ms = 0;  ///< CPU per analysed frame
};

struct PipelineBenchResult {
  int streams = 0;
  double seconds = 0;
  std::uint64_t processed = 0;  ///< analysed frames, all streams
  double processed_fps = 0;
  std::uint64_t dropped = 0;                 ///< analyses that were due and not done
  double cpu_seconds_per_stream_second = 0;  ///< of the whole process
  double cpu_ms_per_frame = 0;               ///< of the whole process, per analysed frame
  Percentiles latency_ms;                    ///< frame arrival -> fact written to the database
  Percentiles frame_latency_ms;              ///< frame arrival -> analysed
  double peak_rss_mb = 0;
  std::vector<StageCounters> stages;              ///< of the measured time; "decode" has what no other stage took
  std::optional<double> file_cpu_ms_per_frame;    ///< the pipeline over the file, as fast as it goes, one thread
  std::optional<PlainLoop> baseline;              ///< with the models' files as published
  std::optional<PlainLoop> baseline_same_models;  ///< with the models as the pipeline runs them
  std::optional<double> ratio;                    ///< baseline's CPU per analysed frame ÷ file_cpu_ms_per_frame
  std::optional<double> ratio_same_models;        ///< the same for baseline_same_models
};

/// Runs live streams through the real pipeline into a real database in a temporary folder.
/// `invalid_input` for a video that cannot be read or figures out of range.
Result<PipelineBenchResult> bench_pipeline(const PipelineBenchOptions& options, FaceModelFactory& models,
                                           FaceModelFactory& models_as_published);

}  // namespace hadir
