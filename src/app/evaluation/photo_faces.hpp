#pragma once
#include <vector>

#include "core/ports/face_models.hpp"

namespace hadir {

/// The faces of a photo, best score first. Photos hold faces of any size, and a detector misses those that fill its
/// input: when nothing is found on the usual scale, ever smaller ones are tried.
Result<std::vector<Detection>> find_photo_faces(FaceDetector& detector, const Frame& photo);

/// The face a named photo means: the one nearest the picture's centre. nullptr when there is none.
const Detection* central_face(const std::vector<Detection>& faces, Size photo);

/// Whether the middle of the photo lies in this box.
bool covers_middle(const Rect& box, Size photo);

/// Where a face is on average on the photos of Labeled Faces in the Wild as they are handed out, centred and cut alike
/// (deep-funneled; means over 2320 of them by SCRFD's landmarks, all within 7 of 250 pixels RMS). Published figures of
/// LFW take the face from there when the detector finds none, as dlib's do.
Landmarks landmarks_in_middle(Size photo);

}  // namespace hadir
