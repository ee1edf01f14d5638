#include "server/plain_loop.hpp"

#include "media/file_source.hpp"
#include "media/rate_picker.hpp"
#include "pipeline/detection_planner.hpp"
#include "pipeline/stage_meter.hpp"

namespace hadir {
namespace {

/// Adds the CPU time of its scope to a sum of milliseconds.
class Charge {
 public:
  explicit Charge(double& sum) : sum_(sum), began_(thread_cpu_nanoseconds()) {}
  ~Charge() { sum_ += static_cast<double>(thread_cpu_nanoseconds() - began_) / 1e6; }
  Charge(const Charge&) = delete;
  Charge& operator=(const Charge&) = delete;

 private:
  double& sum_;
  std::uint64_t began_;
};

Status embed_every_face(const std::vector<Detection>& faces, const Frame& frame, double least_score, FaceModels& models,
                        const Gallery& gallery, std::uint64_t& embedded) {
  for (const auto& face : faces) {
    if (face.score < least_score) continue;
    const auto aligned = models.embedder->align(frame, face.landmarks);
    if (!aligned) continue;
    const auto embeddings = models.embedder->embed(std::span(&*aligned, 1));
    if (!embeddings) return std::unexpected(embeddings.error());
    gallery.search(embeddings->front(), 2);
    ++embedded;
  }
  return {};
}

}  // namespace

Result<PlainLoop> run_plain_loop(const PipelineBenchOptions& options, FaceModels& models, const Gallery& gallery) {
  auto source = open_video(options.video.string());
  if (!source) return std::unexpected(source.error());
  const auto& analysis = options.analysis;
  RatePicker picker(analysis.fps_target / (1.0 + analysis.frame_skip));
  PlainLoop loop;
  double total = 0;
  {
    const Charge all(total);
    while (true) {
      Result<std::optional<Frame>> frame;
      {
        const Charge decode(loop.decode_ms);
        frame = (*source)->next({});
      }
      if (!frame) return std::unexpected(frame.error());
      if (!*frame) break;
      if (!picker.picks((*frame)->pts)) continue;
      ++loop.frames;
      Result<std::vector<Detection>> faces;
      {
        const Charge detect(loop.detect_ms);
        faces = models.detector->detect(**frame, detection_input(analysis, (*frame)->size()));
      }
      if (!faces) return std::unexpected(faces.error());
      const Charge embed(loop.embed_ms);
      if (auto status = embed_every_face(*faces, **frame, analysis.detection_score, models, gallery, loop.faces);
          !status)
        return std::unexpected(status.error());
    }
  }
  const auto frames = static_cast<double>(std::max<std::uint64_t>(1, loop.frames));
  loop.cpu_ms_per_frame = total / frames;
  for (double* part : {&loop.decode_ms, &loop.detect_ms, &loop.embed_ms}) *part /= frames;
  return loop;
}

}  // namespace hadir
