#include "core/uuid.hpp"

#include <gtest/gtest.h>

#include <set>

namespace hadir {
namespace {

TEST(Uuid, IsVersionSevenAndOrderedByTime) {
  RandomUuidSource source;
  const auto earlier = source.next(Instant{Millis{1'700'000'000'000}});
  const auto later = source.next(Instant{Millis{1'700'000'000'001}});
  EXPECT_TRUE(is_uuid(earlier)) << earlier;
  EXPECT_EQ(earlier[14], '7');
  EXPECT_NE(std::string("89ab").find(earlier[19]), std::string::npos);
  EXPECT_LT(earlier, later);
  EXPECT_EQ(earlier.substr(0, 13), "018bcfe5-6800");
}

TEST(Uuid, NeverRepeatsWithinAMillisecond) {
  RandomUuidSource source;
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(source.next(Instant{}));
  EXPECT_EQ(seen.size(), 10'000U);
}

TEST(Uuid, SeededSourcesRepeatThemselves) {
  SeededUuidSource a(7), b(7), c(8);
  const auto first = a.next(Instant{});
  EXPECT_EQ(first, b.next(Instant{}));
  EXPECT_NE(first, c.next(Instant{}));
  EXPECT_NE(first, a.next(Instant{}));
}

TEST(Uuid, KnowsItsShape) {
  EXPECT_TRUE(is_uuid("018BCFE5-6800-7abc-8def-0123456789ab"));
  for (const char* text :
       {"", "018bcfe5", "018bcfe5-6800-7abc-8def-0123456789ag", "018bcfe5x6800-7abc-8def-0123456789ab"})
    EXPECT_FALSE(is_uuid(text)) << text;
}

}  // namespace
}  // namespace hadir
