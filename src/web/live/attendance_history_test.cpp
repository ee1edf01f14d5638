#include "web/live/attendance_history.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/live/paced_outbox.hpp"

namespace hadir {
namespace {

PacedOutbox::Text text(std::size_t size) {
  return std::make_shared<const std::string>(size, 'x');
}

AttendanceTold told() {
  AttendanceTold made;
  made.person = PersonId("p");
  made.text = text(1);
  return made;
}

TEST(AttendanceHistory, TellsWhatIsMissingAndWhenThatIsNotAll) {
  AttendanceHistory history("abc", 2);
  EXPECT_EQ(history.last_id(), "abc-0");
  for (int i = 1; i <= 3; ++i) {
    const std::string id = history.next_id();
    history.add(told());
    EXPECT_EQ(history.last_id(), id);
  }
  EXPECT_EQ(history.since("abc-1").messages.size(), 2U);
  EXPECT_EQ(history.since("abc-1").gap, "");
  EXPECT_EQ(history.since("abc-0").messages.size(), 2U);
  EXPECT_NE(history.since("abc-0").gap, "");
  EXPECT_TRUE(history.since("abc-3").messages.empty());
  EXPECT_EQ(history.since("abc-3").gap, "");
  EXPECT_EQ(history.since("xyz-3").messages.size(), 2U);
  for (const char* id : {"xyz-3", "abc-4", "abc-", "abc", "", "-", "abc--1", "abc-1x", "abc-99999999999999999999"})
    EXPECT_NE(history.since(id).gap, "") << id;
}

TEST(AttendanceHistory, WhatWasLostIsAGap) {
  AttendanceHistory history("abc", 9);
  history.add(told());
  history.lose();
  EXPECT_NE(history.since("abc-1").gap, "");
  const std::string after = history.last_id();
  history.add(told());
  EXPECT_EQ(history.since(after).gap, "");
  EXPECT_EQ(history.since(after).messages.size(), 1U);
  EXPECT_NE(history.since("abc-1").gap, "");
}

TEST(PacedOutbox, SendsNoMoreThanIsConfirmed) {
  PacedOutbox outbox({.messages = 3, .bytes = 1000, .on_the_way = 100});
  EXPECT_FALSE(outbox.take().ping);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(outbox.add(text(60)));
  EXPECT_FALSE(outbox.add(text(1))) << "too many";
  const auto first = outbox.take();
  EXPECT_EQ(first.texts.size(), 2U);
  ASSERT_TRUE(first.ping);
  EXPECT_TRUE(outbox.take().texts.empty());
  outbox.confirm("something");
  EXPECT_TRUE(outbox.take().texts.empty());
  outbox.confirm(*first.ping);
  EXPECT_FALSE(outbox.awaits_pong());
  EXPECT_EQ(outbox.take().texts.size(), 1U);
  EXPECT_FALSE(outbox.add(text(1001))) << "too many bytes";
}

TEST(PacedOutbox, CountsWhatWasSentBehindAPingToo) {
  PacedOutbox outbox({.messages = 9, .bytes = 1000, .on_the_way = 100});
  EXPECT_TRUE(outbox.add(text(40)));
  const auto first = outbox.take();
  EXPECT_TRUE(outbox.add(text(70)));
  EXPECT_EQ(outbox.take().texts.size(), 1U);
  outbox.confirm(*first.ping);
  EXPECT_TRUE(outbox.add(text(40)));
  const auto next = outbox.take();
  EXPECT_EQ(next.texts.size(), 1U) << "70 are on the way";
  EXPECT_TRUE(next.ping);
  EXPECT_TRUE(outbox.add(text(1)));
  EXPECT_TRUE(outbox.take().texts.empty()) << "110 are";
}

}  // namespace
}  // namespace hadir
