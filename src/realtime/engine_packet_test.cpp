#include "realtime/engine_packet.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

TEST(EnginePacket, ReadsTextPackets) {
  const std::tuple<const char*, EnginePacketType, const char*> cases[] = {
      {"0{}", EnginePacketType::open, "{}"},
      {"1", EnginePacketType::close, ""},
      {"2probe", EnginePacketType::ping, "probe"},
      {"3", EnginePacketType::pong, ""},
      {"4hello", EnginePacketType::message, "hello"},
      {"4", EnginePacketType::message, ""},
      {"5", EnginePacketType::upgrade, ""},
      {"6", EnginePacketType::noop, ""},
      {"4\xE2\x82\xAC", EnginePacketType::message, "\xE2\x82\xAC"}};
  for (const auto& [text, type, data] : cases) {
    const auto packet = decode_text(text);
    ASSERT_TRUE(packet) << text;
    EXPECT_EQ(packet->type, type);
    EXPECT_EQ(packet->data, data);
    EXPECT_FALSE(packet->is_binary);
    EXPECT_EQ(encode_text(type, data), text);
  }
  for (const char* bad : {"", "abc", "7", "bAQID", "4\xFF", "/", ":"}) EXPECT_FALSE(decode_text(bad)) << bad;
}

TEST(EnginePacket, ReadsPollingBodies) {
  const auto packets = decode_payload(
      "4hello\x1e"
      "bAQIDBA==\x1e"
      "3\x1e"
      "4",
      10);
  ASSERT_TRUE(packets) << packets.error().message;
  ASSERT_EQ(packets->size(), 4U);
  EXPECT_EQ((*packets)[0].data, "hello");
  EXPECT_EQ((*packets)[1].data, "\x01\x02\x03\x04");
  EXPECT_TRUE((*packets)[1].is_binary);
  EXPECT_EQ((*packets)[2].type, EnginePacketType::pong);
  EXPECT_EQ((*packets)[3].data, "");
}

TEST(EnginePacket, RefusesBrokenPollingBodies) {
  for (const char* bad : {"", "abc", "4a\x1e",
                          "\x1e"
                          "4a",
                          "4a\x1e\x1e"
                          "4b",
                          "bAQ=", "b*", "4a\x1ex"})
    EXPECT_FALSE(decode_payload(bad, 10)) << bad;
  EXPECT_TRUE(
      decode_payload("4a\x1e"
                     "4b",
                     2));
  EXPECT_FALSE(
      decode_payload("4a\x1e"
                     "4b\x1e"
                     "4c",
                     2));
}

TEST(EnginePacket, WritesBinaryForPollingAsBase64) {
  EXPECT_EQ(encode_for_polling({.data = "4hello"}), "4hello");
  EXPECT_EQ(encode_for_polling({.data = "\x01\x02\x03\x04", .is_binary = true}), "bAQIDBA==");
  EXPECT_EQ(bytes_of({{.data = "4hello"}, {.data = "abc", .is_binary = true}}), 9U);
}

}  // namespace
}  // namespace hadir
