#include "media/scene/picture.hpp"

#include <array>
#include <memory>

namespace hadir::scene {
namespace {

struct YuvToRgb {
  float luma, black, red_v, green_u, green_v, blue_u;
};

/// ITU-R BT.601 and BT.709, for samples of full and of limited range.
YuvToRgb conversion_of(const Frame& frame) {
  const bool bt709 = frame.matrix == ColourMatrix::bt709;
  const YuvToRgb full =
      bt709 ? YuvToRgb{1, 0, 1.5748F, -0.1873F, -0.4681F, 1.8556F} : YuvToRgb{1, 0, 1.402F, -0.3441F, -0.7141F, 1.772F};
  if (frame.full_range) return full;
  constexpr float luma = 255.F / 219.F;
  constexpr float chroma = 255.F / 224.F;
  return {luma, 16, full.red_v * chroma, full.green_u * chroma, full.green_v * chroma, full.blue_u * chroma};
}

std::uint8_t byte(float value) {
  return static_cast<std::uint8_t>(std::clamp(value + 0.5F, 0.F, 255.F));
}

}  // namespace

/// SplitMix64 (Steele, Lea, Flood 2014) over seed and place.
float noise(std::uint64_t seed, int x, int y) {
  std::uint64_t z = seed * 0x9E3779B97F4A7C15ULL +
                    static_cast<std::uint64_t>(static_cast<std::uint32_t>(x)) * 0xD1B54A32D192ED03ULL +
                    static_cast<std::uint64_t>(static_cast<std::uint32_t>(y)) * 0x8CB92BA72F3D8DD7ULL;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return static_cast<float>((z ^ (z >> 31)) >> 40) / static_cast<float>(1 << 24);
}

Rgb Picture::sample(float x, float y) const {
  x = std::clamp(x, 0.F, static_cast<float>(size_.width - 1));
  y = std::clamp(y, 0.F, static_cast<float>(size_.height - 1));
  const int x0 = std::min(static_cast<int>(x), std::max(0, size_.width - 2));
  const int y0 = std::min(static_cast<int>(y), std::max(0, size_.height - 2));
  const int right = size_.width > 1 ? 1 : 0;
  const int down = size_.height > 1 ? 1 : 0;
  const float fx = x - static_cast<float>(x0);
  const float fy = y - static_cast<float>(y0);
  return mix(mix(at(x0, y0), at(x0 + right, y0), fx), mix(at(x0, y0 + down), at(x0 + right, y0 + down), fx), fy);
}

Picture picture_of(const Frame& frame, const Rect& part) {
  const int left = static_cast<int>(std::floor(part.x));
  const int top = static_cast<int>(std::floor(part.y));
  Picture picture({std::max(1, static_cast<int>(part.width)), std::max(1, static_cast<int>(part.height))});
  const YuvToRgb k = conversion_of(frame);
  for (int y = std::max(0, -top); y < std::min(picture.height(), frame.height - top); ++y)
    for (int x = std::max(0, -left); x < std::min(picture.width(), frame.width - left); ++x) {
      const auto sample = [&](std::size_t plane, int column, int row) {
        return static_cast<float>(frame.planes[plane].data[row * frame.planes[plane].stride + column]);
      };
      const float luma = (sample(0, left + x, top + y) - k.black) * k.luma;
      const float u = sample(1, (left + x) / 2, (top + y) / 2) - 128;
      const float v = sample(2, (left + x) / 2, (top + y) / 2) - 128;
      picture.at(x, y) = {luma + k.red_v * v, luma + k.green_u * u + k.green_v * v, luma + k.blue_u * u};
    }
  return picture;
}

Frame frame_of(const Picture& picture, std::uint64_t seed) {
  Frame frame;
  frame.width = picture.width();
  frame.height = picture.height();
  frame.matrix = ColourMatrix::bt709;
  const auto luma_size = static_cast<std::size_t>(frame.width) * frame.height;
  const auto chroma_size = static_cast<std::size_t>(frame.chroma_width()) * frame.chroma_height();
  const auto samples = std::make_shared<std::vector<std::uint8_t>>(luma_size + 2 * chroma_size);
  std::uint8_t* luma = samples->data();
  std::uint8_t* first = luma + luma_size;
  std::uint8_t* second = first + chroma_size;
  std::uint64_t state = seed * 2 + 1;
  for (int y = 0; y < frame.height; ++y)
    for (int x = 0; x < frame.width; ++x) {
      const Rgb& c = picture.at(x, y);
      state = state * 6364136223846793005ULL + 1442695040888963407ULL;  // Knuth, MMIX
      const float grain = static_cast<float>(state >> 40) / static_cast<float>(1 << 23) - 1;
      *luma++ = byte(16 + 0.1826F * c.r + 0.6142F * c.g + 0.0620F * c.b + 0.8F * grain);
    }
  for (int y = 0; y < frame.height; y += 2)
    for (int x = 0; x < frame.width; x += 2) {
      const int right = std::min(x + 1, frame.width - 1);
      const int below = std::min(y + 1, frame.height - 1);
      const Rgb c = (picture.at(x, y) + picture.at(right, y) + picture.at(x, below) + picture.at(right, below)) * 0.25F;
      *first++ = byte(128 - 0.1006F * c.r - 0.3386F * c.g + 0.4392F * c.b);
      *second++ = byte(128 + 0.4392F * c.r - 0.3989F * c.g - 0.0403F * c.b);
    }
  frame.planes = {Plane{samples->data(), frame.width}, Plane{samples->data() + luma_size, frame.chroma_width()},
                  Plane{samples->data() + luma_size + chroma_size, frame.chroma_width()}};
  frame.owner = samples;
  return frame;
}

float distance_to_segment(Point p, Point a, Point b) {
  const float dx = b.x - a.x;
  const float dy = b.y - a.y;
  const float length = dx * dx + dy * dy;
  const float t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.F, 1.F) : 0;
  return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

float distance_to_box(Point p, const Rect& box, float corner) {
  const float x = std::abs(p.x - box.centre().x) - box.width / 2 + corner;
  const float y = std::abs(p.y - box.centre().y) - box.height / 2 + corner;
  return std::hypot(std::max(x, 0.F), std::max(y, 0.F)) + std::min(std::max(x, y), 0.F) - corner;
}

/// First-order: exact on the edge, good enough near it.
float distance_to_ellipse(Point p, Point centre, float half_width, float half_height) {
  const float x = (p.x - centre.x) / half_width;
  const float y = (p.y - centre.y) / half_height;
  const float level = std::hypot(x, y);
  const float slope = std::hypot(x / half_width, y / half_height);
  return slope > 0 ? level * (level - 1) / slope : -std::min(half_width, half_height);
}

}  // namespace hadir::scene
