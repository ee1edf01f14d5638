#include "vision/dlib_geometry.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

// All in eye distances, measured from the middle between the eyes; y across the eye line, down the face.
constexpr float tip_sideways = 1.41F;  // the tip of the nose stands out further than its base
constexpr float tip_above_base = 0.19F;
constexpr float mouth_sideways = 0.20F;    // of the nose base's shift
constexpr float mouth_height = 0.60F;      // the mouth's middle: this + ...
constexpr float mouth_with_nose = 0.654F;  // ... this times the height of the nose base
constexpr float mouth_half_width = 0.44F;
constexpr float box_side = 1.80F;       // the same for the box: turned heads have their eyes close together, and
constexpr float box_with_nose = 1.04F;  // the nose tells how large they really are
constexpr float box_centre = 0.30F;
constexpr float centre_with_nose = 0.24F;
constexpr float least_eye_distance = 0.5F;  // pixels

constexpr double usual_score = 0.7;  // of dlib's own threshold
constexpr double score_slope = 2;

constexpr double shown_larger = 4;
constexpr double largest_scale = 2;

/// The face's own coordinates.
struct FaceFrame {
  Point middle;
  float ux, uy;  // unit vector from the left eye to the right one
  float eye_distance;

  FaceFrame(const Point& left, const Point& right) : middle{(left.x + right.x) / 2, (left.y + right.y) / 2} {
    eye_distance = std::hypot(right.x - left.x, right.y - left.y);
    ux = (right.x - left.x) / eye_distance;
    uy = (right.y - left.y) / eye_distance;
  }
  Point inside(const Point& p) const {
    const float dx = (p.x - middle.x) / eye_distance;
    const float dy = (p.y - middle.y) / eye_distance;
    return {dx * ux + dy * uy, dy * ux - dx * uy};
  }
  Point outside(const Point& p) const {
    return {middle.x + eye_distance * (p.x * ux - p.y * uy), middle.y + eye_distance * (p.x * uy + p.y * ux)};
  }
};

Point middle_of(const Point& a, const Point& b) {
  return {(a.x + b.x) / 2, (a.y + b.y) / 2};
}

}  // namespace

Landmarks landmarks_of(const DlibPoints& points) {
  const Point left = middle_of(points[2], points[3]);
  const Point right = middle_of(points[0], points[1]);
  const FaceFrame face(left, right);
  if (!(face.eye_distance >= least_eye_distance)) return {left, right, points[4], points[4], points[4]};
  const Point base = face.inside(points[4]);
  const float mouth_x = mouth_sideways * base.x;
  const float mouth_y = mouth_height + mouth_with_nose * base.y;
  return {left, right, face.outside({tip_sideways * base.x, base.y - tip_above_base}),
          face.outside({mouth_x - mouth_half_width, mouth_y}), face.outside({mouth_x + mouth_half_width, mouth_y})};
}

Result<Rect> box_implied_by(const Landmarks& landmarks) {
  const FaceFrame face(landmarks[0], landmarks[1]);
  const Point nose = face.inside(landmarks[2]);
  if (!(face.eye_distance >= least_eye_distance) || !std::isfinite(nose.x) || !std::isfinite(nose.y))
    return fail(ErrorKind::invalid_input, "the landmarks of the face lie on one spot");
  const float base = std::clamp(nose.y + tip_above_base, 0.2F, 1.6F);  // beyond, it is no face
  const float side = face.eye_distance * (box_side + box_with_nose * base);
  const Point centre = face.outside({0, box_centre + centre_with_nose * base});
  return Rect{centre.x - side / 2, centre.y - side / 2, side, side};
}

float score_from_dlib(double confidence) {
  const double offset = std::log(usual_score / (1 - usual_score));
  return static_cast<float>(1 / (1 + std::exp(-(offset + score_slope * confidence))));
}

double dlib_from_score(float score) {
  return (std::log(score / (1.0 - score)) - std::log(usual_score / (1 - usual_score))) / score_slope;
}

double dlib_scale(Size region, Size input, double most_pixels) {
  const double asked = std::min(double(input.width) / region.width, double(input.height) / region.height);
  const double affordable = std::sqrt(most_pixels / (double(region.width) * region.height));
  return std::max(std::min(1.0, asked), std::min({shown_larger * asked, affordable, largest_scale}));
}

}  // namespace hadir
