#include "core/attendance/hours.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

using namespace std::chrono_literals;

TEST(HoursOfDay, ContainTheirStartAndNotTheirEnd) {
  const HoursOfDay office{.start = 8h, .end = 17h};
  EXPECT_FALSE(office.contains(7h + 59min));
  EXPECT_TRUE(office.contains(8h));
  EXPECT_FALSE(office.contains(17h));
  EXPECT_EQ(office.length(), 9h);
}

TEST(HoursOfDay, MayPassMidnight) {
  const HoursOfDay night{.start = 22h, .end = 6h};
  EXPECT_TRUE(night.contains(23h));
  EXPECT_TRUE(night.contains(0h));
  EXPECT_FALSE(night.contains(6h));
  EXPECT_FALSE(night.contains(21h + 59min));
  EXPECT_EQ(night.length(), 8h);
  EXPECT_EQ((HoursOfDay{.start = 8h, .end = 8h}.length()), 24h);
}

TEST(HoursOfDay, HaveATextThatReadsBack) {
  const HoursOfDay night{.start = 22h, .end = 6h + 5min};
  EXPECT_EQ(to_text(night), "22:00-06:05");
  EXPECT_EQ(hours_from("22:00-06:05"), night);
  for (const char* wrong :
       {"", "8:00-17:00", "24:00-06:00", "08:60-09:00", "08:00 17:00", "08:00-17:00 ", "0x:00-17:00"})
    EXPECT_FALSE(hours_from(wrong)) << wrong;
}

TEST(Weekdays, HaveATextThatReadsBack) {
  EXPECT_EQ(to_text(Weekdays{}), "0,1,2,3,4");
  const auto sunday = weekdays_from("6");
  ASSERT_TRUE(sunday);
  EXPECT_TRUE(sunday->contains(std::chrono::Sunday));
  EXPECT_FALSE(sunday->contains(std::chrono::Monday));
  EXPECT_EQ(weekdays_from("0,1,2,3,4"), Weekdays{});
  EXPECT_EQ(to_text(weekdays_from("").value()), "");
  for (const char* wrong : {"7", "0,", ",0", "0 1", "mon", "0,,1"}) EXPECT_FALSE(weekdays_from(wrong)) << wrong;
}

}  // namespace
}  // namespace hadir
