#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/ports/face_models.hpp"
#include "core/ports/frame_source.hpp"
#include "core/ports/live_view.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/sighting_sink.hpp"
#include "core/recognition/gallery.hpp"
#include "core/settings.hpp"
#include "pipeline/camera_analysis.hpp"
#include "pipeline/stage_meter.hpp"

namespace hadir {

/// One camera that the pipeline analyses.
struct PipelineCamera {
  CameraSettings settings;
  std::unique_ptr<LiveCamera> camera;
};

/// Analyses all cameras on a fixed set of worker threads, one set of models a worker. A camera belongs to one worker at
/// a time; whichever is due longest is served next, so all get the same share. Sightings go to the sink, the newest
/// analysed frame of each camera is there to be looked at, and every few seconds `captures/<camera>/latest.jpg` is
/// renewed. With models that have no detector frames are shown, and nobody is looked for. All public calls are safe
/// from any thread.
class LivePipeline final : public LiveView {
 public:
  struct Dependencies {
    const Gallery& gallery;
    const JpegEncoder& jpeg;
    PictureStore& pictures;
    SightingSink& sink;
    std::function<std::string(const PersonId&)> name_of;  ///< safe from any thread
    std::function<void(const CameraId&, const LiveFrame&)>
        on_analysed;  ///< optional; called by workers, before the frame's facts are handed over
  };
  /// Starts at once. As many workers as there are sets of models (at least one).
  LivePipeline(Dependencies dependencies, std::vector<FaceModels> workers, std::vector<PipelineCamera> cameras);
  /// Stops the workers, ends all tracks and hands their last sightings to the sink.
  ~LivePipeline() override;

  /// Analyses this camera, too, from now on; one of the same id gives way to it. For one caller of an id at a time.
  void add(PipelineCamera camera);
  /// Ends its tracks, hands their last sightings to the sink, and lets the camera go. Nothing when there is no such
  /// one.
  void remove(const CameraId& camera);

  std::vector<CameraId> cameras() const override;
  std::optional<CameraStatus> status(const CameraId& camera) const override;
  std::shared_ptr<const LiveFrame> latest(const CameraId& camera) const override;
  std::vector<StageCounters> counters() const override;
  /// Frames that were due for analysis and gave way to newer ones, over all cameras.
  std::uint64_t missed() const;
  /// Models that fail and pictures that cannot be written, worst first; empty while all is well.
  std::vector<HealthItem> health() const;

 private:
  using SteadyTime = std::chrono::steady_clock::time_point;
  struct Slot {
    CameraId id;
    CameraSettings settings;
    std::unique_ptr<LiveCamera> camera;
    std::unique_ptr<CameraAnalysis> analysis;  ///< of the worker that holds the slot
    std::chrono::nanoseconds period{};
    SteadyTime due{};
    SteadyTime last_frame{};
    SteadyTime last_picture{};
    bool busy = false;
    bool leaving = false;  ///< no worker takes it any more
    std::uint64_t number = 0;
    mutable std::mutex latest_mutex;
    std::shared_ptr<const LiveFrame> latest;
  };

  void work(const std::stop_token& stop, FaceModels& models);
  std::shared_ptr<Slot> make_slot(PipelineCamera camera);
  std::shared_ptr<Slot> next_slot(const std::stop_token& stop);
  void release(Slot& slot, SteadyTime due);
  /// Analyses the slot's newest frame, if any; returns when the slot is due again.
  SteadyTime serve(Slot& slot, FaceModels& models);
  void publish(Slot& slot, const Frame& frame, SteadyTime now);
  void save_latest_picture(Slot& slot, const Frame& frame, SteadyTime now);
  void deliver(std::vector<SightingFact> facts);
  void note(const std::string& part, const std::string& reason);
  std::shared_ptr<const Slot> find(const CameraId& camera) const;
  std::vector<std::shared_ptr<Slot>> slots() const;

  Dependencies dependencies_;
  StageMeter meter_;
  std::vector<FaceModels> models_;
  mutable std::mutex schedule_mutex_;  ///< of slots_, and of busy, leaving and due in them
  std::vector<std::shared_ptr<Slot>> slots_;
  std::condition_variable_any schedule_changed_;
  mutable std::mutex health_mutex_;
  std::map<std::string, std::string> faults_;  ///< part -> reason
  std::vector<std::jthread> workers_;          ///< last: joined before anything they use goes
};

}  // namespace hadir
