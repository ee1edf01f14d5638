#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/geometry.hpp"
#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using PersonImageId = Id<struct PersonImageTag>;  ///< UUIDv7

/// A photo of a person in the PictureStore.
struct PersonImage {
  PersonImageId id;
  PersonId person;
  std::string path;          ///< in the PictureStore
  std::int64_t size = 0;     ///< bytes
  bool is_primary = false;   ///< the one shown; at most one a person
  float quality = 0;         ///< 0..1
  std::optional<Rect> face;  ///< where the face is, in pixels
  Instant created_at{};
};

}  // namespace hadir
