#include "web/json_body.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/records.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;

std::optional<PersonType> type_of(std::string_view text) {
  return person_type_from(text);
}

TEST(JsonBodyTest, WhatIsNoSingleCleanObjectIsRefused) {
  const std::pair<std::string, const char*> cases[] = {
      {"", "body: a JSON object must be sent"},
      {"{", "body: is not JSON, at byte"},
      {"{\"a\":1}x", "body: is not JSON, at byte"},
      {"{'a':1}", "body: is not JSON, at byte"},
      {"{\"a\":01}", "body: is not JSON, at byte"},
      {"{\"a\":NaN}", "body: is not JSON, at byte"},
      {"{\"a\":1,}", "body: is not JSON, at byte"},
      {"{\"a\":\"\\ud800\"}", "body: is not JSON, at byte"},
      {"{/**/}", "body: is not JSON, at byte"},
      {"[]", "body: must be a JSON object"},
      {"null", "body: must be a JSON object"},
      {"\"text\"", "body: must be a JSON object"},
      {"{\"a\":\"\xFF\"}", "body: must be UTF-8"},
      {"{\"a\":1,\"a\":2}", "body: says \"a\" twice"},
      {"{\"b\":{\"a\":1,\"c\":[{\"a\":1}],\"a\":2}}", "body: says \"a\" twice"},
      {"{\"a\":1e999}", "body: "},
      {"{\"a\":" + std::string(100'000, '['), "body: is nested more than 32 deep"},
  };
  for (const auto& [text, says] : cases) {
    const auto body = JsonBody::parse(text);
    ASSERT_FALSE(body) << text;
    EXPECT_EQ(body.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(body.error().message, HasSubstr(says)) << text;
  }
}

TEST(JsonBodyTest, ThirtyTwoDeepIsTaken) {
  const auto nested = [](int arrays) { return "{\"a\":" + std::string(arrays, '[') + std::string(arrays, ']') + "}"; };
  EXPECT_TRUE(JsonBody::parse(nested(31)));
  EXPECT_FALSE(JsonBody::parse(nested(32)));
  EXPECT_TRUE(JsonBody::parse(R"({"a":{"x":1},"b":{"x":1},"c":[{"x":1},{"x":2}]})"));
}

TEST(JsonFieldsTest, ValuesComeAsTheyAreMeant) {
  auto body = JsonBody::parse(
      R"({"name":" Ana ","phone":null,"age":7,"share":0.5,"on":true,"type":"visitor","day":"2026-01-05",
          "at":"2026-01-05T07:55:00Z","out":null,"photo":"Zm9v","list":[1,2],"hours":{"start":"08:00"}})");
  ASSERT_TRUE(body) << body.error().message;
  JsonFields in = body->fields();
  in.require({"name", "age"});
  EXPECT_EQ(in.text("name"), "Ana");
  EXPECT_EQ(in.text("phone", {.least = 0}), "");
  EXPECT_EQ(in.integer("age"), 7);
  EXPECT_EQ(in.number("share"), 0.5);
  EXPECT_EQ(in.boolean("on"), true);
  EXPECT_EQ(in.word("type", type_of, "employee, visitor or contractor"), PersonType::visitor);
  EXPECT_EQ(in.day("day"), *parse_day("2026-01-05"));
  EXPECT_EQ(in.time("at"), *parse_iso8601("2026-01-05T07:55:00Z"));
  const auto out = in.time_or_null("out");
  ASSERT_TRUE(out);
  EXPECT_FALSE(*out) << "said to be none";
  EXPECT_EQ(in.base64("photo", 10), (Bytes{'f', 'o', 'o'}));
  ASSERT_NE(in.array("list", 2), nullptr);
  auto hours = in.object("hours");
  ASSERT_TRUE(hours);
  EXPECT_EQ(hours->text("start"), "08:00");
  EXPECT_FALSE(in.text("not there"));
  EXPECT_EQ(in.reply(), nullptr);
}

TEST(JsonFieldsTest, WrongTypesAreNamedEach) {
  for (const char* value : {"1", "true", "[]", "{}", "null", "\"x\"", "1.5"}) {
    auto body =
        JsonBody::parse(std::format(R"({{"a":{0},"b":{0},"c":{0},"d":{0},"e":{0},"f":{0},"g":{0},"h":{0}}})", value));
    ASSERT_TRUE(body);
    JsonFields in = body->fields();
    const std::string_view given(value);
    EXPECT_EQ(in.text("a").has_value(), given == "\"x\"") << value;
    EXPECT_EQ(in.integer("b").has_value(), given == "1") << value;
    EXPECT_EQ(in.number("c").has_value(), given == "1" || given == "1.5") << value;
    EXPECT_EQ(in.boolean("d").has_value(), given == "true") << value;
    EXPECT_FALSE(in.day("e")) << value;
    EXPECT_FALSE(in.word("f", type_of, "employee, visitor or contractor")) << value;
    EXPECT_EQ(in.array("g", 1) != nullptr, given == "[]") << value;
    EXPECT_EQ(in.object("h").has_value(), given == "{}") << value;
    const auto reply = in.reply();
    ASSERT_NE(reply, nullptr);
    EXPECT_EQ(reply->statusCode(), drogon::k400BadRequest);
    const auto error = nlohmann::json::parse(reply->body())["error"];
    EXPECT_EQ(error["code"], "invalid_input");
    EXPECT_THAT(error["message"], HasSubstr(": must be ")) << value;
    EXPECT_EQ(error["fields"]["e"], "must be a day such as 2026-01-05");
    EXPECT_EQ(error["fields"]["f"], "must be employee, visitor or contractor");
  }
}

TEST(JsonFieldsTest, MissingUnknownAndTooManyAreFaults) {
  auto body = JsonBody::parse(R"({"nmae":"Ana","list":[1,2,3],"empty":null,"big":18446744073709551615,"o":{"x":1}})");
  ASSERT_TRUE(body);
  JsonFields in = body->fields();
  in.require({"name", "empty"});
  EXPECT_FALSE(in.text("name"));
  EXPECT_FALSE(in.text("empty"));
  EXPECT_EQ(in.array("list", 2), nullptr);
  EXPECT_FALSE(in.integer("big"));
  auto within = in.object("o");
  ASSERT_TRUE(within);
  within->check();
  const auto reply = in.reply();
  ASSERT_NE(reply, nullptr);
  const auto error = nlohmann::json::parse(reply->body())["error"];
  EXPECT_EQ(error["message"], "name: must be given");
  EXPECT_EQ(error["fields"]["empty"], "must be given");
  EXPECT_EQ(error["fields"]["nmae"], "is no field of this request");
  EXPECT_EQ(error["fields"]["list"], "must have at most 2 entries");
  EXPECT_EQ(error["fields"]["big"], "must be a whole number");
  EXPECT_EQ(error["fields"]["o.x"], "is no field of this request");
}

}  // namespace
}  // namespace hadir
