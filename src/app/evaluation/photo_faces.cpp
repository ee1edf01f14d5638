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

bool covers_middle(const Rect& box, Size photo) {
  const Point middle{static_cast<float>(photo.width) / 2, static_cast<float>(photo.height) / 2};
  return box.x <= middle.x && middle.x <= box.x + box.width && box.y <= middle.y && middle.y <= box.y + box.height;
}

Landmarks landmarks_in_middle(Size photo) {
  constexpr Landmarks parts{{{0.419F, 0.452F}, {0.588F, 0.452F}, {0.504F, 0.548F}, {0.436F, 0.633F}, {0.580F, 0.633F}}};
  Landmarks landmarks;
  for (std::size_t i = 0; i < parts.size(); ++i)
    landmarks[i] = {parts[i].x * static_cast<float>(photo.width), parts[i].y * static_cast<float>(photo.height)};
  return landmarks;
}

}  // namespace hadir
