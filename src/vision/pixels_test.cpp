#include "vision/pixels.hpp"

#include <gtest/gtest.h>

#include "vision/test_assets.hpp"

namespace hadir {
namespace {

struct Colour {
  const char* name;
  ColourMatrix matrix;
  bool full_range;
  std::uint8_t y, u, v;
  int red, green, blue;
};

/// Code values of the primaries as BT.601-7 and BT.709-6 define them (75 % and 100 % bars).
const Colour colours[] = {
    {"bt601_limited_white", ColourMatrix::bt601, false, 235, 128, 128, 255, 255, 255},
    {"bt601_limited_black", ColourMatrix::bt601, false, 16, 128, 128, 0, 0, 0},
    {"bt601_limited_red", ColourMatrix::bt601, false, 81, 90, 240, 255, 0, 0},
    {"bt601_limited_blue", ColourMatrix::bt601, false, 41, 240, 110, 0, 0, 255},
    {"bt709_limited_red", ColourMatrix::bt709, false, 63, 102, 240, 255, 0, 0},
    {"bt709_limited_green", ColourMatrix::bt709, false, 173, 42, 26, 0, 255, 0},
    {"bt601_full_red", ColourMatrix::bt601, true, 76, 85, 255, 255, 0, 0},
    {"bt601_full_white", ColourMatrix::bt601, true, 255, 128, 128, 255, 255, 255},
    {"bt709_full_green", ColourMatrix::bt709, true, 182, 30, 12, 0, 255, 0},
};

class ColourTest : public testing::TestWithParam<Colour> {};
INSTANTIATE_TEST_SUITE_P(Primaries, ColourTest, testing::ValuesIn(colours),
                         [](const auto& tested) { return tested.param.name; });

TEST_P(ColourTest, NetworkInputAndCropShowTheSameColour) {
  const auto& c = GetParam();
  test::PaintedFrame painted(64, 64, c.y, c.u, c.v);
  painted.frame.matrix = c.matrix;
  painted.frame.full_range = c.full_range;
  InputScaler scaler(Normalisation{.colour = ColourOrder::rgb});
  const auto& input = scaler.fill(painted.frame, {0, 0, 64, 64}, {32, 32}, 32);
  const int expected[] = {c.red, c.green, c.blue};
  for (int channel = 0; channel < 3; ++channel)
    EXPECT_NEAR(input.values[static_cast<std::size_t>(channel) * 32 * 32 + 100], expected[channel], 3) << c.name;
  const auto bgr = warp_to_bgr(painted.frame, Affine{}, {8, 8}, Outside::black);
  for (int channel = 0; channel < 3; ++channel)
    EXPECT_NEAR(bgr[static_cast<std::size_t>(2 - channel)], expected[channel], 3) << c.name;
}

TEST(InputScaler, FitsAtTheTopLeftAndPadsWithBlack) {
  const test::PaintedFrame painted(1280, 720, 235, 128, 128);
  InputScaler scaler(Normalisation{{127.5F, 127.5F, 127.5F}, {1 / 128.F, 1 / 128.F, 1 / 128.F}, ColourOrder::rgb});
  const auto& input = scaler.fill(painted.frame, {0, 0, 1280, 720}, {640, 384}, 32);
  EXPECT_EQ(input.size, (Size{640, 384}));
  EXPECT_FLOAT_EQ(input.scale_x, 0.5F);
  EXPECT_FLOAT_EQ(input.scale_y, 0.5F);
  for (std::size_t channel = 0; channel < 3; ++channel) {
    const float* plane = input.values.data() + channel * 640 * 384;
    EXPECT_NEAR(plane[359 * 640 + 639], 127.5 / 128, 0.01);
    EXPECT_NEAR(plane[360 * 640], -127.5 / 128, 0.01);
    EXPECT_NEAR(plane[383 * 640 + 639], -127.5 / 128, 0.01);
  }
}

TEST(InputScaler, NeverScalesUpAndShrinksTheInputToThePhoto) {
  const test::PaintedFrame painted(250, 250, 100, 128, 128);
  InputScaler scaler(Normalisation{});
  const auto& input = scaler.fill(painted.frame, {0, 0, 250, 250}, {640, 640}, 32);
  EXPECT_EQ(input.size, (Size{256, 256}));
  EXPECT_FLOAT_EQ(input.scale_x, 1);
}

TEST(InputScaler, ShowsOnlyTheRegionAndSaysWhereItBegins) {
  test::PaintedFrame painted(401, 301, 16, 128, 128);  // Odd sizes: chroma planes are rounded up.
  for (int y = 101; y < 301; ++y)
    for (int x = 203; x < 401; ++x) painted.at(x, y) = 235;
  InputScaler scaler(Normalisation{});
  const auto& input = scaler.fill(painted.frame, {203, 101, 198, 200}, {640, 640}, 32);
  EXPECT_EQ(input.offset.x, 202);
  EXPECT_EQ(input.offset.y, 100);
  EXPECT_EQ(input.size, (Size{224, 224}));
  const auto value = [&](int x, int y) { return input.values[static_cast<std::size_t>(y) * 224 + x]; };
  EXPECT_NEAR(value(0, 0), 0, 1);  // The even column and row just outside.
  EXPECT_NEAR(value(1, 1), 255, 1);
  EXPECT_NEAR(value(198, 200), 255, 1);
  EXPECT_NEAR(value(199, 50), 0, 1);  // Padding.
}

/// A frame whose planes are used as they are must not be changed by the next, scaled one.
TEST(InputScaler, NeverWritesToAFrame) {
  const test::PaintedFrame small(64, 64, 50, 100, 150);
  const test::PaintedFrame large(640, 480, 200, 90, 60);
  InputScaler scaler(Normalisation{});
  for (int turn = 0; turn < 2; ++turn) {
    scaler.fill(small.frame, {0, 0, 64, 64}, {64, 64}, 32);
    scaler.fill(large.frame, {0, 0, 640, 480}, {64, 64}, 32);
    scaler.fill(large.frame, {0, 0, 640, 480}, {320, 320}, 32);  // Chroma as it is, luma halved.
  }
  for (const auto* painted : {&small, &large}) {
    EXPECT_TRUE(std::ranges::all_of(painted->luma, [&](auto v) { return v == painted->luma[0]; }));
    EXPECT_TRUE(std::ranges::all_of(painted->first_chroma, [&](auto v) { return v == painted->first_chroma[0]; }));
  }
  EXPECT_EQ(small.luma[0], 50);
  EXPECT_EQ(large.first_chroma[0], 90);
}

TEST(WarpToBgr, PutsPointsWhereTheMapSaysAndBlackOutside) {
  test::PaintedFrame painted(200, 100, 16, 128, 128);
  for (int y = 40; y < 60; ++y)
    for (int x = 100; x < 120; ++x) painted.at(x, y) = 235;
  // Twice as large, with the frame's (100, 40) at the crop's (10, 20).
  const Affine twice{2, 0, 10 - 200, 0, 2, 20 - 80};
  const auto bgr = warp_to_bgr(painted.frame, twice, {112, 112}, Outside::black);
  const auto green = [&](int x, int y) { return int{bgr[3UL * (static_cast<std::size_t>(y) * 112 + x) + 1]}; };
  EXPECT_NEAR(green(30, 40), 255, 1);
  EXPECT_NEAR(green(10, 20), 255, 1);
  EXPECT_NEAR(green(6, 40), 0, 1);
  EXPECT_NEAR(green(48, 58), 255, 1);
  EXPECT_NEAR(green(53, 40), 0, 1);
  const auto outside = warp_to_bgr(painted.frame, Affine{1, 0, 500, 0, 1, 500}, {16, 16}, Outside::black);
  EXPECT_TRUE(std::ranges::all_of(outside, [](auto v) { return v == 0; }));
}

/// The last pixels of a frame keep their colour, and beyond them is black, whatever that colour is.
TEST(WarpToBgr, KeepsTheColourUpToTheFramesEdge) {
  const test::PaintedFrame red(64, 64, 81, 90, 240);
  const auto bgr = warp_to_bgr(red.frame, Affine{1, 0, 10, 0, 1, 10}, {100, 100}, Outside::black);
  const auto at = [&](int x, int y) { return &bgr[3UL * (static_cast<std::size_t>(y) * 100 + x)]; };
  for (const auto& [x, y] : {std::pair(10, 10), std::pair(73, 10), std::pair(10, 73), std::pair(73, 73)}) {
    EXPECT_NEAR(at(x, y)[2], 255, 2);
    EXPECT_NEAR(at(x, y)[0], 0, 2);
  }
  for (const auto& [x, y] : {std::pair(9, 40), std::pair(74, 40), std::pair(40, 9), std::pair(40, 74)})
    for (int channel = 0; channel < 3; ++channel) EXPECT_EQ(at(x, y)[channel], 0);
}

TEST(PackNchw, OrdersAndNormalisesChannels) {
  const std::uint8_t bgr[] = {10, 20, 30, 40, 50, 60};
  float rgb[6];
  pack_nchw(bgr, {2, 1}, Normalisation{{1, 2, 3}, {2, 4, 8}, ColourOrder::rgb}, rgb);
  const float expected[] = {(30 - 1) * 2, (60 - 1) * 2, (20 - 2) * 4, (50 - 2) * 4, (10 - 3) * 8, (40 - 3) * 8};
  for (int i = 0; i < 6; ++i) EXPECT_FLOAT_EQ(rgb[i], expected[i]);
}

}  // namespace
}  // namespace hadir
