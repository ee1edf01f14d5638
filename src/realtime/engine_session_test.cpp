#include "realtime/engine_session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

using testing::ElementsAre;
using Transport = EngineSession::Transport;

class Session : public testing::Test {
 protected:
  EngineSession& open(Transport transport) {
    session_.emplace("sid1", transport, options_, now());
    return *session_;
  }
  EngineSession& opened(Transport transport) {
    EngineSession& session = open(transport);
    if (transport == Transport::polling) {
      EXPECT_TRUE(session.poll(now()));
    }
    session.take_output();
    return session;
  }
  MonotonicTime now() const { return MonotonicTime(Millis{1'000'000} + passed_); }
  void pass(int milliseconds) { passed_ += Millis{milliseconds}; }
  /// The answer to the GET that waits, "-" when it still does.
  std::string polled() {
    const EngineOutput output = session_->take_output();
    return output.poll ? std::format("{} {}", output.poll->status, output.poll->body) : "-";
  }
  std::vector<std::string> sent() {
    std::vector<std::string> texts;
    for (const WebSocketFrame& frame : session_->take_output().frames)
      texts.push_back((frame.kind == WebSocketFrame::Kind::meter ? "meter " : "") + *frame.data);
    return texts;
  }
  static OutPacketPtr text(const std::string& text) {
    return std::make_shared<const OutPacket>(OutPacket{{.data = "4" + text}});
  }
  static OutPacketPtr binary(const std::string& bytes) {
    return std::make_shared<const OutPacket>(OutPacket{{.data = bytes, .is_binary = true}});
  }

  EngineOptions options_{.ping_interval = Millis{300}, .ping_timeout = Millis{200}};
  std::optional<EngineSession> session_;
  Millis passed_{0};
};

TEST_F(Session, SaysHelloOverPolling) {
  open(Transport::polling).poll(now());
  EXPECT_EQ(
      polled(),
      R"(200 0{"sid":"sid1","upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000})");
}

TEST_F(Session, SaysHelloOverWebSocket) {
  open(Transport::websocket);
  EXPECT_THAT(
      sent(),
      ElementsAre(R"(0{"sid":"sid1","upgrades":[],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000})"));
}

TEST_F(Session, PassesMessagesOfAPost) {
  EngineSession& session = opened(Transport::polling);
  EXPECT_TRUE(
      session.post("4hello\x1e"
                   "bAQIDBA==",
                   now()));
  const EngineOutput output = session.take_output();
  ASSERT_EQ(output.received.size(), 2U);
  EXPECT_EQ(output.received[0].data, "hello");
  EXPECT_EQ(output.received[1].data, "\x01\x02\x03\x04");
  EXPECT_TRUE(output.received[1].is_binary);
}

TEST_F(Session, AnswersAPollWithWhatWaits) {
  EngineSession& session = opened(Transport::polling);
  session.send(text("one"));
  session.send(binary("\x01\x02\x03\x04"));
  EXPECT_TRUE(session.poll(now()));
  EXPECT_EQ(polled(),
            "200 4one\x1e"
            "bAQIDBA==");
  EXPECT_TRUE(session.poll(now()));
  EXPECT_EQ(polled(), "-");
  session.send(text("two"));
  EXPECT_EQ(polled(), "200 4two");
}

TEST_F(Session, CutsLongAnswersBetweenPackets) {
  options_.max_payload = 10;
  EngineSession& session = opened(Transport::polling);
  for (const char* word : {"12345678", "abcdefgh", "x"}) session.send(text(word));
  EXPECT_TRUE(session.poll(now()));
  EXPECT_EQ(polled(),
            "200 412345678\x1e"
            "4abcdefgh");
  EXPECT_TRUE(session.poll(now()));
  EXPECT_EQ(polled(), "200 4x");
}

TEST_F(Session, EndsOverPacketsThatNoClientMaySend) {
  for (const char* body : {"abc", "", "0", "2", "2probe", "5", "6", "4a\x1e", "4\xFF", "b*"}) {
    EngineSession& session = opened(Transport::polling);
    EXPECT_FALSE(session.post(body, now())) << body;
    EXPECT_EQ(session.take_output().closed, CloseReason::protocol_error);
    EXPECT_FALSE(session.poll(now()));
    EXPECT_FALSE(session.post("4a", now()));
  }
  for (const char* frame : {"abc", "", "0", "2", "2probe", "5", "6", "4\xFF", "bAQID"}) {
    EngineSession& session = opened(Transport::websocket);
    session.websocket_text(frame, now());
    EXPECT_EQ(session.take_output().closed, CloseReason::protocol_error) << frame;
  }
}

TEST_F(Session, EndsOverMessagesThatAreTooLarge) {
  options_.max_payload = 5;
  EXPECT_TRUE(opened(Transport::polling).post("41234", now()));
  EXPECT_FALSE(opened(Transport::polling).post("412345", now()));
  EngineSession& session = opened(Transport::websocket);
  session.websocket_binary("12345", now());
  EXPECT_FALSE(session.closed());
  session.websocket_binary("123456", now());
  EXPECT_EQ(session.take_output().closed, CloseReason::protocol_error);
  opened(Transport::websocket).websocket_text("412345", now());
  EXPECT_TRUE(session_->closed());
}

TEST_F(Session, EndsOverASecondPollAtTheSameTime) {
  EngineSession& session = opened(Transport::polling);
  EXPECT_TRUE(session.poll(now()));
  EXPECT_FALSE(session.poll(now()));
  EXPECT_EQ(polled(), "200 1");
  EXPECT_FALSE(session.poll(now()));
}

TEST_F(Session, EndsOverACancelledPoll) {
  EngineSession& session = opened(Transport::polling);
  EXPECT_TRUE(session.poll(now()));
  session.poll_cancelled();
  const EngineOutput output = session.take_output();
  EXPECT_EQ(output.closed, CloseReason::transport_closed);
  EXPECT_FALSE(output.poll);
}

TEST_F(Session, ReleasesTheWaitingPollWhenTheClientCloses) {
  EngineSession& session = opened(Transport::polling);
  EXPECT_TRUE(session.poll(now()));
  EXPECT_TRUE(session.post("1", now()));
  EXPECT_EQ(polled(), "200 6");
  EXPECT_FALSE(session.poll(now()));

  EngineSession& second = opened(Transport::websocket);
  second.websocket_text("1", now());
  EXPECT_EQ(second.take_output().closed, CloseReason::client_closed);
}

TEST_F(Session, PingsAndWaitsForThePong) {
  EngineSession& session = opened(Transport::polling);
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(session.poll(now()));
    pass(299);
    session.tick(now());
    EXPECT_EQ(polled(), "-");
    pass(1);
    session.tick(now());
    EXPECT_EQ(polled(), "200 2");
    pass(150);
    EXPECT_TRUE(session.post("3", now()));
  }
  pass(499);
  session.tick(now());  // late by 199 ms: the client still gets half its time
  EXPECT_FALSE(session.closed());
  pass(100);
  session.tick(now());
  EXPECT_EQ(session.take_output().closed, CloseReason::ping_timeout);
}

TEST_F(Session, IsOverAtItsDeadlineEvenBeforeTheNextTick) {
  for (const Transport transport : {Transport::polling, Transport::websocket}) {
    opened(transport);
    pass(300);
    session_->tick(now());
    session_->take_output();
    pass(200);
    if (transport == Transport::polling) {
      EXPECT_FALSE(session_->poll(now()));
    }
    session_->tick(now());
    EXPECT_EQ(session_->take_output().closed, CloseReason::ping_timeout);
  }
}

TEST_F(Session, Upgrades) {
  EngineSession& session = opened(Transport::polling);
  EXPECT_TRUE(session.poll(now()));
  ASSERT_TRUE(session.attach_probe(now()));
  EXPECT_FALSE(session.attach_probe(now()));  // one at a time
  session.probe_text("2probe", now());
  EngineOutput output = session.take_output();
  EXPECT_THAT(output.probe_texts, ElementsAre("3probe"));
  ASSERT_TRUE(output.poll);
  EXPECT_EQ(output.poll->body, "6");

  EXPECT_TRUE(session.poll(now()));  // crossed the answer to the probe
  session.send(text("held"));
  EXPECT_EQ(polled(), "-");
  pass(50);
  session.tick(now());
  EXPECT_EQ(polled(), "200 6");

  session.probe_text("5", now());
  output = session.take_output();
  EXPECT_TRUE(output.probe_takes_over);
  ASSERT_EQ(output.frames.size(), 1U);
  EXPECT_EQ(*output.frames[0].data, "4held");
  EXPECT_EQ(session.transport(), Transport::websocket);
  EXPECT_FALSE(session.poll(now()));
  EXPECT_FALSE(session.post("4a", now()));
  EXPECT_FALSE(session.attach_probe(now()));
  EXPECT_FALSE(session.closed());
  session.websocket_text("4hello", now());
  EXPECT_EQ(session.take_output().received.front().data, "hello");
}

TEST_F(Session, RefusesAPollThatWaitsWhenTheUpgradeEnds) {
  EngineSession& session = opened(Transport::polling);
  ASSERT_TRUE(session.attach_probe(now()));
  session.probe_text("2probe", now());
  session.take_output();
  EXPECT_TRUE(session.poll(now()));
  session.probe_text("5", now());
  EXPECT_EQ(polled(), "400 ");
  EXPECT_FALSE(session.closed());
}

TEST_F(Session, GoesOnPollingWhenAnUpgradeFails) {
  for (const char* wrong : {"5", "4hello", "2", "", "abc"}) {
    EngineSession& session = opened(Transport::polling);
    ASSERT_TRUE(session.attach_probe(now()));
    session.probe_text(wrong, now());
    EXPECT_TRUE(session.take_output().close_probe) << wrong;
    EXPECT_TRUE(session.poll(now()));
    session.send(text("a"));
    EXPECT_EQ(polled(), "200 4a");
  }
  EngineSession& session = opened(Transport::polling);
  ASSERT_TRUE(session.attach_probe(now()));
  session.probe_closed();
  EXPECT_TRUE(session.attach_probe(now()));
}

TEST_F(Session, GivesUpAnUpgradeThatDoesNotEnd) {
  options_.ping_interval = Millis{60'000};
  EngineSession& session = opened(Transport::polling);
  ASSERT_TRUE(session.attach_probe(now()));
  session.probe_text("2probe", now());
  EXPECT_TRUE(session.poll(now()));
  session.send(text("a"));
  session.take_output();
  pass(10'000);
  session.tick(now());
  const EngineOutput output = session.take_output();
  EXPECT_TRUE(output.close_probe);
  ASSERT_TRUE(output.poll);
  EXPECT_EQ(output.poll->body, "4a");
}

TEST_F(Session, ClosesAClientThatDoesNotFetchItsEvents) {
  options_.outbox.packets = 2;
  EngineSession& session = opened(Transport::polling);
  for (const char* word : {"a", "b", "c"}) session.send(text(word));
  EXPECT_EQ(session.take_output().closed, CloseReason::too_slow);
}

TEST_F(Session, SendsNoMoreThanAWindowAheadOfTheClient) {
  options_.send_window = 100;
  EngineSession& session = opened(Transport::websocket);
  const std::string forty(39, 'x');
  for (int i = 0; i < 5; ++i) session.send(text(forty));
  EXPECT_THAT(sent(), ElementsAre("4" + forty, "meter 1", "4" + forty, "meter 2", "4" + forty, "meter 3"));
  session.websocket_pong("1");
  EXPECT_THAT(sent(), ElementsAre("4" + forty, "meter 4"));
  for (const char* nonsense : {"", "x", "1", "99", "-1", "4 "}) session.websocket_pong(nonsense);
  EXPECT_THAT(sent(), ElementsAre());
  session.websocket_pong("4");  // stands for those before it, too
  EXPECT_THAT(sent(), ElementsAre("4" + forty, "meter 5"));
}

TEST_F(Session, SendsAFrameWhenTheLastOneHasArrived) {
  EngineSession& session = opened(Transport::websocket);
  for (const char* frame : {"1", "2", "3"}) session.send_latest("CAM1", text(frame), NextFrame::after_delivery);
  EXPECT_THAT(sent(), ElementsAre("41", "meter 1"));
  session.websocket_pong("1");
  EXPECT_THAT(sent(), ElementsAre("43", "meter 2"));
  EXPECT_EQ(session.dropped_frames(), 1U);

  session.send_latest("CAM2", text("a"), NextFrame::after_acknowledgement);
  session.send_latest("CAM2", text("b"), NextFrame::after_acknowledgement);
  EXPECT_THAT(sent(), ElementsAre("4a"));
  session.websocket_pong("2");
  EXPECT_THAT(sent(), ElementsAre());
  session.confirm("CAM2");
  EXPECT_THAT(sent(), ElementsAre("4b"));
}

TEST_F(Session, AFrameOverPollingHasArrivedWithTheNextPoll) {
  EngineSession& session = opened(Transport::polling);
  session.send_latest("CAM1", text("1"), NextFrame::after_delivery);
  EXPECT_TRUE(session.poll(now()));
  EXPECT_EQ(polled(), "200 41");
  for (const char* frame : {"2", "3"}) session.send_latest("CAM1", text(frame), NextFrame::after_delivery);
  EXPECT_TRUE(session.poll(now()));
  EXPECT_EQ(polled(), "200 43");
}

TEST_F(Session, TellsWhatWaitsWhenTheServerStops) {
  EngineSession& polling = opened(Transport::polling);
  EXPECT_TRUE(polling.poll(now()));
  polling.close(CloseReason::server_stopped);
  EXPECT_EQ(polled(), "200 1");

  options_.send_window = 1;
  EngineSession& session = opened(Transport::websocket);
  for (const char* word : {"a", "b"}) session.send(text(word));
  session.close(CloseReason::server_closed);
  EXPECT_THAT(sent(), ElementsAre("4a", "meter 1", "4b"));
}

}  // namespace
}  // namespace hadir
