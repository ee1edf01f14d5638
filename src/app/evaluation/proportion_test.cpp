#include "app/evaluation/proportion.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

/// Values of R's binom.test.
TEST(Proportion, HasTheExactBounds) {
  const auto p = proportion(3, 20);
  EXPECT_DOUBLE_EQ(p.value, 0.15);
  EXPECT_NEAR(p.low, 0.03207094, 1e-6);
  EXPECT_NEAR(p.high, 0.3789268, 1e-6);
  const auto none = proportion(0, 100);
  EXPECT_DOUBLE_EQ(none.low, 0);
  EXPECT_NEAR(none.high, 0.03621669, 1e-6);
  const auto all = proportion(100, 100);
  EXPECT_NEAR(all.low, 0.9637833, 1e-6);
  EXPECT_DOUBLE_EQ(all.high, 1);
}

TEST(Proportion, OfNothingIsAnything) {
  const auto p = proportion(0, 0);
  EXPECT_DOUBLE_EQ(p.low, 0);
  EXPECT_DOUBLE_EQ(p.high, 1);
}

}  // namespace
}  // namespace hadir
