#include "media/timeline.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

using Stamps = std::vector<std::optional<Millis>>;

std::vector<long> placed(Timeline timeline, const Stamps& stamps) {
  std::vector<long> out;
  for (const auto& stamp : stamps) out.push_back(timeline.place(stamp).count());
  return out;
}

TEST(TimelineTest, BeginsAtZero) {
  EXPECT_EQ(placed(Timeline(Millis(40)), {Millis(852), Millis(892), Millis(932)}), (std::vector<long>{0, 40, 80}));
}

TEST(TimelineTest, FillsMissingStamps) {
  EXPECT_EQ(placed(Timeline(Millis(40)), {std::nullopt, std::nullopt, Millis(100), std::nullopt}),
            (std::vector<long>{0, 40, 80, 120}));
}

TEST(TimelineTest, GrowsOverDisorderAndRestarts) {
  EXPECT_EQ(placed(Timeline(Millis(40)), {Millis(0), Millis(40), Millis(40), Millis(30), Millis(80)}),
            (std::vector<long>{0, 40, 41, 42, 80}));
  EXPECT_EQ(placed(Timeline(Millis(40)), {Millis(10'000), Millis(12'000), Millis(5), Millis(45)}),
            (std::vector<long>{0, 2000, 2040, 2080}));
}

TEST(TimelineTest, BelievesGapsOnlyUpToTheirLimit) {
  EXPECT_EQ(placed(Timeline(Millis(40)), {Millis(0), Millis(60'000)}), (std::vector<long>{0, 60'000}));
  EXPECT_EQ(placed(Timeline(Millis(40), Millis(10'000)), {Millis(0), Millis(9'000), Millis(60'000), Millis(60'040)}),
            (std::vector<long>{0, 9'000, 9'040, 9'080}));
}

}  // namespace
}  // namespace hadir
