#include "core/tracking/motion_gate.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

/// A grey picture with a bright square.
Frame scene(int width, int height, std::uint8_t grey, int square_x = -1, int square = 0) {
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(static_cast<std::size_t>(width * height), grey);
  if (square_x >= 0)
    for (int y = height / 4; y < height / 4 + square; ++y)
      for (int x = square_x; x < square_x + square; ++x) (*pixels)[static_cast<std::size_t>(y * width + x)] = 230;
  Frame frame;
  frame.width = width;
  frame.height = height;
  frame.planes[0] = {pixels->data(), width};
  frame.owner = pixels;
  return frame;
}

TEST(MotionGateTest, AStillSceneDoesNotMoveAndNoiseIsNotMotion) {
  MotionGate gate;
  EXPECT_TRUE(gate.update(scene(640, 360, 90)).scene_cut);  // nothing to compare with yet
  EXPECT_EQ(gate.update(scene(640, 360, 90)).changed_cells, 0);
  const auto brighter = gate.update(scene(640, 360, 94));
  EXPECT_EQ(brighter.changed_cells, 0);
  EXPECT_FALSE(brighter.scene_cut);
}

TEST(MotionGateTest, SomebodyWalkingMoves) {
  MotionGate gate;
  gate.update(scene(640, 360, 90, 100, 40));
  const auto motion = gate.update(scene(640, 360, 90, 130, 40));
  EXPECT_GT(motion.changed_cells, 0.004);
  EXPECT_LT(motion.changed_cells, 0.1);
  EXPECT_FALSE(motion.scene_cut);
}

/// A picture of large soft patches, another one for each seed.
Frame patches(unsigned seed, int brightest) {
  auto pixels = std::make_shared<std::vector<std::uint8_t>>(640 * 360);
  for (int y = 0; y < 360; ++y)
    for (int x = 0; x < 640; ++x) {
      unsigned patch =
          (static_cast<unsigned>(y / 60) * 11U + static_cast<unsigned>(x / 80) + seed * 977U) * 2654435761U;
      patch = (patch ^ (patch >> 15)) * 2246822519U;
      patch ^= patch >> 13;
      (*pixels)[static_cast<std::size_t>(y * 640 + x)] =
          static_cast<std::uint8_t>((patch % 97U) * static_cast<unsigned>(brightest) / 97U);
    }
  Frame frame = scene(640, 360, 0);
  frame.planes[0] = {pixels->data(), 640};
  frame.owner = pixels;
  return frame;
}

TEST(MotionGateTest, AnotherShotIsACutBrightOrDark) {
  for (const int brightest : {230, 60}) {
    MotionGate gate;
    gate.update(patches(1, brightest));
    EXPECT_FALSE(gate.update(patches(1, brightest)).scene_cut) << brightest;
    EXPECT_TRUE(gate.update(patches(2, brightest)).scene_cut) << brightest;
  }
}

TEST(MotionGateTest, LightSwitchedOnIsMotionButNoCut) {
  MotionGate gate;
  gate.update(patches(1, 60));
  const auto lit = gate.update(patches(1, 230));
  EXPECT_GT(lit.changed_cells, 0.5);
  EXPECT_FALSE(lit.scene_cut);
}

TEST(MotionGateTest, AnotherSizeIsACut) {
  MotionGate gate;
  gate.update(scene(640, 360, 90));
  EXPECT_TRUE(gate.update(scene(320, 180, 90)).scene_cut);
}

TEST(MotionGateTest, TinyAndOddFramesAreFine) {
  MotionGate gate;
  gate.update(scene(17, 3, 90));
  EXPECT_EQ(gate.update(scene(17, 3, 90)).changed_cells, 0);
}

}  // namespace
}  // namespace hadir
