#include "media/rate_picker.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <format>
#include <random>
#include <vector>

namespace hadir {
namespace {

Millis at(int frame, double fps) {
  return Millis(std::llround(frame * 1000.0 / fps));
}

struct RateCase {
  double stream_fps;
  double wanted_fps;
  double expected_fps;
};

class RatePickerTest : public testing::TestWithParam<RateCase> {};

TEST_P(RatePickerTest, AverageRateIsRight) {
  const auto [stream_fps, wanted_fps, expected_fps] = GetParam();
  RatePicker picker(wanted_fps);
  constexpr int seconds = 100;
  int picked = 0;
  for (int i = 0; i < static_cast<int>(stream_fps * seconds); ++i) picked += picker.picks(at(i, stream_fps)) ? 1 : 0;
  EXPECT_NEAR(picked, expected_fps * seconds, 1.0);
}

INSTANTIATE_TEST_SUITE_P(Rates, RatePickerTest,
                         testing::Values(RateCase{30, 8, 8}, RateCase{29.97, 8, 8}, RateCase{23.976, 8, 8},
                                         RateCase{25, 8, 8}, RateCase{10, 8, 8}, RateCase{25, 25, 25},
                                         RateCase{29.97, 29.97, 29.97}, RateCase{59.94, 30, 30}, RateCase{5, 8, 5},
                                         RateCase{30, 1, 1}, RateCase{30, 0.1, 0.1}, RateCase{30, 0, 30},
                                         RateCase{15, 12.5, 12.5}),
                         [](const auto& tested) {
                           auto name = std::format("{}_of_{}", tested.param.wanted_fps, tested.param.stream_fps);
                           std::ranges::replace(name, '.', 'p');
                           return name;
                         });

TEST(RatePickerTest, LosesNothingToJitterAtTheStreamsOwnRate) {
  std::mt19937 random(7);
  std::uniform_int_distribution<int> jitter(-9, 9);  // a quarter of 40 ms
  RatePicker picker(25);
  int picked = 0;
  for (int i = 0; i < 1000; ++i) picked += picker.picks(at(i, 25) + Millis(jitter(random))) ? 1 : 0;
  EXPECT_GE(picked, 990);
}

TEST(RatePickerTest, PicksAtOnceAfterAGapWithoutABurst) {
  RatePicker picker(8);
  EXPECT_TRUE(picker.picks(Millis(0)));
  EXPECT_TRUE(picker.picks(Millis(60'000)));
  EXPECT_FALSE(picker.picks(Millis(60'033)));
  EXPECT_FALSE(picker.picks(Millis(60'066)));
  EXPECT_TRUE(picker.picks(Millis(60'133)));
}

TEST(RatePickerTest, StartsAgainWhenTimeStampsFallBack) {
  RatePicker picker(8);
  EXPECT_TRUE(picker.picks(Millis(50'000)));
  EXPECT_TRUE(picker.picks(Millis(0)));
  EXPECT_FALSE(picker.picks(Millis(33)));
  EXPECT_TRUE(picker.picks(Millis(133)));
}

/// IbbPbbP...: whatever share of packets is disposable, refusing packets never costs a picked frame.
TEST(RatePickerTest, RefusingPacketsKeepsTheNumberOfPicks) {
  for (const double wanted : {1.0, 5.0, 7.9, 8.0, 10.0, 14.0, 24.0, 30.0}) {
    for (const int between : {0, 1, 2, 3}) {
      RatePicker all(wanted);
      RatePicker some(wanted);
      int picked_all = 0;
      std::vector<Millis> decoded;
      const int group = between + 1;
      constexpr int frames = 1201;  // whole groups
      for (int i = 0; i < frames; ++i) picked_all += all.picks(at(i, 30)) ? 1 : 0;
      if (!some.refuses(at(0, 30), PacketUse::reference)) decoded.push_back(at(0, 30));
      for (int reference = group; reference < frames; reference += group) {
        EXPECT_FALSE(some.refuses(at(reference, 30), PacketUse::reference));
        decoded.push_back(at(reference, 30));
        for (int b = reference - between; b < reference; ++b)
          if (!some.refuses(at(b, 30), PacketUse::disposable)) decoded.push_back(at(b, 30));
      }
      std::ranges::sort(decoded);
      int picked_some = 0;
      for (const Millis pts : decoded) picked_some += some.picks(pts) ? 1 : 0;
      EXPECT_NEAR(picked_some, picked_all, 1) << wanted << " fps, " << between << " disposable between references";
      if (wanted <= 7.9 && between == 3) {
        EXPECT_LT(static_cast<double>(decoded.size()), 0.55 * frames);
      }
    }
  }
}

/// 30 frames a second as I0 P4 B2 b1 b3 P8 B6 b5 b7 ...: what is decoded for 8 frames a second.
std::vector<int> decoded_of_pyramid(RatePicker& picker, int references) {
  std::vector<int> decoded;
  const auto ask = [&](int frame, PacketUse use) {
    if (!picker.refuses(Millis{frame * 100 / 3}, use)) decoded.push_back(frame);
  };
  ask(0, PacketUse::reference);
  for (int r = 1; r <= references; ++r) {
    ask(4 * r, PacketUse::reference);
    ask(4 * r - 2, PacketUse::reference_b);
    ask(4 * r - 3, PacketUse::disposable);
    ask(4 * r - 1, PacketUse::disposable);
  }
  return decoded;
}

TEST(RatePickerTest, LeavesAPyramidOutOnlyWhereNoneOfItIsWanted) {
  RatePicker picker(8);
  const auto decoded = decoded_of_pyramid(picker, 100);
  // Every slot still has its frame, and no disposable picture is decoded without the reference it needs.
  std::vector<char> slot_taken(110, 0);
  for (const int frame : decoded) {
    slot_taken[static_cast<std::size_t>((frame * 100 / 3 + 31) / 125)] = 1;
    if (frame % 2 == 1) {
      EXPECT_TRUE(std::ranges::contains(decoded, frame / 4 * 4 + 2)) << frame;
    }
  }
  for (std::size_t slot = 0; slot < 106; ++slot) EXPECT_TRUE(slot_taken[slot]) << slot;
  EXPECT_LT(decoded.size(), 150U);  // of 401; with the references kept it is more
  RatePicker careful(8);
  careful.keep_references();
  EXPECT_GT(decoded_of_pyramid(careful, 100).size(), 195U);
}

}  // namespace
}  // namespace hadir
