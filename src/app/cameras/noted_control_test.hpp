#pragma once
#include <string>
#include <vector>

#include "core/ports/camera_control.hpp"

namespace hadir {

/// Notes what it is asked to run, and answers trials with what a test puts there.
class NotedControl final : public CameraControl {
 public:
  Status apply(const CameraSettings& camera) override {
    note((camera.enabled ? "run " : "stop ") + camera.id + " " + camera.url);
    return {};
  }
  void stop(const CameraId& camera) override { note("stop " + camera.str()); }
  Status restart(const Settings& settings) override {
    note("restart with " + std::to_string(settings.cameras.size()));
    return {};
  }
  CameraTrial try_out(const CameraSettings& camera, std::chrono::milliseconds) override {
    note("try " + camera.url);
    return trial;
  }

  std::vector<std::string> asked;  ///< of one thread at a time
  CameraTrial trial{.reason = "no answer", .status = {}, .still = {}};

 private:
  void note(std::string what) { asked.push_back(std::move(what)); }
};

}  // namespace hadir
