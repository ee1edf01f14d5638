#include "core/recognition/outliers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Embedding at(float degrees) {
  const float radians = degrees * 3.14159265F / 180;
  return *Embedding::normalised(std::vector{std::cos(radians), std::sin(radians)});
}

TEST(Outliers, MedianOfAnyCount) {
  EXPECT_NEAR(median_similarity(Metric::cosine, at(0), std::vector{at(60)}), 0.5F, 1e-5);
  EXPECT_NEAR(median_similarity(Metric::cosine, at(0), std::vector{at(90), at(60)}), 0.25F, 1e-5);
  EXPECT_NEAR(median_similarity(Metric::cosine, at(0), std::vector{at(90), at(0), at(60)}), 0.5F, 1e-5);
}

TEST(Outliers, FindsTheStranger) {
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(0), at(10), at(90), at(5)}, 0.5F), ElementsAre(2));
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(180), at(10), at(90), at(5), at(0)}, 0.5F), ElementsAre(0, 2));
}

TEST(Outliers, NobodyWhenAllAgreeOrOneIsAlone) {
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(0), at(10), at(20)}, 0.5F), IsEmpty());
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(0)}, 0.5F), IsEmpty());
  EXPECT_THAT(outliers(Metric::cosine, std::vector<Embedding>{}, 0.5F), IsEmpty());
}

TEST(Outliers, OfTwoThatDisagreeTheFirstStays) {
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(0), at(90)}, 0.5F), ElementsAre(1));
}

TEST(Outliers, TrustedOnesStay) {
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(0), at(90), at(91), at(92)}, 0.5F, 1), ElementsAre(1, 2, 3));
  EXPECT_THAT(outliers(Metric::cosine, std::vector{at(0), at(90)}, 0.5F, 2), IsEmpty());
}

}  // namespace
}  // namespace hadir
