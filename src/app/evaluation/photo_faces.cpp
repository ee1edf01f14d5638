#include "app/evaluation/photo_faces.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

constexpr Size scales[] = {{640, 640}, {320, 320}, {160, 160}};

}  // namespace

Result<std::vector<Detection>> find_photo_faces(FaceDetector& detector, const Frame& photo) {
  for (const Size scale : scales) {
    auto faces = detector.detect(photo, scale);
    if (!faces || !faces->empty()) return faces;
  }
  return std::vector<Detection>{};
}

const Detection* central_face(const std::vector<Detection>& faces, Size photo) {
  const Point middle{static_cast<float>(photo.width) / 2, static_cast<float>(photo.height) / 2};
  const auto distance = [&](const Detection& face) {
    const Point centre = face.box.centre();
    return std::hypot(centre.x - middle.x, centre.y - middle.y);
  };
  const auto nearest = std::ranges::min_element(faces, {}, distance);
  return nearest == faces.end() ? nullptr : &*nearest;
}

}  // namespace hadir
