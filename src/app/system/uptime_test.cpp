#include "app/system/uptime.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace hadir {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

TEST(UptimeTest, CountsThisRunAndAllRuns) {
  const fs::path file = fs::path(testing::TempDir()) / "uptime-test.json";
  fs::remove(file);
  FixedClock clock(Instant{1'000'000ms});
  {
    const Uptime first(file, clock);
    clock.set(clock.now() + 90s);
    EXPECT_EQ(first.this_run(), 90s);
    EXPECT_EQ(first.total(), 90s);
  }
  const Uptime second(file, clock);
  clock.set(clock.now() + 10s);
  EXPECT_EQ(second.this_run(), 10s);
  EXPECT_EQ(second.total(), 100s);
  clock.set(clock.now() - 1h);  // a clock that is put back
  EXPECT_EQ(second.this_run(), 0s);
}

TEST(UptimeTest, ABrokenFileCountsFromNothing) {
  const fs::path file = fs::path(testing::TempDir()) / "uptime-broken.json";
  std::ofstream(file) << R"({"total_seconds": "many"})";
  const FixedClock clock(Instant{1'000'000ms});
  EXPECT_EQ(Uptime(file, clock).total(), 0s);
}

}  // namespace
}  // namespace hadir
