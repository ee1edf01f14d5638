#include "core/tracking/tracker.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "core/tracking/assignment.hpp"

namespace hadir {
namespace {

constexpr bool looked = true;

Detection face(float x, float y, float width = 60, float score = 0.9F) {
  Detection detection;
  detection.box = {x, y, width, width * 1.2F};
  detection.score = score;
  return detection;
}

Tracker tracker() {
  return Tracker({0.3, 3, Millis{5000}, 0.7});
}

double cost_of(const std::vector<double>& cost, std::size_t columns, const std::vector<int>& column_of) {
  double sum = 0;
  for (std::size_t r = 0; r < column_of.size(); ++r)
    if (column_of[r] >= 0) sum += cost[r * columns + static_cast<std::size_t>(column_of[r])];
  return sum;
}

TEST(Assignment, MatchesTheBestOfAllPermutations) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> value(0, 10);
  for (const auto& [rows, columns] : {std::pair{4U, 4U}, {3U, 5U}, {5U, 3U}, {1U, 4U}, {6U, 6U}}) {
    for (int round = 0; round < 20; ++round) {
      std::vector<double> cost(std::size_t{rows} * columns);
      for (auto& c : cost) c = value(random);
      // Every way to give the smaller side distinct partners on the larger one.
      const std::size_t large = std::max(rows, columns);
      std::vector<std::size_t> order(large);
      std::iota(order.begin(), order.end(), 0);
      double best = 1e9;
      do {
        double sum = 0;
        for (std::size_t i = 0; i < std::min(rows, columns); ++i)
          sum += rows <= columns ? cost[i * columns + order[i]] : cost[order[i] * columns + i];
        best = std::min(best, sum);
      } while (std::ranges::next_permutation(order).found);
      const auto column_of = assign(cost, rows, columns);
      EXPECT_NEAR(cost_of(cost, columns, column_of), best, 1e-9);
      EXPECT_EQ(std::ranges::count_if(column_of, [](int c) { return c >= 0; }), std::min(rows, columns));
    }
  }
}

TEST(Assignment, AnswersEmptyProblems) {
  EXPECT_TRUE(assign({}, 0, 3).empty());
  EXPECT_EQ(assign({}, 2, 0), (std::vector<int>{-1, -1}));
}

TEST(TrackerTest, KeepsTwoPeopleApartAsTheyCross) {
  auto t = tracker();
  t.update(std::vector{face(100, 100), face(500, 130)}, Millis{0}, looked);
  ASSERT_EQ(t.tracks().size(), 2U);
  const TrackId left = t.tracks()[0].id;
  // They walk towards each other, one passing a little lower, 25 pixels a step.
  for (int step = 1; step <= 16; ++step) {
    const float dx = 25.0F * static_cast<float>(step);
    t.update(std::vector{face(500 - dx, 130), face(100 + dx, 100)}, Millis{125 * step}, looked);
    ASSERT_EQ(t.tracks().size(), 2U) << step;
  }
  for (const auto& track : t.tracks()) {
    if (track.id == left) {
      EXPECT_NEAR(track.box.x, 500, 1);
    } else {
      EXPECT_NEAR(track.box.x, 100, 1);
    }
  }
}

TEST(TrackerTest, FollowsWhatMovesFurtherThanItsOwnSizeOnceItsMotionIsKnown) {
  auto t = tracker();
  TrackId id = 0;
  for (int step = 0; step < 8; ++step) {
    t.update(std::vector{face(50.0F + 55.0F * static_cast<float>(step), 200)}, Millis{125 * step}, looked);
    ASSERT_EQ(t.tracks().size(), 1U) << step;
    if (step == 0) id = t.tracks()[0].id;
    EXPECT_EQ(t.tracks()[0].id, id);
  }
}

TEST(TrackerTest, SurvivesMissesThenEnds) {
  auto t = tracker();
  t.update(std::vector{face(100, 100)}, Millis{0}, looked);
  for (int i = 1; i <= 3; ++i) EXPECT_TRUE(t.update({}, Millis{125 * i}, looked).empty());
  const auto ended = t.update({}, Millis{500}, looked);
  ASSERT_EQ(ended.size(), 1U);
  EXPECT_EQ(ended[0].seen, Millis{0});
  EXPECT_TRUE(t.tracks().empty());
}

TEST(TrackerTest, WhatNobodyLookedForWasNotMissed) {
  auto t = tracker();
  t.update(std::vector{face(1000, 500)}, Millis{0}, looked);
  for (int i = 1; i <= 10; ++i) t.update({}, Millis{125 * i}, !looked);
  ASSERT_EQ(t.tracks().size(), 1U);
  // ... but not for ever.
  EXPECT_EQ(t.update({}, Millis{5100}, !looked).size(), 1U);
}

TEST(TrackerTest, WeakDetectionsContinueButDoNotStart) {
  auto t = tracker();
  t.update(std::vector{face(100, 100, 60, 0.5F)}, Millis{0}, looked);
  EXPECT_TRUE(t.tracks().empty());
  t.update(std::vector{face(100, 100)}, Millis{125}, looked);
  t.update(std::vector{face(104, 100, 60, 0.5F)}, Millis{250}, looked);
  ASSERT_EQ(t.tracks().size(), 1U);
  EXPECT_EQ(t.tracks()[0].hits, 2);
}

TEST(TrackerTest, ASplitTrackGoesOnUnderANewId) {
  auto t = tracker();
  t.update(std::vector{face(100, 100)}, Millis{0}, looked);
  const TrackId old = t.tracks()[0].id;
  const TrackId fresh = t.split(old, Millis{125});
  EXPECT_NE(fresh, old);
  EXPECT_NE(fresh, 0U);
  EXPECT_EQ(t.tracks()[0].id, fresh);
  EXPECT_EQ(t.split(old, Millis{125}), 0U);
}

}  // namespace
}  // namespace hadir
