#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "server/demo_assets.hpp"

namespace hadir {

/// Makes the clip of one camera of demo/assets.json ("stills"."cameras") out of the photos there ("stills"."photos"),
/// and gives its path. A visit whose photo can't be had is left out, told in a line. The name of the clip carries what
/// it was made of, so that one that is there already is not made again. `unavailable` when nobody at all can be shown.
Result<std::filesystem::path> make_still_clip(const nlohmann::json& camera, const nlohmann::json& photos,
                                              const std::filesystem::path& folder, DemoAssets& assets,
                                              FaceDetector& detector, const TellLine& tell);

}  // namespace hadir
