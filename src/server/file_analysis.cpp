#include "server/file_analysis.hpp"

#include "media/file_source.hpp"
#include "pipeline/stage_meter.hpp"

namespace hadir {
namespace {

/// FNV-1a (Fowler, Noll, Vo): the same camera gets the same ids in every run.
std::uint64_t seed_of(const std::string& text) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3ULL;
  return hash;
}

void append(std::vector<SightingFact>& to, std::vector<SightingFact> from) {
  std::ranges::move(from, std::back_inserter(to));
}

}  // namespace

Result<FileAnalysis> analyse_file(const std::filesystem::path& video, const CameraId& camera, Instant start,
                                  const AnalysisSettings& settings, const AnalysisContext& context, FaceModels& models,
                                  const std::function<void(const Frame&, const CameraAnalysis&)>& on_frame) {
  StreamOptions options;
  options.start = start;
  options.wanted_fps = settings.fps_target / (1.0 + settings.frame_skip);
  auto source = open_video(video.string(), options);
  if (!source) return std::unexpected(source.error());

  FileAnalysis result;
  CameraAnalysis analysis(camera, settings, context, std::make_unique<SeededUuidSource>(seed_of(camera.str())));
  while (true) {
    Result<std::optional<Frame>> frame;
    {
      StageTimer timer(context.meter, Stage::decode);
      frame = (*source)->next({});
    }
    if (!frame) return std::unexpected(frame.error());
    if (!*frame) break;
    auto facts = analysis.analyse(**frame, models);
    if (!facts) return std::unexpected(facts.error());
    append(result.facts, std::move(*facts));
    ++result.frames;
    result.video_seconds = static_cast<double>((*frame)->pts.count()) / 1000.0;
    if (on_frame) on_frame(**frame, analysis);
  }
  append(result.facts, analysis.finish());
  const auto counts = (*source)->counts();
  context.meter.count(Stage::decode, counts.packets, counts.delivered, counts.skipped_packets);
  result.frames_in_file = counts.packets;
  result.unknown_tracks = analysis.unknown_tracks();
  if (result.frames == 0)
    return fail(ErrorKind::invalid_input, video.string() + " holds no picture that could be decoded");
  return result;
}

}  // namespace hadir
