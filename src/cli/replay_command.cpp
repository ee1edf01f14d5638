#include "cli/replay_command.hpp"

#include <spdlog/spdlog.h>

#include <memory>
#include <print>

#include "app/configuration/configuration.hpp"
#include "server/replay.hpp"
#include "vision/model_pack.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct ReplayCommandOptions {
  ReplayOptions replay;
  std::string start = "1970-01-01T00:00:00Z";
  std::string config;
  std::string pack;
  bool json = false;
};

Json json_of(const ReplaySummary& summary) {
  Json people = Json::object();
  for (const auto& [name, person] : summary.people)
    people[name] = {{"sightings", person.sightings}, {"best_confidence", person.best_confidence}};
  return {{"frames", summary.frames},
          {"seconds", summary.seconds},
          {"fps", summary.seconds > 0 ? static_cast<double>(summary.frames) / summary.seconds : 0},
          {"detections", summary.detections},
          {"embeddings", summary.embeddings},
          {"people", people},
          {"unknown_tracks", summary.unknown_tracks},
          {"frames_in_files", summary.frames_in_files},
          {"video_seconds", summary.video_seconds},
          {"warnings", summary.warnings}};
}

void print_summary(const ReplaySummary& summary, const std::string& out) {
  std::println("{} of {} frames analysed ({:.1f} s of video) in {:.1f} s: {} detections, {} embeddings", summary.frames,
               summary.frames_in_files, summary.video_seconds, summary.seconds, summary.detections, summary.embeddings);
  for (const auto& [name, person] : summary.people)
    std::println("  {}: {} sightings, best confidence {:.2f}", name, person.sightings, person.best_confidence);
  if (summary.people.empty()) std::println("  nobody of the gallery was seen");
  std::println("  unknown people (tracks): {}", summary.unknown_tracks);
  std::println("written to {}", out);
}

Result<ReplaySummary> replay(ReplayCommandOptions& options) {
  auto start = parse_iso8601(options.start);
  if (!start) return fail(ErrorKind::invalid_input, "--start: " + start.error().message);
  options.replay.start = *start;
  if (!options.config.empty()) {
    auto configuration = load_parameters(options.config);
    if (!configuration) return std::unexpected(configuration.error());
    for (const auto& warning : configuration->warnings) spdlog::warn("{}", warning);
    options.replay.settings = configuration->settings;
  }
  if (!options.pack.empty()) options.replay.settings.models.pack = options.pack;
  auto pack = load_pack(options.replay.settings.models, ModelLocations::standard());
  if (!pack) return std::unexpected(pack.error());
  return run_replay(options.replay, **pack);
}

ExitCode run_replay_command(ReplayCommandOptions& options) {
  const auto summary = replay(options);
  if (!summary) return exit_code(summary.error());
  for (const auto& warning : summary->warnings) spdlog::warn("{}", warning);
  if (options.json) {
    print_json(json_of(*summary));
  } else {
    print_summary(*summary, options.replay.out.string());
  }
  return 0;
}

}  // namespace

void add_replay_command(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<ReplayCommandOptions>();
  CLI::App* command =
      app.add_subcommand("replay", "Run the whole pipeline over video files, with their own time as clock");
  command->add_option("--video", options->replay.videos, "video files; each stands for a camera named like it")
      ->required();
  command->add_option("--gallery", options->replay.gallery, "folder of people: DIR/<person name>/*.jpg|png")
      ->required();
  command
      ->add_option("--out", options->replay.out,
                   "folder for sightings.jsonl, attendance.json, alerts.json and pictures")
      ->required();
  command->add_option("--start", options->start, "when the files began, with offset: 2026-01-05T07:55:00+07:00")
      ->capture_default_str();
  command->add_option("--config", options->config, "parameters, in the format of config/parameter_config.json");
  command->add_option("--pack", options->pack, "model pack; default: the configuration's");
  command->add_flag("--json", options->json, "print the summary as one JSON object");
  command->callback([options, &exit] { exit = run_replay_command(*options); });
}

}  // namespace hadir
