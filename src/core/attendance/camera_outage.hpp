#pragma once
#include <optional>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

/// A time in which a camera saw nothing because it was dark. (camera, from) is unique.
struct CameraOutage {
  CameraId camera;
  Instant from{};                ///< its last frame
  std::optional<Instant> until;  ///< its next frame; empty while it lasts
  bool contains(Instant at) const { return at >= from && (!until || at < *until); }
  friend bool operator==(const CameraOutage&, const CameraOutage&) = default;
};

}  // namespace hadir
