#include "pipeline/crop.hpp"

#include <cmath>
#include <cstring>
#include <memory>
#include <vector>

namespace hadir {

Frame copy_region(const Frame& frame, const Rect& part) {
  const Rect inside = clamp_to(part, frame.size());
  const int x = static_cast<int>(inside.x) & ~1;
  const int y = static_cast<int>(inside.y) & ~1;
  const int right = std::min(frame.width, static_cast<int>(std::ceil(inside.right())));
  const int bottom = std::min(frame.height, static_cast<int>(std::ceil(inside.bottom())));
  Frame copy = frame;
  copy.width = right - x;
  copy.height = bottom - y;
  copy.owner.reset();
  copy.planes = {};
  if (inside.area() <= 0) {
    copy.width = copy.height = 0;
    return copy;
  }
  const auto luma_size = static_cast<std::size_t>(copy.width) * static_cast<std::size_t>(copy.height);
  const auto chroma_size =
      static_cast<std::size_t>(copy.chroma_width()) * static_cast<std::size_t>(copy.chroma_height());
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(luma_size + 2 * chroma_size);
  std::uint8_t* to = pixels->data();
  for (std::size_t p = 0; p < 3; ++p) {
    const int shift = p == 0 ? 0 : 1;
    const int width = p == 0 ? copy.width : copy.chroma_width();
    const int height = p == 0 ? copy.height : copy.chroma_height();
    copy.planes[p] = {to, width};
    const Plane& from = frame.planes[p];
    for (int row = 0; row < height; ++row, to += width)
      std::memcpy(to, from.data + ((y >> shift) + row) * from.stride + (x >> shift), static_cast<std::size_t>(width));
  }
  copy.owner = std::move(pixels);
  return copy;
}

Rect with_surroundings(const Rect& box, double factor, Size frame) {
  const auto f = static_cast<float>(factor);
  const Point c = box.centre();
  return clamp_to({c.x - box.width * f / 2, c.y - box.height * f / 2, box.width * f, box.height * f}, frame);
}

}  // namespace hadir
