#include "web/query_values.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

nlohmann::json fields_of(QueryValues& in) {
  const auto reply = in.reply();
  return reply ? nlohmann::json::parse(reply->body())["error"]["fields"] : nlohmann::json::object();
}

TEST(QueryValuesTest, ValuesAreDecodedAndChecked) {
  QueryValues in(
      "q=J%C3%BCrgen+M&page=3&page_size=100&date=2026-01-05&at=2026-01-05T07%3A55%3A00%2B07%3A00&on=1&x=&r=0.5");
  EXPECT_EQ(in.text("q"), "Jürgen M");
  const PageNumber page = in.page();
  EXPECT_EQ(page.paging().offset, 200);
  EXPECT_EQ(page.paging().limit, 100);
  EXPECT_EQ(page.pages_of(0), 0);
  EXPECT_EQ(page.pages_of(100), 1);
  EXPECT_EQ(page.pages_of(101), 2);
  EXPECT_EQ(in.day("date"), *parse_day("2026-01-05"));
  EXPECT_EQ(in.time("at"), *parse_iso8601("2026-01-05T00:55:00Z"));
  EXPECT_EQ(in.boolean("on"), true);
  EXPECT_EQ(in.number("r"), 0.5);
  EXPECT_FALSE(in.text("x"));
  EXPECT_EQ(in.reply(), nullptr);
}

TEST(QueryValuesTest, PagesBeginAtOneAndHoldAtMostAHundred) {
  EXPECT_EQ(QueryValues("").page().size, 20);
  for (const char* query : {"page=0", "page=-1", "page=1.5", "page=x", "page=9999999999999999999999", "page=1000001",
                            "page=%2B1", "page=1%00"}) {
    QueryValues in(query);
    EXPECT_EQ(in.page().page, 1) << query;
    EXPECT_TRUE(fields_of(in).contains("page")) << query;
  }
  for (const char* query : {"page_size=0", "page_size=101", "page_size=-5", "page_size=abc"}) {
    QueryValues in(query);
    in.page();
    EXPECT_TRUE(fields_of(in).contains("page_size")) << query;
  }
}

TEST(QueryValuesTest, TwiceUnknownAndInvalidAreFaults) {
  QueryValues twice("date=2026-01-05&date=2026-01-06");
  twice.day("date");
  EXPECT_EQ(fields_of(twice)["date"], "must not be given twice");
  QueryValues unknown("dat=2026-01-05");
  unknown.day("date");
  EXPECT_EQ(fields_of(unknown)["dat"], "is no value of this address");
  QueryValues invalid("q=%FF%FE");
  invalid.text("q");
  EXPECT_EQ(fields_of(invalid)["q"], "must be UTF-8");
  QueryValues name("%FF=1");
  EXPECT_EQ(fields_of(name)["query"], "must be UTF-8");
  QueryValues missing("a=");
  missing.require({"a"});
  EXPECT_EQ(fields_of(missing)["a"], "must be given");
}

}  // namespace
}  // namespace hadir
