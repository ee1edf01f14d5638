#pragma once
#include <map>
#include <thread>

#include "app/facts/fact_recorder.hpp"
#include "core/ports/live_view.hpp"

namespace hadir {

/// Tells the recorder once a second which cameras are dark, that is not online for `dark_after`, and which are back.
/// What the recorder cannot write is tried again at the next look.
class CameraWatch {
 public:
  static constexpr Millis dark_after{10'000};
  /// Called with what changed, on the watch's thread.
  using Listener = std::function<void(const RecordedFacts&)>;

  CameraWatch(FactRecorder& recorder, const LiveView& live, const Clock& clock, Listener listener = {});
  ~CameraWatch() = default;

 private:
  enum class Told { nothing = 1, dark, back };
  void look();
  void look_at(const CameraId& camera, const CameraStatus& status, Instant now);

  FactRecorder& recorder_;
  const LiveView& live_;
  const Clock& clock_;
  const Listener listener_;
  std::map<CameraId, Told> told_;
  std::jthread thread_;  ///< last, so that it ends before anything it uses
};

}  // namespace hadir
