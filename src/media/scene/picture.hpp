#pragma once
// Internal to media/scene/.
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

#include "core/frame.hpp"

namespace hadir::scene {

/// Gamma-coded red, green, blue, each 0..255.
struct Rgb {
  float r = 0;
  float g = 0;
  float b = 0;
};
inline Rgb operator*(Rgb c, float k) {
  return {c.r * k, c.g * k, c.b * k};
}
inline Rgb operator+(Rgb a, Rgb b) {
  return {a.r + b.r, a.g + b.g, a.b + b.b};
}
/// `share` 0: a, 1: b.
inline Rgb mix(Rgb a, Rgb b, float share) {
  return a * (1 - share) + b * share;
}
/// 0 below `low`, 1 above `high`, smooth between.
inline float ramp(float low, float high, float x) {
  const float t = std::clamp((x - low) / (high - low), 0.F, 1.F);
  return t * t * (3 - 2 * t);
}
/// 0..1, the same for the same numbers.
float noise(std::uint64_t seed, int x, int y);

/// A picture to draw on. Coordinates: (0, 0) is the middle of the top left pixel.
class Picture {
 public:
  Picture() = default;
  explicit Picture(Size size) : size_(size), pixels_(static_cast<std::size_t>(size.width) * size.height) {}
  Size size() const { return size_; }
  int width() const { return size_.width; }
  int height() const { return size_.height; }
  Rgb& at(int x, int y) { return pixels_[static_cast<std::size_t>(y) * size_.width + x]; }
  const Rgb& at(int x, int y) const { return pixels_[static_cast<std::size_t>(y) * size_.width + x]; }
  /// Between pixels; outside, the nearest one.
  Rgb sample(float x, float y) const;
  void blend(int x, int y, Rgb colour, float share) {
    Rgb& pixel = at(x, y);
    pixel = mix(pixel, colour, share);
  }
  /// Calls paint(x, y) for each pixel of the part of the rectangle that lies in the picture.
  template <class Paint>
  void each_in(const Rect& area, const Paint& paint) {
    const int x1 = std::min(size_.width, static_cast<int>(std::ceil(area.right())) + 1);
    const int y1 = std::min(size_.height, static_cast<int>(std::ceil(area.bottom())) + 1);
    for (int y = std::max(0, static_cast<int>(area.y)); y < y1; ++y)
      for (int x = std::max(0, static_cast<int>(area.x)); x < x1; ++x) paint(x, y);
  }

 private:
  Size size_;
  std::vector<Rgb> pixels_;
};

/// The part of a frame; what lies outside the frame is black.
Picture picture_of(const Frame& frame, const Rect& part);
/// Limited range BT.709, with sensor noise of about one step that `seed` decides.
Frame frame_of(const Picture& picture, std::uint64_t seed);

/// Signed distances in pixels, negative inside; shapes are drawn by covering what lies inside, with soft edges.
float distance_to_segment(Point p, Point a, Point b);
float distance_to_box(Point p, const Rect& box, float corner = 0);
float distance_to_ellipse(Point p, Point centre, float half_width, float half_height);
/// How much of a pixel a shape covers whose edge is that far away, the edge being `soft` pixels wide.
inline float cover(float distance, float soft = 1) {
  return std::clamp(0.5F - distance / soft, 0.F, 1.F);
}

}  // namespace hadir::scene
