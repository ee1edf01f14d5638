#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/ports/live_view.hpp"
#include "web/connection_takeover.hpp"

namespace hadir {

/// One who watches a camera. Has at most one piece of the stream under way. Belongs to one thread.
struct LiveViewer {
  LiveViewer(CameraId of, OwnedSocket on);

  CameraId camera;
  OwnedSocket connection;
  std::shared_ptr<const std::string> sending;   ///< the reply's head at first, then parts; nullptr: ready for the next
  std::size_t sent = 0;                         ///< bytes of it
  std::shared_ptr<const std::string> last;      ///< what was sent before
  std::chrono::steady_clock::time_point moved;  ///< when bytes last went out
  bool gone = false;

  bool ready() const { return sending == nullptr; }
  /// Sends what the connection takes without waiting.
  void send_more();
};

/// What was last encoded for a camera.
struct LiveChannel {
  std::uint64_t number = 0;
  std::shared_ptr<const std::string> part;
  std::vector<Overlay> overlays;
};

}  // namespace hadir
