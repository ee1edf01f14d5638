#include "media/scene/cut_out.hpp"

namespace hadir::scene {
namespace {

constexpr float largest_face_px = 320;

/// Half as wide and high; each pixel is the mean of four.
Picture halved(const Picture& picture) {
  Picture half({std::max(1, picture.width() / 2), std::max(1, picture.height() / 2)});
  for (int y = 0; y < half.height(); ++y)
    for (int x = 0; x < half.width(); ++x) {
      const int right = std::min(2 * x + 1, picture.width() - 1);
      const int below = std::min(2 * y + 1, picture.height() - 1);
      half.at(x, y) =
          (picture.at(2 * x, 2 * y) + picture.at(right, 2 * y) + picture.at(2 * x, below) + picture.at(right, below)) *
          0.25F;
    }
  return half;
}

}  // namespace

CutOut::CutOut(const Frame& photo, const Rect& face) : face_height_(face.height / face.width) {
  const Rect area = reach();
  const Point middle = face.centre();
  in_photo_ = {-middle.x / face.width, -middle.y / face.width, static_cast<float>(photo.width) / face.width,
               static_cast<float>(photo.height) / face.width};
  Picture picture = picture_of(photo, {middle.x + area.x * face.width, middle.y + area.y * face.width,
                                       area.width * face.width, area.height * face.width});
  float face_px = face.width;
  while (face_px > largest_face_px) {
    picture = halved(picture);
    face_px /= 2;
  }
  while (true) {
    levels_.push_back({picture, face_px});
    if (face_px < 12) break;
    picture = halved(picture);
    face_px /= 2;
  }
  // What is worn shows below the chin; the middle is often shirt and tie, so both sides are asked.
  float count = 0;
  for (const float x : {-0.85F, -0.7F, 0.7F, 0.85F})
    for (const float below_chin : {0.75F, 0.85F, 0.95F})
      if (const float y = face_height_ / 2 + below_chin; is_in_photo(x, y)) {
        const Level& level = levels_.back();
        clothes_ = clothes_ + level.colour.sample((x - area.x) * level.face_px, (y - area.y) * level.face_px);
        ++count;
      }
  clothes_ = count > 0 ? clothes_ * (1 / count) : Rgb{70, 76, 92};
}

bool CutOut::is_in_photo(float x, float y) const {
  return x > in_photo_.x && x < in_photo_.right() && y > in_photo_.y && y < in_photo_.bottom();
}

/// 1 well inside the outline, 0 outside, soft between; in face widths. Detectors agree about a face's width and chin
/// but not about its forehead, so everything is measured from those two.
float CutOut::outline(float x, float y) const {
  const float below_chin = y - face_height_ / 2;
  const float head = cover(distance_to_ellipse({x, below_chin}, {0, -0.82F}, 0.63F, 0.88F), 0.2F);
  const float half_width = 0.4F + 0.9F * ramp(0.12F, 0.8F, below_chin);
  const float shoulders =
      cover(std::abs(x) - half_width, 0.16F) * ramp(-0.2F, 0, below_chin) * ramp(1.15F, 0.85F, below_chin);
  return std::max(head, shoulders);
}

CutOut::Sample CutOut::at(float x, float y, float face_px) const {
  float share = outline(x, y);
  if (share <= 0) return {{}, 0};
  // The photo may end close to the head: fade out there instead of showing its edge.
  const float to_edge = std::min({x - in_photo_.x, in_photo_.right() - x, y - in_photo_.y, in_photo_.bottom() - y});
  share *= ramp(0, 0.1F, to_edge);
  std::size_t level = 0;
  while (level + 1 < levels_.size() && levels_[level + 1].face_px >= face_px) ++level;
  const Level& taken = levels_[level];
  const Rect area = reach();
  return {taken.colour.sample((x - area.x) * taken.face_px, (y - area.y) * taken.face_px), share};
}

}  // namespace hadir::scene
