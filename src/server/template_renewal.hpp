#pragma once
#include <cstddef>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "core/time.hpp"
#include "server/server.hpp"

namespace hadir {

/// After a change of the model pack: makes templates of its model from the kept photos for everybody who has none, and
/// logs what came of it. Does nothing, and opens no models, where nobody lacks one. How many templates were made.
Result<std::size_t> renew_templates(DataFolder& data, FaceModelFactory& pack, const Clock& clock);

}  // namespace hadir
