#pragma once
#include <stop_token>

#include "core/ports/pictures.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// A sighting with the JPEG of the face and its surroundings (empty when it could not be made).
struct SightingFact {
  Sighting sighting;
  Bytes picture;
};

/// Takes facts from the pipeline. Safe from any thread.
class SightingSink {
 public:
  virtual ~SightingSink() = default;
  /// Keeps the fact; never drops it, never waits for a database.
  virtual void accept(SightingFact fact) = 0;
};

}  // namespace hadir
