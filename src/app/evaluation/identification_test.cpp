#include "app/evaluation/identification.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hadir {
namespace {

std::vector<SearchOutcome> outcomes() {
  return {{true, true, 0.8F},   {true, true, 0.5F},
          {true, false, 0.7F},  {true, false, -std::numeric_limits<float>::infinity()},
          {false, false, 0.6F}, {false, false, 0.4F},
          {false, false, 0.3F}, {false, false, 0.2F}};
}

TEST(Identification, CountsMissesAndFalseNamesAtAThreshold) {
  const auto errors = search_errors_at(outcomes(), 0.45);
  EXPECT_DOUBLE_EQ(errors.fnir.value, 0.5);  // A wrong person in front and no face are both misses.
  EXPECT_DOUBLE_EQ(errors.fpir.value, 0.25);
}

TEST(Identification, TheThresholdKeepsTheFpirAsked) {
  EXPECT_LE(search_errors_at(outcomes(), threshold_at_fpir(outcomes(), 0.25)).fpir.value, 0.25);
  EXPECT_GT(threshold_at_fpir(outcomes(), 0.25), 0.4);
  EXPECT_LT(threshold_at_fpir(outcomes(), 0.25), 0.41);
  EXPECT_GT(threshold_at_fpir(outcomes(), 0.01), 0.6);  // One stranger in four would be 0.25: none may pass.
}

TEST(Identification, ReportsRankOneAndBounds) {
  constexpr double fpirs[] = {0.25, 0.01};
  const auto report = identification_report(outcomes(), fpirs);
  EXPECT_EQ(report.enrolled_probes, 4U);
  EXPECT_EQ(report.stranger_probes, 4U);
  EXPECT_DOUBLE_EQ(report.rank1.value, 0.5);
  EXPECT_DOUBLE_EQ(report.at_fpir.at(0.01).fnir.value, 0.75);
  EXPECT_LT(report.at_fpir.at(0.01).fnir.low, 0.75);
  EXPECT_GT(report.at_fpir.at(0.01).fnir.high, 0.75);
}

}  // namespace
}  // namespace hadir
