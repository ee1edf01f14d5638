#include "pipeline/crop.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

/// Luma tells the place: y * 16 + x; chroma likewise in its own, halved coordinates.
Frame counted(int width, int height) {
  const auto chroma_width = static_cast<std::size_t>((width + 1) / 2);
  const auto chroma_height = static_cast<std::size_t>((height + 1) / 2);
  const auto luma = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(luma + 2 * chroma_width * chroma_height);
  Frame frame;
  frame.width = width;
  frame.height = height;
  std::uint8_t* to = pixels->data();
  for (std::size_t p = 0; p < 3; ++p) {
    const std::size_t w = p == 0 ? static_cast<std::size_t>(width) : chroma_width;
    const std::size_t h = p == 0 ? static_cast<std::size_t>(height) : chroma_height;
    frame.planes[p] = {to, static_cast<std::ptrdiff_t>(w)};
    for (std::size_t y = 0; y < h; ++y)
      for (std::size_t x = 0; x < w; ++x) *to++ = static_cast<std::uint8_t>(y * 16 + x);
  }
  frame.owner = pixels;
  return frame;
}

TEST(Crop, CopiesThePartWithPixelsOfItsOwn) {
  Frame part;
  {
    const Frame frame = counted(12, 10);
    part = copy_region(frame, {3, 5, 4, 3});
  }  // the frame is gone
  EXPECT_EQ(part.width, 5);  // from 2, the next even column, to 7
  EXPECT_EQ(part.height, 4);
  EXPECT_EQ(part.planes[0].data[0], 4 * 16 + 2);
  EXPECT_EQ(part.planes[0].data[part.planes[0].stride * 3 + 4], 7 * 16 + 6);
  EXPECT_EQ(part.planes[1].data[0], 2 * 16 + 1);
  EXPECT_EQ(part.planes[2].data[part.planes[2].stride + 2], 3 * 16 + 3);
}

TEST(Crop, StaysInsideTheFrame) {
  const Frame frame = counted(11, 9);
  const Frame all = copy_region(frame, {-5, -5, 100, 100});
  EXPECT_EQ(all.size(), (Size{11, 9}));
  EXPECT_EQ(all.planes[0].data[all.planes[0].stride * 8 + 10], 8 * 16 + 10);
  EXPECT_TRUE(copy_region(frame, {20, 20, 5, 5}).empty());
  const Rect around = with_surroundings({0, 0, 4, 4}, 2, {11, 9});
  EXPECT_FLOAT_EQ(around.x, 0);
  EXPECT_FLOAT_EQ(around.width, 6);
}

}  // namespace
}  // namespace hadir
