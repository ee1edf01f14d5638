#pragma once
#include <cstddef>

#include "core/ports/repositories.hpp"
#include "core/recognition/gallery.hpp"

namespace hadir {

struct GalleryContents {
  std::size_t people = 0;
  std::size_t templates = 0;
  std::size_t rejections = 0;
};

/// Puts the active people's templates of that model and the rejections into the gallery, in place of what it holds.
Result<GalleryContents> load_gallery(Database& database, const ModelId& model, Gallery& gallery);

/// "This face is not that person": remembered for good, and by the running gallery where there is one.
Status reject_match(Database& database, Gallery* gallery, const Rejection& rejection);

}  // namespace hadir
