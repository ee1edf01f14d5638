#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "core/ports/camera_control.hpp"
#include "core/ports/face_models.hpp"
#include "pipeline/live_pipeline.hpp"

namespace hadir {

/// The live pipeline with its cameras, which can be changed and started anew
/// while the rest of the server goes on and looks at it. While it starts anew
/// there are no cameras to be seen. All calls are safe from any thread.
class LiveCameras final : public LiveView, public CameraControl {
 public:
  /// `models` and what `dependencies` and `clock` refer to outlive it.
  LiveCameras(LivePipeline::Dependencies dependencies, FaceModelFactory& models, const Clock& clock);
  /// As restart(), for the first time.
  Status start(const Settings& settings) { return restart(settings); }
  /// Ends all tracks and hands over their last sightings. Nothing runs
  /// afterwards.
  void stop();

  std::vector<CameraId> cameras() const override;
  std::optional<CameraStatus> status(const CameraId& camera) const override;
  std::shared_ptr<const LiveFrame> latest(const CameraId& camera) const override;
  std::vector<StageCounters> counters() const override;
  /// What ails the analysis, and each camera's state.
  std::vector<HealthItem> health() const;

  Status apply(const CameraSettings& camera) override;
  void stop(const CameraId& camera) override;
  Status restart(const Settings& settings) override;
  CameraTrial try_out(const CameraSettings& camera, std::chrono::milliseconds at_most) override;

 private:
  std::shared_ptr<LivePipeline> pipeline() const;
  PipelineCamera open(const CameraSettings& camera) const;
  Result<std::vector<FaceModels>> make_workers(const Settings& settings) const;

  const LivePipeline::Dependencies dependencies_;
  FaceModelFactory& models_;
  const Clock& clock_;
  std::mutex changing_;       ///< one change at a time
  mutable std::mutex mutex_;  ///< of pipeline_
  std::shared_ptr<LivePipeline> pipeline_;
};

}  // namespace hadir
