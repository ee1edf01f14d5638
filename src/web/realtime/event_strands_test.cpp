#include "web/realtime/event_strands.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <numeric>

namespace hadir {
namespace {

TEST(EventStrands, RunsAStrandInItsOrderAndNeverTwiceAtOnce) {
  std::map<std::string, std::vector<int>> ran;
  std::map<std::string, std::atomic<int>> at_once;
  std::atomic<bool> overlapped{false};
  for (const char* strand : {"a", "b", "c"}) {
    ran[strand];
    at_once[strand] = 0;
  }
  {
    EventStrands strands(3, 1000);
    for (int i = 0; i < 500; ++i)
      for (auto& [name, numbers] : ran)
        EXPECT_TRUE(strands.submit(name, [&overlapped, &count = at_once[name], &numbers, i] {
          if (++count != 1) overlapped = true;
          numbers.push_back(i);
          --count;
        }));
    strands.stop();  // runs what waits
    EXPECT_FALSE(strands.submit("a", [] {}));
  }
  std::vector<int> all(500);
  std::iota(all.begin(), all.end(), 0);
  for (const auto& [name, numbers] : ran) EXPECT_EQ(numbers, all) << name;
  EXPECT_FALSE(overlapped);
}

TEST(EventStrands, LetsOneStrandWaitWithoutTheOthers) {
  EventStrands strands(2, 10);
  std::promise<void> release;
  std::promise<void> other_ran;
  strands.submit("slow", [&release] { release.get_future().wait(); });
  strands.submit("slow", [] {});
  strands.submit("other", [&other_ran] { other_ran.set_value(); });
  other_ran.get_future().wait();
  release.set_value();
}

TEST(EventStrands, RefusesWhatHasNoRoom) {
  EventStrands strands(1, 2);
  std::promise<void> started;
  std::promise<void> release;
  std::atomic<int> ran{0};
  strands.submit("a", [&] {
    started.set_value();
    release.get_future().wait();
  });
  started.get_future().wait();
  EXPECT_TRUE(strands.submit("a", [&ran] { ++ran; }));
  EXPECT_TRUE(strands.submit("a", [&ran] { ++ran; }));
  EXPECT_FALSE(strands.submit("a", [&ran] { ran = 100; }));
  EXPECT_TRUE(strands.submit("b", [&ran] { ++ran; }));
  EXPECT_TRUE(strands.submit("a", [&ran] { ++ran; }, EventStrands::Room::always));
  release.set_value();
  strands.stop();
  EXPECT_EQ(ran, 4);
}

}  // namespace
}  // namespace hadir
