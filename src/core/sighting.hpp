#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/geometry.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

/// A track identified at a moment: the journal from which presence, attendance and alerts are made.
/// Its id is made once; writing it twice changes nothing.
struct Sighting {
  SightingId id;
  CameraId camera;
  TrackId track = 0;
  std::optional<PersonId> person;  ///< empty: a face nobody enrolled
  float confidence = 0;            ///< 0..1, calibrated per pack; of the best match when unknown
  float similarity = 0;            ///< the pack's own figure behind it
  Instant at{};                    ///< when the camera saw it
  Millis pts{0};
  Rect box;  ///< in pixels of the camera's frame
  Size frame;
  std::optional<float>
      liveness;         ///< 0 attack .. 1 live, averaged over the track; empty when the camera does not ask for it
  std::string picture;  ///< path in the PictureStore of the crop, or empty
};

}  // namespace hadir
