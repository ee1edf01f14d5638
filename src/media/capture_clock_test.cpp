#include "media/capture_clock.hpp"

#include <gtest/gtest.h>

#include <random>

namespace hadir {
namespace {

const Instant start{Millis(1'767'571'200'000)};

TEST(CaptureClockTest, SeesThroughJitter) {
  std::mt19937 random(3);
  std::exponential_distribution<double> delay(1 / 30.0);
  CaptureClock clock;
  for (int i = 0; i < 500; ++i) {
    const Millis pts(40 * i);
    const Instant seen = clock.seen_at(start + pts + Millis(static_cast<int>(delay(random))), pts);
    if (i > 100) {
      EXPECT_NEAR(static_cast<double>((seen - (start + pts)).count()), 0, 8) << i;
    }
  }
}

TEST(CaptureClockTest, NeverLiesInTheFutureNorFallsBack) {
  std::mt19937 random(5);
  std::uniform_int_distribution<int> step(0, 3'000);
  CaptureClock clock;
  Instant now = start;
  Instant last{};
  for (int i = 0; i < 1000; ++i) {
    now += Millis(step(random));
    const Instant seen = clock.seen_at(now, Millis(40 * i));
    EXPECT_LE(seen, now);
    EXPECT_GE(seen, last);
    last = seen;
  }
}

TEST(CaptureClockTest, FollowsACameraWhoseClockDrifts) {
  for (const double rate : {0.9992, 1.0008}) {
    CaptureClock clock;
    Instant seen;
    Instant now;
    for (int i = 0; i < 90'000; ++i) {  // an hour at 25 frames a second
      now = start + Millis(40 * i);
      seen = clock.seen_at(now, Millis(static_cast<long>(40 * i * rate)));
    }
    EXPECT_NEAR(static_cast<double>((now - seen).count()), 0, 50) << rate;
  }
}

TEST(CaptureClockTest, TakesAJumpOfTheStreamsClock) {
  CaptureClock clock;
  clock.seen_at(start, Millis(0));
  clock.seen_at(start + Millis(40), Millis(40));
  EXPECT_EQ(clock.seen_at(start + Millis(60'000), Millis(80)), start + Millis(60'000));
}

}  // namespace
}  // namespace hadir
