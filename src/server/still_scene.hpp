#pragma once
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.hpp"
#include "core/ports/face_models.hpp"
#include "media/scene/scene.hpp"

namespace hadir {

/// The person on a photo, for a synthetic scene: the largest face that the detector finds. `not_found` without a face,
/// the errors of reading otherwise; the message names the file.
Result<SceneActor> actor_on(const std::filesystem::path& photo, std::string name, FaceDetector& detector);

/// "cross_to_right", ... as in demo/assets.json and on the command line; `invalid_input` names those there are.
Result<ScenePath> scene_path_from(const std::string& text);

/// {width, height, fps, frames, people: [{name, from_sec, to_sec, boxes: [[frame, x, y, width, height], ...]}, ...]}
nlohmann::ordered_json truth_json(const SceneTruth& truth);

}  // namespace hadir
