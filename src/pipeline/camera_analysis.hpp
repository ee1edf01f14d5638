#pragma once
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "core/ports/face_models.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/sighting_sink.hpp"
#include "core/recognition/gallery.hpp"
#include "core/recognition/track_identity.hpp"
#include "core/settings.hpp"
#include "core/tracking/embed_schedule.hpp"
#include "core/tracking/motion_gate.hpp"
#include "core/tracking/tracker.hpp"
#include "core/uuid.hpp"
#include "pipeline/detection_planner.hpp"
#include "pipeline/stage_meter.hpp"

namespace hadir {

/// What every camera's analysis needs from outside; outlives the analyses.
struct AnalysisContext {
  const Gallery& gallery;
  const JpegEncoder& jpeg;
  StageMeter& meter;
  std::function<std::string(const PersonId&)> name_of;  ///< for overlays; safe from any thread
};

/// One camera's way from frames to sightings: motion gate, detection, tracks, quality gate, embedding where it changes
/// a decision, match, vote, sighting. The same code serves live cameras and replay. Given the same frames, models and
/// gallery it gives the same sightings. Belongs to one thread at a time.
class CameraAnalysis {
 public:
  CameraAnalysis(CameraId camera, AnalysisSettings settings, const AnalysisContext& context,
                 std::unique_ptr<UuidSource> ids);

  /// Analyses the next frame, in order of PTS. `detail`: the main stream's newest frame where detection runs on a
  /// sub-stream; faces are aligned and cropped from it. Returns the sightings this frame completes.
  /// Errors of the models are returned; the frame is then lost, the analysis stays usable.
  Result<std::vector<SightingFact>> analyse(const Frame& frame, FaceModels& models,
                                            const std::optional<Frame>& detail = {});
  /// Ends all tracks, as at the end of a file or when the stream began anew.
  std::vector<SightingFact> finish();

  /// Live tracks after the last frame.
  std::vector<Overlay> overlays() const;
  /// Tracks that ended without being anybody enrolled, having been looked at.
  std::uint64_t unknown_tracks() const { return unknown_tracks_; }

 private:
  struct Followed {
    TrackIdentity identity;
    EmbedSchedule schedule;
    std::optional<Millis> last_emitted;
    bool unknown_emitted = false;
    bool was_known = false;
    float liveness_sum = 0;
    int liveness_count = 0;
    Sighting last_seen;  ///< what a sighting of the newest detection would say
    Frame picture;       ///< recent crop of the face with its surroundings
    double picture_quality = 0;
    std::optional<Millis> picture_at;
  };
  struct Look {
    TrackId track;
    AlignedFace face;
    double weight;
  };

  Result<std::vector<Detection>> detect(const DetectionPlan& plan, const Frame& frame, FaceModels& models);
  Status detect_and_track(const Frame& frame, FaceModels& models, const MotionGate::Motion& motion,
                          std::vector<SightingFact>& facts);
  std::vector<Look> choose_looks(const Frame& frame, const Frame& detail, FaceModels& models);
  /// The face located again at the detail the embedder needs; empty when it is not found there.
  std::optional<Detection> refine(const Detection& face, const Frame& detail, FaceModels& models);
  std::optional<Look> prepare_look(const Track& track, Followed& followed, const Frame& frame, const Frame& detail,
                                   FaceModels& models);
  Status take_looks(std::vector<Look> looks, const Frame& frame, FaceModels& models, std::vector<SightingFact>& facts);
  void note_seen(const Track& track, const Frame& frame, const Frame& detail);
  void emit_due(const Frame& frame, std::vector<SightingFact>& facts);
  void close(const Track& track, std::vector<SightingFact>& facts);
  SightingFact make_fact(Followed& followed);

  CameraId camera_;
  AnalysisSettings settings_;
  AnalysisContext context_;
  std::unique_ptr<UuidSource> ids_;
  Calibration calibration_;
  MotionGate motion_;
  DetectionPlanner planner_;
  Tracker tracker_;
  std::unordered_map<TrackId, Followed> followed_;
  std::optional<Millis> last_pts_;
  std::uint64_t unknown_tracks_ = 0;
};

}  // namespace hadir
