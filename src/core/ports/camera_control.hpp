#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "core/error.hpp"
#include "core/frame.hpp"
#include "core/ids.hpp"
#include "core/ports/frame_source.hpp"
#include "core/settings.hpp"

namespace hadir {

/// What came of trying a camera out.
struct CameraTrial {
  std::string reason;          ///< why there is no picture, without credentials; empty when there is one
  CameraStatus status;         ///< size, codec and frames a second as measured
  std::optional<Frame> still;  ///< the newest picture it sent
};

/// Starts and stops what runs. All calls are safe from any thread; those that change something run one after the other.
class CameraControl {
 public:
  virtual ~CameraControl() = default;
  /// Runs this camera with these settings from now on: starts it, starts it anew, or stops it when it is switched off.
  /// The others go on undisturbed.
  virtual Status apply(const CameraSettings& camera) = 0;
  /// Stops it, if it runs; tracks end, and their last sightings are handed over.
  virtual void stop(const CameraId& camera) = 0;
  /// Stops all cameras and analysis threads and starts them with these settings. On an error nothing was stopped.
  virtual Status restart(const Settings& settings) = 0;
  /// Connects to a camera beside what runs, for at most `at_most`: until it sends pictures or says why not.
  virtual CameraTrial try_out(const CameraSettings& camera, std::chrono::milliseconds at_most) = 0;
};

}  // namespace hadir
