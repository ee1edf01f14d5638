#include "core/time.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

using namespace std::chrono_literals;

Instant at(const char* text) {
  return parse_iso8601(text).value();
}

TEST(Time, ReadsIso8601WithOffset) {
  EXPECT_EQ(at("2026-01-05T07:55:00+07:00"), at("2026-01-05T00:55:00Z"));
  EXPECT_EQ(at("2026-01-05T07:55:00.250-03:30"), at("2026-01-05T11:25:00.250Z"));
  EXPECT_EQ(at("2026-01-05T07:55Z") + 1500ms, at("2026-01-05T07:55:01.5Z"));
}

TEST(Time, RefusesEverythingElse) {
  for (const char* text : {"", "2026-01-05", "2026-01-05T07:55:00", "2026-13-05T07:55:00Z", "2026-02-30T07:55:00Z",
                           "2026-01-05T24:00:00Z", "2026-01-05T07:60:00Z", "2026-01-05T07:55:00Zx", "yesterday",
                           "2026-01-05T07:55:00+99:00", "-026-01-05T07:55:00Z"}) {
    const auto result = parse_iso8601(text);
    ASSERT_FALSE(result) << text;
    EXPECT_EQ(result.error().kind, ErrorKind::invalid_input);
  }
}

TEST(Time, WritesWhatItReads) {
  const auto& jakarta = *find_zone("Asia/Jakarta").value();
  const auto& st_johns = *find_zone("America/St_Johns").value();
  EXPECT_EQ(format_iso8601(at("2026-01-05T00:55:00Z"), jakarta), "2026-01-05T07:55:00.000+07:00");
  EXPECT_EQ(format_iso8601(at("2026-01-05T00:55:00.042Z"), st_johns), "2026-01-04T21:25:00.042-03:30");
  EXPECT_EQ(format_utc(at("2026-01-05T07:55:00+07:00")), "2026-01-05T00:55:00.000Z");
  EXPECT_FALSE(find_zone("Mars/Olympus"));
}

TEST(Time, ANightShiftBelongsToTheDayItBegan) {
  const auto& jakarta = *find_zone("Asia/Jakarta").value();
  EXPECT_EQ(format_day(work_day_of(at("2026-01-06T02:00:00+07:00"), jakarta, 0min)), "2026-01-06");
  EXPECT_EQ(format_day(work_day_of(at("2026-01-06T02:00:00+07:00"), jakarta, 240min)), "2026-01-05");
  EXPECT_EQ(format_day(work_day_of(at("2026-01-06T04:00:00+07:00"), jakarta, 240min)), "2026-01-06");
}

TEST(Time, ReadsDays) {
  EXPECT_EQ(format_day(parse_day("2024-02-29").value()), "2024-02-29");
  for (const char* text : {"2023-02-29", "2024-2-29", "24-02-29", "2024-02-29 ", ""})
    EXPECT_FALSE(parse_day(text)) << text;
}

}  // namespace
}  // namespace hadir
