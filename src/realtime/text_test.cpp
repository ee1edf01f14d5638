#include "realtime/text.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

TEST(Text, KnowsUtf8) {
  for (const std::string_view good :
       {"", "abc", "\xC3\xA4", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"})
    EXPECT_TRUE(is_utf8(good)) << good;
  for (const std::string_view bad :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80", "\xC3", "\xE2\x82", "a\xFF", "\xE2\x28\xA1"})
    EXPECT_FALSE(is_utf8(bad)) << bad;
}

TEST(Text, EncodesBase64) {
  const std::pair<std::string, std::string> cases[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"\x01\x02\x03\x04", "AQIDBA=="},
                                                       {"\xFB\xFF", "+/8="}};
  for (const auto& [bytes, text] : cases) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
  EXPECT_EQ(from_base64("AQIDBA"), "\x01\x02\x03\x04");  // clients may leave the padding out
  for (const char* bad : {"A", "AQIDB", "AQ=", "A===", "AQID=BA=", "AQ-_", "AQID BA=", "AQIDBB==", "===="})
    EXPECT_EQ(from_base64(bad), std::nullopt) << bad;
}

}  // namespace
}  // namespace hadir
