#pragma once
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

/// A folder or file name for any text: letters, digits, '_', '-', '.' and inner spaces stay, every other byte becomes
/// "=XX". Different texts give different names; a name that would be too long is cut and ends in a hash of the text.
std::string safe_file_name(std::string_view text);

/// "attendance_captures/2026-01-05/E0001": first_in.jpg, last_out.jpg and meta.json of one person and day.
std::string attendance_folder(LocalDay day, std::string_view employee_code);

/// "captures/CAM1/unknown/2026-01-05/<sighting>.jpg": the crop of a face nobody enrolled.
std::string unknown_face_path(const CameraId& camera, LocalDay day, const SightingId& sighting);

/// "face_images/E0001": the photos a person was enrolled from.
std::string face_image_folder(std::string_view employee_code);

}  // namespace hadir
