#include "realtime/send_queue.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

OutPacketPtr packet(std::string text) {
  return std::make_shared<const OutPacket>(OutPacket{{.data = std::move(text)}});
}
std::string next_text(SendQueue& outbox) {
  const auto sent = outbox.next();
  return sent ? sent->packet->front().data : "";
}

TEST(SendQueue, KeepsEventsInOrderUpToItsLimits) {
  SendQueue outbox({.packets = 3, .bytes = 10, .streams = 2});
  EXPECT_TRUE(outbox.push(packet("aaaa")));
  EXPECT_TRUE(outbox.push(packet("bbbb")));
  EXPECT_FALSE(outbox.push(packet("ccc")));  // 11 bytes
  EXPECT_TRUE(outbox.push(packet("cc")));
  EXPECT_EQ(outbox.bytes(), 10U);
  EXPECT_FALSE(outbox.push(packet("")));  // a fourth
  EXPECT_EQ(next_text(outbox), "aaaa");
  EXPECT_EQ(next_text(outbox), "bbbb");
  EXPECT_EQ(next_text(outbox), "cc");
  EXPECT_FALSE(outbox.has_next());
  EXPECT_EQ(outbox.bytes(), 0U);
  EXPECT_TRUE(outbox.push(packet("larger than the limit, but alone")));
}

TEST(SendQueue, SendsTheNewestFrameOfAStreamAndOneAtATime) {
  SendQueue outbox({});
  for (const char* frame : {"1", "2", "3"})
    EXPECT_TRUE(outbox.put_latest("CAM1", packet(frame), NextFrame::after_delivery));
  EXPECT_EQ(outbox.dropped(), 2U);
  const auto sent = outbox.next();
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->packet->front().data, "3");
  EXPECT_EQ(sent->stream, "CAM1");
  EXPECT_TRUE(sent->awaits_delivery);
  EXPECT_TRUE(outbox.put_latest("CAM1", packet("4"), NextFrame::after_acknowledgement));
  EXPECT_FALSE(outbox.has_next());  // 3 is on its way
  outbox.confirm("CAM1");
  const auto fourth = outbox.next();
  ASSERT_TRUE(fourth);
  EXPECT_FALSE(fourth->awaits_delivery);
  EXPECT_FALSE(outbox.next());
}

TEST(SendQueue, TakesStreamsInTurnAndEventsFirst) {
  SendQueue outbox({.packets = 9, .bytes = 99, .streams = 2});
  const auto frames = [&](const char* text) {
    for (const char* stream : {"a", "b"})
      EXPECT_TRUE(outbox.put_latest(stream, packet(stream + std::string(text)), NextFrame::after_delivery));
  };
  frames("1");
  EXPECT_EQ(next_text(outbox), "a1");
  outbox.confirm("a");
  frames("2");
  EXPECT_TRUE(outbox.push(packet("event")));
  EXPECT_EQ(next_text(outbox), "event");
  EXPECT_EQ(next_text(outbox), "b2");
  EXPECT_EQ(next_text(outbox), "a2");
  EXPECT_FALSE(outbox.put_latest("c", packet("c"), NextFrame::after_delivery));
  outbox.drop_stream("a");
  EXPECT_TRUE(outbox.put_latest("c", packet("c"), NextFrame::after_delivery));
}

}  // namespace
}  // namespace hadir
