#include "app/evaluation/verification.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace hadir {
namespace {

constexpr double fmrs[] = {0.5, 0.25, 0.1};

std::vector<ScoredPair> pairs(const std::vector<float>& same, const std::vector<float>& different, int fold = 0) {
  std::vector<ScoredPair> all;
  for (const float s : same) all.push_back({s, true, fold});
  for (const float s : different) all.push_back({s, false, fold});
  return all;
}

TEST(BestThreshold, LiesBetweenWhatItSeparates) {
  EXPECT_FLOAT_EQ(best_threshold(pairs({0.8F, 0.6F}, {0.1F, 0.2F})), 0.4F);
  EXPECT_DOUBLE_EQ(accuracy_at(pairs({0.8F, 0.6F}, {0.1F, 0.2F}), 0.4F), 1);
}

TEST(BestThreshold, HandlesEqualScoresTogether) {
  // At 0.5 lie two different and one same: refusing all three is one mistake, accepting them two.
  const auto given = pairs({0.9F, 0.5F}, {0.5F, 0.5F, 0.1F});
  const float threshold = best_threshold(given);
  EXPECT_GT(threshold, 0.5F);
  EXPECT_DOUBLE_EQ(accuracy_at(given, threshold), 0.8);
}

TEST(BestThreshold, MayAcceptOrRefuseEverything) {
  EXPECT_DOUBLE_EQ(accuracy_at(pairs({0.1F, 0.2F, 0.3F}, {0.9F}), best_threshold(pairs({0.1F, 0.2F, 0.3F}, {0.9F}))),
                   0.75);
  EXPECT_DOUBLE_EQ(accuracy_at(pairs({0.1F}, {0.9F, 0.8F}), best_threshold(pairs({0.1F}, {0.9F, 0.8F}))), 2.0 / 3);
}

TEST(VerificationReport, GivesTheTarAtEachFmr) {
  const auto given = pairs({0.9F, 0.7F, 0.5F, 0.3F}, {0.6F, 0.4F, 0.2F, 0.1F});
  const auto report = verification_report(given, fmrs);
  // FMR 0.5 lets 0.6 and 0.4 in: threshold just above 0.2; FMR 0.25 lets 0.6 in; FMR 0.1 none of four.
  EXPECT_DOUBLE_EQ(report.tar_at_fmr.at(0.5), 1);
  EXPECT_DOUBLE_EQ(report.tar_at_fmr.at(0.25), 0.75);
  EXPECT_DOUBLE_EQ(report.tar_at_fmr.at(0.1), 0.5);
  EXPECT_DOUBLE_EQ(report.eer, 0.25);
  EXPECT_DOUBLE_EQ(report.accuracy, report.accuracy_at_threshold);
}

/// Each fold is judged by the other's threshold: good thresholds of 0.5 and 0.8 each fail on the other fold.
TEST(VerificationReport, JudgesEachFoldByTheThresholdOfTheOthers) {
  auto given = pairs({0.6F, 0.6F}, {0.4F, 0.4F}, 1);
  const auto second = pairs({0.9F, 0.9F}, {0.7F, 0.7F}, 2);
  given.insert(given.end(), second.begin(), second.end());
  const auto report = verification_report(given, fmrs);
  EXPECT_DOUBLE_EQ(report.accuracy, 0.5);
  EXPECT_GT(report.accuracy_at_threshold, 0.7);
}

TEST(VerificationReport, APhotoWithoutFaceCountsAgainstSamePairsOnly) {
  const float none = -std::numeric_limits<float>::infinity();
  const auto given = pairs({0.9F, none}, {0.1F, none});
  const auto report = verification_report(given, fmrs);
  EXPECT_DOUBLE_EQ(report.accuracy_at_threshold, 0.75);
  EXPECT_DOUBLE_EQ(report.tar_at_fmr.at(0.1), 0.5);
  EXPECT_TRUE(std::isfinite(report.threshold));
}

}  // namespace
}  // namespace hadir
