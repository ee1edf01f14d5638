#include "realtime/socket_packet.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

LiveJson bytes(std::string_view text) {
  return LiveJson::binary({text.begin(), text.end()});
}

TEST(SocketPacket, ReadsWhatClientsSend) {
  struct Case {
    const char* text;
    SocketPacketType type;
    const char* name_space;
    std::optional<std::uint64_t> id;
    const char* data;
  };
  const Case cases[] = {
      {"0", SocketPacketType::connect, "/", {}, "null"},
      {R"(0{"token":"123"})", SocketPacketType::connect, "/", {}, R"({"token":"123"})"},
      {"0/custom", SocketPacketType::connect, "/custom", {}, "null"},
      {"0/custom,", SocketPacketType::connect, "/custom", {}, "null"},
      {R"(0/custom,{"a":1})", SocketPacketType::connect, "/custom", {}, R"({"a":1})"},
      {"1", SocketPacketType::disconnect, "/", {}, "null"},
      {"1/custom,", SocketPacketType::disconnect, "/custom", {}, "null"},
      {R"(2["message",1,"2",{"3":[true]}])", SocketPacketType::event, "/", {}, R"(["message",1,"2",{"3":[true]}])"},
      {R"(2456["message",1])", SocketPacketType::event, "/", 456, R"(["message",1])"},
      {R"(2/custom,7["message"])", SocketPacketType::event, "/custom", 7, R"(["message"])"},
      {"30[]", SocketPacketType::ack, "/", 0, "[]"},
      {R"(3/custom,12["ok"])", SocketPacketType::ack, "/custom", 12, R"(["ok"])"},
      {R"(50-["message"])", SocketPacketType::event, "/", {}, R"(["message"])"}};
  for (const Case& c : cases) {
    SocketPacketDecoder decoder({});
    const auto packet = decoder.text(c.text);
    ASSERT_TRUE(packet && *packet) << c.text;
    EXPECT_EQ((*packet)->type, c.type) << c.text;
    EXPECT_EQ((*packet)->name_space, c.name_space) << c.text;
    EXPECT_EQ((*packet)->id, c.id) << c.text;
    EXPECT_EQ((*packet)->data.dump(), c.data) << c.text;
  }
}

TEST(SocketPacket, RefusesWhatNoClientMaySend) {
  for (const char* bad : {"",
                          "abc",
                          "7",
                          "9[]",
                          "2{}",
                          R"(2abc["message"])",
                          "2",
                          "2[]",
                          "2[1]",
                          "2[null]",
                          R"(2["a")",
                          R"(2["a"]x)",
                          "3[]",
                          "31",
                          "31{}",
                          "0[]",
                          "0\"a\"",
                          "01",
                          "0{",
                          "1{}",
                          "1[]",
                          "4",
                          R"(4{"message":"x"})",
                          R"(2["connect"])",
                          R"(2["disconnect",1])",
                          R"(5["a"])",
                          R"(5-["a"])",
                          R"(5x-["a"])",
                          R"(5-1-["a"])",
                          R"(565-["a"])",
                          R"(51["a"])",
                          "6",
                          R"(2-1["a"])",
                          R"(299999999999999999999["a"])",
                          R"(29007199254740992["a"])",
                          "2[\"\xFF\"]",
                          R"(2["a",1e999])",
                          R"(2["a",NaN])"}) {
    SocketPacketDecoder decoder({});
    const auto packet = decoder.text(bad);
    EXPECT_FALSE(packet) << bad;
    if (!packet) {
      EXPECT_EQ(packet.error().kind, ErrorKind::invalid_input);
    }
  }
}

TEST(SocketPacket, KeepsToItsLimits) {
  const SocketLimits limits{.attachments = 2, .attachment_bytes = 4, .depth = 3, .members = 2, .name_space_bytes = 5};
  const std::pair<const char*, bool> cases[] = {{R"(2["a",[[1]]])", true},
                                                {R"(2["a",[[[1]]]])", false},
                                                {R"(2["a","[[[[[["])", true},
                                                {R"(2["a","\"[[[[[["])", true},
                                                {R"(2["a",{"b":1,"c":2}])", true},
                                                {R"(2["a",{"b":1,"c":2,"d":3}])", false},
                                                {R"(2["a","::::"])", true},
                                                {R"(2/1234,["a"])", true},
                                                {R"(2/12345,["a"])", false},
                                                {R"(52-["a"])", true},
                                                {R"(53-["a"])", false}};
  for (const auto& [text, allowed] : cases) {
    SocketPacketDecoder decoder(limits);
    EXPECT_EQ(decoder.text(text).has_value(), allowed) << text;
  }
  SocketPacketDecoder decoder(limits);
  ASSERT_TRUE(decoder.text(R"(52-["a"])"));
  EXPECT_TRUE(decoder.binary("1234"));
  EXPECT_FALSE(decoder.binary("5"));
}

TEST(SocketPacket, ADeepTextEndsWithoutRecursion) {
  SocketPacketDecoder decoder({});
  EXPECT_FALSE(decoder.text("2" + std::string(1'000'000, '[')));
}

TEST(SocketPacket, PutsAttachmentsInTheirPlaces) {
  SocketPacketDecoder decoder({});
  auto packet =
      decoder.text(R"(52-/custom,789["message",{"_placeholder":true,"num":1},{"x":[{"_placeholder":true,"num":0}]}])");
  ASSERT_TRUE(packet) << packet.error().message;
  EXPECT_FALSE(*packet);
  packet = decoder.binary("\x01\x02\x03");
  ASSERT_TRUE(packet);
  EXPECT_FALSE(*packet);
  packet = decoder.binary("\x04");
  ASSERT_TRUE(packet && *packet);
  EXPECT_EQ((*packet)->id, 789U);
  EXPECT_EQ((*packet)->data[1], bytes("\x04"));
  EXPECT_EQ((*packet)->data[2]["x"][0], bytes("\x01\x02\x03"));
  EXPECT_TRUE(*decoder.text(R"(2["next"])"));  // and it begins anew
}

TEST(SocketPacket, RefusesAttachmentsOutOfPlace) {
  SocketPacketDecoder unannounced({});
  EXPECT_FALSE(unannounced.binary("a"));
  SocketPacketDecoder interrupted({});
  ASSERT_TRUE(interrupted.text(R"(51-["a",{"_placeholder":true,"num":0}])"));
  EXPECT_FALSE(interrupted.text(R"(2["a"])"));
  for (const char* placeholder :
       {R"({"_placeholder":true,"num":1})", R"({"_placeholder":true,"num":-1})", R"({"_placeholder":true,"num":"0"})",
        R"({"_placeholder":true,"num":0.5})", R"({"_placeholder":true})",
        R"({"_placeholder":true,"num":0},{"_placeholder":true,"num":0})"}) {
    SocketPacketDecoder decoder({});
    ASSERT_TRUE(decoder.text(std::format(R"(51-["a",{}])", placeholder)));
    EXPECT_FALSE(decoder.binary("x")) << placeholder;
  }
}

TEST(SocketPacket, IsWritten) {
  const std::pair<SocketPacket, const char*> cases[] = {
      {{SocketPacketType::connect, "/", {}, {{"sid", "x"}}}, R"(40{"sid":"x"})"},
      {{SocketPacketType::connect, "/custom", {}, {{"sid", "x"}}}, R"(40/custom,{"sid":"x"})"},
      {{SocketPacketType::disconnect, "/custom", {}, {}}, "41/custom,"},
      {{SocketPacketType::event, "/", {}, {"auth", LiveJson::object()}}, R"(42["auth",{}])"},
      {{SocketPacketType::event, "/", 5, {"a", "\xFF"}}, "425[\"a\",\"\xEF\xBF\xBD\"]"},
      {{SocketPacketType::ack, "/", 456, {1, "2", {{"3", {false}}}}}, R"(43456[1,"2",{"3":[false]}])"},
      {{SocketPacketType::connect_error, "/random", {}, {{"message", "Invalid namespace"}}},
       R"(44/random,{"message":"Invalid namespace"})"}};
  for (const auto& [packet, text] : cases) {
    const OutPacket encoded = encode(packet);
    ASSERT_EQ(encoded.size(), 1U);
    EXPECT_EQ(encoded.front().data, text);
  }
}

TEST(SocketPacket, IsWrittenWithItsAttachments) {
  const LiveJson data = {"message", bytes("\x01\x02\x03"), {{"x", bytes("\x04")}}};
  const OutPacket event = encode({SocketPacketType::event, "/", {}, data});
  ASSERT_EQ(event.size(), 3U);
  EXPECT_EQ(event[0].data, R"(452-["message",{"_placeholder":true,"num":0},{"x":{"_placeholder":true,"num":1}}])");
  EXPECT_EQ(event[1].data, "\x01\x02\x03");
  EXPECT_EQ(event[2].data, "\x04");
  EXPECT_TRUE(event[1].is_binary && event[2].is_binary);
  EXPECT_EQ(encode({SocketPacketType::ack, "/a", 789, LiveJson::array({bytes("x"), bytes("y")})})[0].data,
            R"(462-/a,789[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
}

}  // namespace
}  // namespace hadir
