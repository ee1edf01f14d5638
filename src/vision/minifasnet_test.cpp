#include "vision/minifasnet.hpp"

#include <gtest/gtest.h>

#include "vision/test_assets.hpp"

namespace hadir {
namespace {

TEST(Widened, GrowsAboutTheCentreAndStaysInside) {
  const Rect inside = widened({100, 100, 20, 40}, 2.F, {400, 400});
  EXPECT_FLOAT_EQ(inside.x, 90);
  EXPECT_FLOAT_EQ(inside.y, 80);
  EXPECT_FLOAT_EQ(inside.width, 40);
  EXPECT_FLOAT_EQ(inside.height, 80);
  const Rect shifted = widened({0, 0, 100, 100}, 2.F, {400, 400});
  EXPECT_FLOAT_EQ(shifted.x, 0);
  EXPECT_FLOAT_EQ(shifted.width, 200);
  const Rect limited = widened({50, 50, 200, 100}, 4.F, {401, 401});  // 400 / 200 allows only 2.
  EXPECT_FLOAT_EQ(limited.width, 400);
  EXPECT_FLOAT_EQ(limited.x, 0);
}

/// The three sample photos with known answers; the box by SCRFD 2.5g as in MODELS.md.
TEST(MiniFasNet, TellsTheLivingFaceFromTheAttacks) {
  const auto factory = test::pack("scrfd-paddlex");
  auto models = test::models(*factory);
  ASSERT_NE(models.liveness, nullptr);
  const auto probability_of = [&](const char* name) {
    const auto photo = test::photo(std::string("faces/spoof/") + name);
    const auto faces = models.detector->detect(photo, {640, 640});
    EXPECT_TRUE(faces && !faces->empty()) << name;
    const auto live = models.liveness->live_probability(photo, faces->front().box);
    EXPECT_TRUE(live) << live.error().message;
    return *live;
  };
  EXPECT_NEAR(probability_of("image_T1.jpg"), 0.999F, 0.01F);
  // V1SE's 0.27 of MODELS.md moves between 0.3 and 0.6 with a box shifted by a few pixels; V2 stays at 0.01.
  EXPECT_LT(probability_of("image_F1.jpg"), 0.4F);
  EXPECT_NEAR(probability_of("image_F2.jpg"), 0.F, 0.02F);
}

TEST(MiniFasNet, RefusesABoxWithoutExtent) {
  const auto factory = test::pack("default");
  auto models = test::models(*factory);
  const test::PaintedFrame grey(100, 100, 128, 128, 128);
  const auto live = models.liveness->live_probability(grey.frame, {10, 10, 0, 5});
  ASSERT_FALSE(live);
  EXPECT_EQ(live.error().kind, ErrorKind::invalid_input);
  EXPECT_TRUE(models.liveness->live_probability(grey.frame, {-20, -20, 300, 300}));
}

}  // namespace
}  // namespace hadir
