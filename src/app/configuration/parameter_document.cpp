#include <format>

#include "app/configuration/parameter_table.hpp"

namespace hadir {
namespace {

std::string row(const Parameter& parameter, const ParameterTarget& defaults) {
  return std::format("| `{}` | {} | `{}` | {}{} | {} |\n", parameter.key, parameter.meaning,
                     parameter.read(defaults).dump(), allowed_values(parameter),
                     parameter.unit.empty() ? "" : std::format("; {}", parameter.unit),
                     parameter.needs_restart ? "restart" : "at once");
}

std::string section(ParameterScope scope) {
  Settings settings;
  const ParameterTarget defaults = target_of(settings);
  std::string text = "| key | meaning | default | allowed | takes effect |\n|---|---|---|---|---|\n";
  for (const Parameter& parameter : parameters())
    if (parameter.scope == scope) text += row(parameter, defaults);
  return text;
}

}  // namespace

std::string parameters_as_markdown() {
  return R"(# Configuration

<!-- Made by `hadir doctor --print-parameters` from src/app/configuration/parameter_table.cpp; a test compares them. -->

hadir reads two kinds of files from its configuration folder (`hadir serve --config-dir`, the present folder when not
given). Both hold one JSON object; keys that begin with `_` and `//` comments are for people. A missing key has its
default. An unknown key is named in a warning with the nearest known one; a value of the wrong type or outside its range
is refused with the file, the key and what is allowed.

## Cameras: `camera_configs/CAM1/config.json`, one folder a camera

| key | meaning |
|---|---|
| `id` | `1` or `"CAM1"`; the folder's name counts |
| `name` | shown everywhere; the folder's name when missing |
| `rtsp_url` | where the camera is read: an `rtsp`, `rtsps`, `http` or `https` address, `"0"` for the first webcam, or the path of a video file (a relative one starts at the configuration folder) |
| `detect_url` | optional: the camera's smaller stream, used to find faces, and instead of the main one when that is gone |
| `location` | free text |
| `enabled` | `false` leaves the camera alone; `true` when missing |

and, for this camera alone, every key of the first table below.

## Parameters: `config/parameter_config.json`

### For all cameras, or in one camera's file for that camera

)" + section(ParameterScope::camera) +
         R"(
### For the site

)" + section(ParameterScope::site) +
         R"(
Two rules join them: `smoothing_min_votes` is at most `smoothing_window`, and `quality_min_brightness` is below
`quality_max_brightness`.

## Environment

| variable | meaning |
|---|---|
| `FACE_RECOGNITION_MODEL` | `hog` or `cnn`: dlib finds and compares the faces (the model packs `dlib` and `dlib-cnn`, which share their templates), whatever `model_pack` says |
| `FACE_RECOGNITION_ENABLED` | `false`: cameras are shown, nobody is looked for; `true` when not set |
| `AUTO_ATTENDANCE_ENABLED` | `false`: sightings make presence, but no attendance; `true` when not set |
| `AUTO_CHECK_IN_THRESHOLD` | confidence 0..1 from which a first in is marked without a review; `0.7` when not set. An attendance rule goes before it |
| `AUTO_CHECKOUT_THRESHOLD` | the same for a last out; `0.7` when not set |
| `DUPLICATE_CHECK_WINDOW` | minutes 0..1440 in which the same check-in or check-out is not told again; `5` when not set |
)";
}

}  // namespace hadir
