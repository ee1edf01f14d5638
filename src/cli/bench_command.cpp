#include "cli/bench_command.hpp"

#include <memory>
#include <print>

#include "cli/bench_data_command.hpp"
#include "server/pipeline_bench.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct BenchOptions {
  PipelineBenchOptions bench;
  ModelSettings models;
  bool json = false;
};

Json json_of(const Percentiles& p) {
  return {{"p50", p.p50}, {"p95", p.p95}, {"p99", p.p99}, {"samples", p.samples}};
}

Json json_of(const PlainLoop& plain) {
  return {{"frames", plain.frames},       {"faces", plain.faces},         {"cpu_ms_per_frame", plain.cpu_ms_per_frame},
          {"decode_ms", plain.decode_ms}, {"detect_ms", plain.detect_ms}, {"embed_ms", plain.embed_ms}};
}

Json json_of(const PipelineBenchResult& result) {
  Json stages = Json::object();
  double total = 0;
  for (const auto& stage : result.stages) total += stage.milliseconds;
  for (const auto& stage : result.stages)
    stages[stage.stage] = {{"in", stage.in},
                           {"out", stage.out},
                           {"dropped", stage.dropped},
                           {"cpu_ms", stage.milliseconds},
                           {"share", total > 0 ? stage.milliseconds / total : 0}};
  Json json{{"streams", result.streams},
            {"seconds", result.seconds},
            {"processed_fps", result.processed_fps},
            {"dropped", result.dropped},
            {"cpu_seconds_per_stream_second", result.cpu_seconds_per_stream_second},
            {"cpu_ms_per_frame", result.cpu_ms_per_frame},
            {"latency_ms", json_of(result.latency_ms)},
            {"frame_latency_ms", json_of(result.frame_latency_ms)},
            {"peak_rss_mb", result.peak_rss_mb},
            {"stages", stages},
            {"baseline", nullptr},
            {"ratio", nullptr}};
  if (result.baseline) {
    json["file_cpu_ms_per_frame"] = *result.file_cpu_ms_per_frame;
    json["baseline"] = json_of(*result.baseline);
    json["baseline_same_models"] = json_of(*result.baseline_same_models);
    json["ratio"] = *result.ratio;
    json["ratio_same_models"] = *result.ratio_same_models;
  }
  return json;
}

void print_table(const PipelineBenchResult& result) {
  std::println("{} streams, {:.1f} s: {:.1f} analysed frames/s, {} dropped", result.streams, result.seconds,
               result.processed_fps, result.dropped);
  std::println("CPU: {:.3f} core-seconds a stream-second, {:.2f} ms an analysed frame",
               result.cpu_seconds_per_stream_second, result.cpu_ms_per_frame);
  const auto line = [](const char* what, const Percentiles& p) {
    std::println("{}: p50 {:.0f}, p95 {:.0f}, p99 {:.0f} ms ({} samples)", what, p.p50, p.p95, p.p99, p.samples);
  };
  line("frame arrival to fact written", result.latency_ms);
  line("frame arrival to analysed", result.frame_latency_ms);
  std::println("peak memory {:.0f} MB", result.peak_rss_mb);
  double total = 0;
  for (const auto& stage : result.stages) total += stage.milliseconds;
  std::println("{:10}{:>10}{:>10}{:>10}{:>12}{:>8}", "stage", "in", "out", "dropped", "CPU ms", "share");
  for (const auto& stage : result.stages)
    std::println("{:10}{:>10}{:>10}{:>10}{:>12.0f}{:>7.1f}%", stage.stage, stage.in, stage.out, stage.dropped,
                 stage.milliseconds, total > 0 ? 100 * stage.milliseconds / total : 0);
  const auto plain = [](const char* what, const PlainLoop& loop, double ratio) {
    std::println(
        "plain loop, {}: {:.2f} ms an analysed frame (decode {:.2f}, detect {:.2f}, embed {:.2f}; {} faces in {} "
        "frames); ratio {:.2f}",
        what, loop.cpu_ms_per_frame, loop.decode_ms, loop.detect_ms, loop.embed_ms, loop.faces, loop.frames, ratio);
  };
  if (result.baseline) {
    std::println("pipeline over the file: {:.2f} ms an analysed frame", *result.file_cpu_ms_per_frame);
    plain("models as published", *result.baseline, *result.ratio);
    plain("same models", *result.baseline_same_models, *result.ratio_same_models);
  }
}

ExitCode run_bench(const BenchOptions& options) {
  const auto pack = load_pack(options.models, ModelLocations::standard());
  if (!pack) return exit_code(pack.error());
  ModelSettings plain = options.models;
  plain.as_published = true;
  const auto published = load_pack(plain, ModelLocations::standard());
  if (!published) return exit_code(published.error());
  const auto result = bench_pipeline(options.bench, **pack, **published);
  if (!result) return exit_code(result.error());
  if (options.json) {
    print_json(json_of(*result));
  } else {
    print_table(*result);
  }
  return 0;
}

}  // namespace

void add_bench_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<BenchOptions>();
  options->models.pack = first_pack;  // figures are of one pack; nothing takes its place
  CLI::App* bench = app.add_subcommand("bench", "Measure what hadir costs on this machine");
  bench->require_subcommand(1);
  CLI::App* pipeline = bench->add_subcommand("pipeline", "Live streams through the real pipeline into a real database");
  pipeline->add_option("--video", options->bench.video, "a video file, played in a loop by every stream")->required();
  pipeline->add_option("--streams", options->bench.streams, "how many cameras it stands for")->capture_default_str();
  pipeline->add_option("--seconds", options->bench.seconds, "measured time")->capture_default_str();
  pipeline->add_option("--fps", options->bench.analysis.fps_target, "analysed frames a second and stream")
      ->check(CLI::Range(0.1, 60.0))
      ->capture_default_str();
  pipeline->add_option("--people", options->bench.people, "strangers enrolled")->capture_default_str();
  pipeline->add_option("--workers", options->bench.workers, "analysis threads; 0: one a core")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  pipeline->add_option("--pack", options->models.pack, "model pack")->capture_default_str();
  pipeline->add_flag("--baseline", options->bench.baseline,
                     "also run the plain loop (decode, detect, embed every face, search) and give the ratio");
  pipeline->add_flag("--json", options->json, "one JSON object");
  pipeline->callback([options, &exit] { exit = run_bench(*options); });
  add_bench_data_commands(*bench, exit);
}

}  // namespace hadir
