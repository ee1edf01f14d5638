#include "cli/dlib_model.hpp"

#include "vision/model_files.hpp"

namespace hadir {

Result<ModelId> dlib_model() {
  const auto manifest = find_pack(ModelLocations::standard(), "dlib");
  if (!manifest) return std::unexpected(manifest.error());
  return manifest->model();
}

}  // namespace hadir
