#include "pipeline/detection_planner.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

constexpr Size frame{1280, 720};

Track followed(float x, float y, float width) {
  Track track;
  track.id = 1;
  track.box = {x, y, width, width * 1.2F};
  return track;
}

MotionGate::Motion still() {
  MotionGate::Motion motion;
  motion.changed_cells = 0;
  motion.likeness = 1;
  return motion;
}

/// One eighth of the picture moves, at the left edge.
MotionGate::Motion moving_at_the_left() {
  auto motion = still();
  for (int row = 0; row < MotionGate::rows; ++row)
    for (int column = 0; column < 8; ++column)
      motion.changed[static_cast<std::size_t>(row * MotionGate::columns + column)] = true;
  motion.changed_cells = 0.125;
  return motion;
}

class DetectionPlannerTest : public testing::Test {
 protected:
  std::optional<DetectionPlan> plan(const MotionGate::Motion& motion, const std::vector<Track>& tracks, int ms) {
    return planner_.plan(motion, tracks, Millis{ms}, frame, settings_);
  }
  AnalysisSettings settings_;
  DetectionPlanner planner_;
};

TEST_F(DetectionPlannerTest, AnIdleSceneIsScannedOnceASecond) {
  int scans = 0;
  for (int ms = 0; ms < 10'000; ms += 125) scans += plan(still(), {}, ms).has_value();
  EXPECT_EQ(scans, 10);
}

TEST_F(DetectionPlannerTest, MotionWithoutAnybodyFollowedIsScannedEveryTime) {
  for (int ms = 0; ms < 1000; ms += 125) {
    const auto made = plan(moving_at_the_left(), {}, ms);
    ASSERT_TRUE(made);
    EXPECT_TRUE(made->full);
    EXPECT_EQ(made->runs.front().input, detection_input(settings_, frame));
  }
}

TEST_F(DetectionPlannerTest, TheInputFollowsFromTheFrameUntilItIsSet) {
  for (const auto& [of_frame, input] : std::vector<std::pair<Size, Size>>{{{640, 360}, {640, 384}},
                                                                          {{1280, 720}, {640, 384}},
                                                                          {{1920, 1080}, {960, 544}},
                                                                          {{1080, 1920}, {640, 736}},
                                                                          {{3840, 2160}, {1280, 736}}})
    EXPECT_EQ(detection_input(settings_, of_frame), input) << of_frame.width;
  settings_.detection_size = Size{320, 192};
  EXPECT_EQ(detection_input(settings_, {3840, 2160}), (Size{320, 192}));
}

TEST_F(DetectionPlannerTest, SomebodyFollowedIsLookedForWhereTheyAre) {
  const std::vector<Track> tracks{followed(600, 300, 80)};
  ASSERT_TRUE(plan(still(), tracks, 0)->full);
  const auto made = plan(still(), tracks, 125);
  ASSERT_TRUE(made);
  EXPECT_FALSE(made->full);
  ASSERT_EQ(made->runs.size(), 1U);
  const auto& run = made->runs.front();
  EXPECT_LE(run.input.width * run.input.height, 128 * 128);
  EXPECT_LT(run.region->x, 600);
  EXPECT_GT(run.region->right(), 680);
  EXPECT_LT(run.region->width, 300);
}

TEST_F(DetectionPlannerTest, MotionElsewhereBringsFullScansSooner) {
  const auto full_scans = [&](const MotionGate::Motion& motion) {
    DetectionPlanner planner;
    int full = 0;
    for (int ms = 0; ms < 6000; ms += 125)
      full += planner.plan(motion, std::vector<Track>{followed(1000, 300, 80)}, Millis{ms}, frame, settings_)->full;
    return full;
  };
  EXPECT_EQ(full_scans(still()), 4);
  EXPECT_GE(full_scans(moving_at_the_left()), 9);
}

TEST_F(DetectionPlannerTest, ACutAndACrowdGetFullScans) {
  ASSERT_TRUE(plan(still(), {}, 0)->full);
  auto cut = moving_at_the_left();
  cut.scene_cut = true;
  EXPECT_TRUE(plan(cut, {followed(600, 300, 80)}, 125)->full);
  std::vector<Track> crowd;
  for (int i = 0; i < 40; ++i) crowd.push_back(followed(30.0F * static_cast<float>(i), 300, 40));
  EXPECT_TRUE(plan(still(), crowd, 250)->full);
}

}  // namespace
}  // namespace hadir
