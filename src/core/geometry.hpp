#pragma once
#include <algorithm>
#include <array>

namespace hadir {

/// All in pixels of the frame they were found in; x to the right, y down.
struct Point {
  float x = 0;
  float y = 0;
};

struct Size {
  int width = 0;
  int height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

struct Rect {
  float x = 0;  ///< left
  float y = 0;  ///< top
  float width = 0;
  float height = 0;
  float area() const { return std::max(0.F, width) * std::max(0.F, height); }
  Point centre() const { return {x + width / 2, y + height / 2}; }
  float right() const { return x + width; }
  float bottom() const { return y + height; }
};

/// Area of overlap ÷ area of union, 0..1; 0 when both are empty.
inline float iou(const Rect& a, const Rect& b) {
  const float w = std::min(a.right(), b.right()) - std::max(a.x, b.x);
  const float h = std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
  if (w <= 0 || h <= 0) return 0;
  const float both = w * h;
  return both / (a.area() + b.area() - both);
}

/// The part of `r` inside a picture of that size.
inline Rect clamp_to(const Rect& r, Size picture) {
  const float x0 = std::clamp(r.x, 0.F, static_cast<float>(picture.width));
  const float y0 = std::clamp(r.y, 0.F, static_cast<float>(picture.height));
  const float x1 = std::clamp(r.right(), 0.F, static_cast<float>(picture.width));
  const float y1 = std::clamp(r.bottom(), 0.F, static_cast<float>(picture.height));
  return {x0, y0, x1 - x0, y1 - y0};
}

/// Eye on the left of the picture, eye on the right, nose tip, mouth corner left, mouth corner right (left and right as
/// seen in the picture).
using Landmarks = std::array<Point, 5>;

}  // namespace hadir
