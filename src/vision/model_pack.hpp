#pragma once
#include <memory>

#include "core/ports/face_models.hpp"
#include "core/settings.hpp"
#include "vision/model_files.hpp"

namespace hadir {

/// Reads the pack that `choose_pack` gives for the settings, checks its files, and opens one set of models to see that
/// they run. Nothing is downloaded here: `hadir models fetch` does that. Errors: `not_found` (no such pack; a file is
/// missing), `corrupted` (altered file), `invalid_input` (manifest, providers), `unavailable` (no ONNX Runtime). Each
/// message says what to do. OpenCV is told to use no threads of its own, for the whole process.
Result<std::unique_ptr<FaceModelFactory>> load_pack(const ModelSettings& settings, const ModelLocations& where);

}  // namespace hadir
