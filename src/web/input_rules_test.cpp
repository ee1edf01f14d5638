#include "web/input_rules.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/http_reply.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;

std::string fault_of(const InputFaults& faults) {
  const auto reply = faults.reply();
  if (!reply) return {};
  return nlohmann::json::parse(reply->body())["error"]["message"];
}

TEST(Utf8Test, OnlyWholeShortestFormsAreTaken) {
  for (const char* text : {"", "plain", "Åsa", "\xF0\x9F\x98\x80", "\xEF\xBF\xBD", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(is_utf8(text)) << text;
  for (const char* text : {"\xFF", "\x80", "a\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                           "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"})
    EXPECT_FALSE(is_utf8(text)) << text;
}

TEST(CheckedTextTest, TrimsAndMeasuresInCharacters) {
  InputFaults faults;
  EXPECT_EQ(checked_text(faults, "name", "  Ana \n", {}), "Ana");
  EXPECT_EQ(checked_text(faults, "name", "ééé", {.most = 3}), "ééé");
  EXPECT_EQ(checked_text(faults, "name", "   ", {.least = 0}), "");
  EXPECT_EQ(checked_text(faults, "note", "a\nb\tc", {.lines = true}), "a\nb\tc");
  EXPECT_TRUE(faults.empty());
}

TEST(CheckedTextTest, SaysWhatIsWrong) {
  const struct {
    std::string_view text;
    TextRule rule;
    const char* says;
  } cases[] = {{"", {}, "x: must not be empty"},
               {" ", {}, "x: must not be empty"},
               {"abc", {.most = 2}, "x: must have at most 2 characters"},
               {"a", {.least = 2}, "x: must have at least 2 characters"},
               {"\xC3(", {}, "x: must be UTF-8"},
               {"a\nb", {}, "x: must not hold control characters"},
               {{"a\0b", 3}, {.lines = true}, "x: must not hold control characters"},
               {"a\x7F", {}, "x: must not hold control characters"},
               {"a\xC2\x85", {}, "x: must not hold control characters"}};
  for (const auto& one : cases) {
    InputFaults faults;
    EXPECT_FALSE(checked_text(faults, "x", one.text, one.rule)) << one.text;
    EXPECT_EQ(fault_of(faults), one.says);
  }
}

TEST(CheckedNumberTest, RangesAreNamed) {
  InputFaults faults;
  EXPECT_EQ(checked_integer(faults, "n", 5, {.least = 1, .most = 5}), 5);
  EXPECT_EQ(checked_number(faults, "n", 0, {.least = 0, .most = 1}), 0.0);
  EXPECT_TRUE(faults.empty());
  EXPECT_FALSE(checked_integer(faults, "both", 6, {.least = 1, .most = 5}));
  EXPECT_FALSE(checked_integer(faults, "low", 0, {.least = 1}));
  EXPECT_FALSE(checked_integer(faults, "high", 2, {.most = 1}));
  EXPECT_FALSE(checked_number(faults, "share", 1.01, {.least = 0, .most = 1}));
  EXPECT_FALSE(checked_number(faults, "nan", std::numeric_limits<double>::quiet_NaN(), {}));
  const auto error = nlohmann::json::parse(faults.reply()->body())["error"];
  EXPECT_EQ(error["message"], "both: must be from 1 to 5");
  EXPECT_EQ(error["fields"]["low"], "must be at least 1");
  EXPECT_EQ(error["fields"]["high"], "must be at most 1");
  EXPECT_EQ(error["fields"]["share"], "must be from 0 to 1");
  EXPECT_EQ(error["fields"].size(), 5U);
}

TEST(CheckedDayTest, DaysAndTimesAreWholeAndInRange) {
  InputFaults faults;
  EXPECT_EQ(checked_day(faults, "d", "2024-02-29"), *parse_day("2024-02-29"));
  EXPECT_EQ(checked_time(faults, "t", "2026-01-05T07:55:00+07:00"), *parse_iso8601("2026-01-05T00:55:00Z"));
  EXPECT_TRUE(faults.empty());
  for (const char* day : {"", "2026-02-29", "2026-1-5", "05.01.2026", "2026-01-05 ", "1969-12-31", "2200-01-01",
                          "-001-01-01", "99999-01-01"}) {
    InputFaults wrong;
    EXPECT_FALSE(checked_day(wrong, "d", day)) << day;
    EXPECT_THAT(fault_of(wrong), HasSubstr("d: must be a day"));
  }
  for (const char* time : {"", "2026-01-05", "2026-01-05T07:55:00", "2026-01-05T25:00:00Z", "1960-01-05T07:55:00Z",
                           "2026-01-05T07:55:00+07"}) {
    InputFaults wrong;
    EXPECT_FALSE(checked_time(wrong, "t", time)) << time;
    EXPECT_THAT(fault_of(wrong), HasSubstr("t: must be"));
  }
}

TEST(Base64Test, DecodesStrictlyAndLooksAtTheSizeFirst) {
  const auto decoded = [](std::string_view text) -> std::optional<std::string> {
    InputFaults faults;
    const auto bytes = checked_base64(faults, "frame_data", text, 16);
    EXPECT_EQ(faults.empty(), bytes.has_value()) << text;
    if (!bytes) return std::nullopt;
    return std::string(bytes->begin(), bytes->end());
  };
  EXPECT_EQ(decoded("Zg=="), "f");
  EXPECT_EQ(decoded("Zm8="), "fo");
  EXPECT_EQ(decoded("Zm9v"), "foo");
  EXPECT_EQ(decoded("data:image/jpeg;base64,Zm9vYmFy"), "foobar");
  EXPECT_EQ(decoded("+/+/"), "\xFB\xFF\xBF");
  for (const char* text : {"", "Z", "Zg", "Zg=", "Zh==", "Zm9v!", "Zm9v====", "Zm 9", "=Zm9", "data:image/jpeg,Zm9v",
                           "data:;base64", "Z===", "-_-_", "MDEyMzQ1Njc4OWFiY2RlZmdoaQ=="})
    EXPECT_FALSE(decoded(text)) << text;
}

}  // namespace
}  // namespace hadir
