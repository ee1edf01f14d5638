#include "app/facts/camera_watch.hpp"

#include <condition_variable>
#include <mutex>

namespace hadir {

CameraWatch::CameraWatch(FactRecorder& recorder, const LiveView& live, const Clock& clock, Listener listener)
    : recorder_(recorder),
      live_(live),
      clock_(clock),
      listener_(std::move(listener)),
      thread_([this](const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        while (!stop.stop_requested()) {
          look();
          wake.wait_for(lock, stop, std::chrono::seconds(1), [] { return false; });
        }
      }) {}

void CameraWatch::look() {
  const auto now = clock_.now();
  for (const auto& camera : live_.cameras())
    if (const auto status = live_.status(camera)) look_at(camera, *status, now);
}

void CameraWatch::look_at(const CameraId& camera, const CameraStatus& status, Instant now) {
  auto& told = told_.try_emplace(camera, Told::nothing).first->second;
  const auto since = status.since.value_or(now);
  const bool online = status.state == CameraState::online;
  if (!online && now - since < dark_after) return;
  const auto wanted = online ? Told::back : Told::dark;
  if (told == wanted) return;
  const auto recorded = online ? recorder_.camera_back(camera, since) : recorder_.camera_dark(camera, since, now);
  if (!recorded) return;
  told = wanted;
  if (listener_ && !recorded->empty()) listener_(*recorded);
}

}  // namespace hadir
