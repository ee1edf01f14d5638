#include "core/recognition/calibration.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

Calibration measured() {
  Calibration c;
  c.midpoint = 0.3F;
  c.slope = 20;
  c.impostors = {{0.1F, 1e-1}, {0.2F, 1e-2}, {0.3F, 1e-3}, {0.5F, 1e-5}};
  c.minimum_threshold = 0.25F;
  c.population_factor = 1;
  return c;
}

TEST(Calibration, FmrIsLogLinearBetweenAndBeyondThePoints) {
  const auto c = measured();
  EXPECT_NEAR(fmr_at(c, 0.2F), 1e-2, 1e-5);
  EXPECT_NEAR(fmr_at(c, 0.25F), 3.162e-3, 1e-5);
  EXPECT_NEAR(fmr_at(c, 0.4F), 1e-4, 1e-6);
  EXPECT_NEAR(fmr_at(c, 0.6F), 1e-6, 1e-8);
  EXPECT_NEAR(fmr_at(c, 0.05F), 0.316, 1e-3);
  EXPECT_EQ(fmr_at(c, -1.0F), 1.0);
}

TEST(Calibration, TheThresholdRisesWithTheGallery) {
  const auto c = measured();
  // One person: FMR = FPIR. A hundred: a hundredth of it.
  EXPECT_NEAR(threshold_for(c, 1, 1e-3), 0.3F, 1e-3);
  EXPECT_NEAR(threshold_for(c, 100, 1e-3), 0.5F, 1e-3);
  EXPECT_LT(threshold_for(c, 10, 0.003), threshold_for(c, 1000, 0.003));
  EXPECT_LT(threshold_for(c, 100, 0.01), threshold_for(c, 100, 0.001));
  // What it promises: 1 - (1 - FMR)^N = target.
  const double fmr = fmr_at(c, threshold_for(c, 450, 0.003));
  EXPECT_NEAR(1 - std::pow(1 - fmr, 450), 0.003, 1e-5);
}

TEST(Calibration, PeopleAlikeInOriginAndAgeNeedAHigherThreshold) {
  auto c = measured();
  const float mixed = threshold_for(c, 100, 0.01);
  c.population_factor = 10;
  EXPECT_NEAR(threshold_for(c, 100, 0.01), mixed + 0.1F, 1e-3);  // a tenth of the FMR
}

TEST(Calibration, NeverGoesBelowTheFloor) {
  const auto c = measured();
  EXPECT_EQ(threshold_for(c, 0, 0.003), c.minimum_threshold);
  EXPECT_EQ(threshold_for(c, 1, 0.5), c.minimum_threshold);
}

TEST(Calibration, ConfidenceGrowsFromZeroToOne) {
  auto c = measured();
  EXPECT_FLOAT_EQ(confidence_of(c, 0.3F), 0.5F);
  EXPECT_GT(confidence_of(c, 0.5F), 0.97F);
  EXPECT_LT(confidence_of(c, 0.0F), 0.01F);
  c.slope = 0;  // dlib: 1 - distance
  EXPECT_FLOAT_EQ(confidence_of(c, 0.62F), 0.62F);
  EXPECT_FLOAT_EQ(confidence_of(c, -0.3F), 0.0F);
}

}  // namespace
}  // namespace hadir
