#pragma once
#include <vector>

#include "core/ports/face_models.hpp"

namespace hadir {

/// The faces of a photo, best score first. Photos hold faces of any size, and a detector misses those that fill its
/// input: when nothing is found on the usual scale, ever smaller ones are tried.
Result<std::vector<Detection>> find_photo_faces(FaceDetector& detector, const Frame& photo);

/// The face a named photo means: the one nearest the picture's centre. nullptr when there is none.
const Detection* central_face(const std::vector<Detection>& faces, Size photo);

}  // namespace hadir
