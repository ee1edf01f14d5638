#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <format>
#include <nlohmann/json.hpp>
#include <thread>

#include "socketio/served_program.hpp"
#include "socketio/wire_client.hpp"

namespace hadir {
namespace {

using nlohmann::json;
using testing::ElementsAre;

/// The engine mode of the conformance program, from outside.
class EngineConformance : public testing::Test {
 protected:
  static void SetUpTestSuite() { program_ = std::make_unique<ServedProgram>("engine"); }
  static void TearDownTestSuite() { program_.reset(); }
  void TearDown() override { EXPECT_TRUE(program_->is_running()); }

  static std::uint16_t port() { return program_->port(); }
  static std::string polling(const std::string& sid = {}) {
    return "/engine.io/?EIO=4&transport=polling" + (sid.empty() ? "" : "&sid=" + sid);
  }
  static std::string websocket(const std::string& sid = {}) {
    return "/engine.io/?EIO=4&transport=websocket" + (sid.empty() ? "" : "&sid=" + sid);
  }
  static int status_of(const std::string& method, const std::string& target, const std::string& body = {}) {
    return HttpClient(port()).request(method, target, body).status;
  }
  static std::string new_session() {
    const WireReply reply = HttpClient(port()).get(polling());
    return json::parse(reply.body.substr(1)).at("sid").get<std::string>();
  }
  static void expect_handshake(const std::string& packet, const json& upgrades) {
    ASSERT_TRUE(packet.starts_with('0')) << packet;
    json told = json::parse(packet.substr(1));
    EXPECT_TRUE(told["sid"].is_string());
    EXPECT_GE(told["sid"].get<std::string>().size(), 20U);
    told.erase("sid");
    EXPECT_EQ(told,
              json({{"upgrades", upgrades}, {"pingInterval", 300}, {"pingTimeout", 200}, {"maxPayload", 1'000'000}}));
  }
  static std::unique_ptr<ServedProgram> program_;
};
std::unique_ptr<ServedProgram> EngineConformance::program_;

TEST_F(EngineConformance, OpensASessionByPolling) {
  const WireReply reply = HttpClient(port()).get(polling());
  EXPECT_EQ(reply.status, 200);
  expect_handshake(reply.body, {"websocket"});
}

TEST_F(EngineConformance, AnswersOnBothVersionsOfIp) {
  EXPECT_EQ(HttpClient(port(), true).get(polling()).status, 200);
}

TEST_F(EngineConformance, OpensASessionByWebSocket) {
  WebSocketClient client(port(), websocket());
  EXPECT_EQ(client.status(), 101);
  expect_handshake(client.next().data, json::array());
}

TEST_F(EngineConformance, RefusesOtherProtocols) {
  for (const char* query : {"transport=polling", "EIO=abc&transport=polling", "EIO=3&transport=polling", "EIO=4",
                            "EIO=4&transport=abc", "", "EIO=4&transport=websocket"}) {
    EXPECT_EQ(status_of("GET", std::format("/engine.io/?{}", query)), 400) << query;
    if (std::string_view(query) == "EIO=4&transport=websocket") continue;
    EXPECT_EQ(WebSocketClient(port(), std::format("/engine.io/?{}", query)).status(), 400) << query;
  }
  EXPECT_EQ(WebSocketClient(port(), polling()).status(), 400);
}

TEST_F(EngineConformance, RefusesOtherMethodsWithoutASession) {
  EXPECT_EQ(status_of("POST", polling()), 400);
  EXPECT_EQ(status_of("PUT", polling()), 400);
  EXPECT_EQ(status_of("PUT", polling(new_session())), 400);
  const WireReply asked = HttpClient(port()).request("OPTIONS", polling(), {}, "origin: http://stranger\r\n");
  EXPECT_FALSE(asked.headers.contains("access-control-allow-origin"));
}

TEST_F(EngineConformance, RefusesUnknownSessions) {
  EXPECT_EQ(status_of("GET", polling("nobody")), 400);
  EXPECT_EQ(status_of("POST", polling("nobody"), "4a"), 400);
  EXPECT_EQ(WebSocketClient(port(), websocket("nobody")).status(), 400);
}

TEST_F(EngineConformance, EchoesOverPolling) {
  for (const char* body : {"4hello",
                           "4test1\x1e"
                           "4test2\x1e"
                           "4test3",
                           "4hello\x1e"
                           "bAQIDBA==",
                           "4\xE2\x82\xAC"}) {
    const std::string sid = new_session();
    HttpClient client(port());
    const WireReply posted = client.post(polling(sid), body);
    EXPECT_EQ(posted.status, 200);
    EXPECT_EQ(posted.body, "ok");
    const WireReply polled = client.get(polling(sid));
    EXPECT_EQ(polled.status, 200);
    EXPECT_EQ(polled.body, body);
  }
}

TEST_F(EngineConformance, EndsTheSessionOverAnInvalidPacket) {
  for (const char* body : {"abc", "", "2", "b*"}) {
    const std::string sid = new_session();
    EXPECT_EQ(status_of("POST", polling(sid), body), 400) << body;
    EXPECT_EQ(status_of("GET", polling(sid)), 400) << body;
  }
}

TEST_F(EngineConformance, EndsTheSessionOverASecondPoll) {
  const std::string sid = new_session();
  HttpClient first(port());
  first.send("GET", polling(sid));
  // It may overtake the first on another connection; one of both is refused, and the other learns that it is over.
  const WireReply second = HttpClient(port()).get(polling(sid));
  const WireReply waited = first.receive();
  const bool in_order = second.status == 400;
  EXPECT_EQ((in_order ? second : waited).status, 400);
  EXPECT_EQ((in_order ? waited : second).status, 200);
  EXPECT_EQ((in_order ? waited : second).body, "1");
  EXPECT_EQ(status_of("GET", polling(sid)), 400);
}

TEST_F(EngineConformance, EndsTheSessionOverACancelledPoll) {
  const std::string sid = new_session();
  HttpClient first(port());
  first.send("GET", polling(sid));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  first.cancel();
  EXPECT_EQ(status_of("GET", polling(sid)), 400);
}

TEST_F(EngineConformance, NoticesACancelledPollByItself) {
  const std::string sid = new_session();
  HttpClient first(port());
  first.send("GET", polling(sid));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  first.cancel();
  std::this_thread::sleep_for(std::chrono::milliseconds{100});  // less than the first ping needs
  EXPECT_EQ(status_of("POST", polling(sid), "4lost"), 400);
}

TEST_F(EngineConformance, EchoesOverWebSocket) {
  WebSocketClient client(port(), websocket());
  client.next();
  client.text("4hello");
  EXPECT_EQ(client.next_text(), "4hello");
  client.binary("\x01\x02\x03\x04");
  const WireFrame binary = client.next_message();
  EXPECT_EQ(binary.opcode, 2);
  EXPECT_EQ(binary.data, "\x01\x02\x03\x04");
}

TEST_F(EngineConformance, ClosesAWebSocketOverAnInvalidPacket) {
  for (const char* packet : {"abc", "", "2", "5", "4\xFF"}) {
    WebSocketClient client(port(), websocket());
    client.next();
    client.text(packet);
    EXPECT_TRUE(client.closes()) << packet;
  }
}

TEST_F(EngineConformance, PingsOverPolling) {
  const std::string sid = new_session();
  HttpClient client(port());
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.get(polling(sid)).body, "2");
    EXPECT_EQ(client.post(polling(sid), "3").status, 200);
  }
}

TEST_F(EngineConformance, EndsASilentSession) {
  const std::string sid = new_session();
  std::this_thread::sleep_for(std::chrono::milliseconds{500});
  EXPECT_EQ(status_of("GET", polling(sid)), 400);
  WebSocketClient client(port(), websocket());
  EXPECT_TRUE(client.closes());
}

TEST_F(EngineConformance, PingsOverWebSocket) {
  WebSocketClient client(port(), websocket());
  client.next();
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(client.next().data, "2");
    client.text("3");
  }
}

TEST_F(EngineConformance, ClosesWhenTheClientSaysSo) {
  const std::string sid = new_session();
  HttpClient poll(port());
  poll.send("GET", polling(sid));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  EXPECT_EQ(status_of("POST", polling(sid), "1"), 200);
  const WireReply released = poll.receive();
  EXPECT_EQ(released.status, 200);
  EXPECT_EQ(released.body, "6");
  EXPECT_EQ(status_of("GET", polling(sid)), 400);

  WebSocketClient client(port(), websocket());
  client.next();
  client.text("1");
  EXPECT_TRUE(client.closes());
}

TEST_F(EngineConformance, Upgrades) {
  const std::string sid = new_session();
  HttpClient poll(port());
  poll.send("GET", polling(sid));
  std::this_thread::sleep_for(std::chrono::milliseconds{50});
  WebSocketClient client(port(), websocket(sid));
  EXPECT_EQ(client.status(), 101);
  client.text("2probe");
  EXPECT_EQ(client.next().data, "3probe");
  EXPECT_EQ(poll.receive().body, "6");
  EXPECT_EQ(HttpClient(port()).get(polling(sid)).body, "6");  // a poll that comes before the upgrade is complete
  client.text("5");
  client.text("4hello");
  EXPECT_EQ(client.next_text(), "4hello");
}

TEST_F(EngineConformance, CarriesWhatWaitedOverTheUpgrade) {
  const std::string sid = new_session();
  WebSocketClient client(port(), websocket(sid));
  EXPECT_EQ(status_of("POST", polling(sid), "4before"), 200);
  client.text("2probe");
  EXPECT_EQ(client.next().data, "3probe");
  client.text("5");
  EXPECT_EQ(client.next_text(), "4before");
}

TEST_F(EngineConformance, IgnoresOtherTransportsAfterTheUpgrade) {
  const std::string sid = new_session();
  WebSocketClient client(port(), websocket(sid));
  client.text("2probe");
  client.text("5");
  EXPECT_EQ(client.next().data, "3probe");
  client.text("4there");
  EXPECT_EQ(client.next_text(), "4there");
  EXPECT_EQ(status_of("GET", polling(sid)), 400);
  EXPECT_EQ(status_of("POST", polling(sid), "4a"), 400);
  WebSocketClient second(port(), websocket(sid));
  second.text("2probe");
  EXPECT_EQ(second.next().opcode, 8);
  client.text("4hello");
  EXPECT_EQ(client.next_text(), "4hello");
}

TEST_F(EngineConformance, GoesOnPollingWhenTheProbeFails) {
  const std::string sid = new_session();
  WebSocketClient client(port(), websocket(sid));
  client.text("4not a probe");
  EXPECT_TRUE(client.closes());
  HttpClient http(port());
  EXPECT_EQ(http.post(polling(sid), "4a").status, 200);
  EXPECT_EQ(http.get(polling(sid)).body, "4a");
}

TEST_F(EngineConformance, TakesMessagesUpToTheLimitItTold) {
  const std::string largest = "4" + std::string(999'999, 'x');
  WebSocketClient client(port(), websocket());
  client.next();
  client.text(largest);
  EXPECT_EQ(client.next_text(), largest);
  const std::string sid = new_session();
  HttpClient http(port());
  EXPECT_EQ(http.post(polling(sid), largest).body, "ok");
  EXPECT_EQ(http.get(polling(sid)).body, largest);
  const std::string other = new_session();
  EXPECT_EQ(status_of("POST", polling(other), largest + "x"), 400);
  EXPECT_EQ(status_of("GET", polling(other)), 400);
  client.text(largest + "xx");
  EXPECT_TRUE(client.closes());
}

TEST_F(EngineConformance, SurvivesBrokenWebSocketFrames) {
  const std::string cases[] = {std::string("\x8F\x80\x00\x00\x00\x00", 6),                   // unknown opcode
                               std::string("\x09\x80\x00\x00\x00\x00", 6),                   // a ping in fragments
                               std::string("\x81\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10),  // longer than memory
                               std::string("\x82\x7F\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10),
                               std::string("\xF1\xFE\x00", 3),  // cut off
                               std::string("GET / HTTP/1.1\r\n\r\n")};
  for (const std::string& bytes : cases) {
    WebSocketClient client(port(), websocket());
    client.next();
    client.raw(bytes);
    EXPECT_TRUE(client.closes());
  }
}

TEST_F(EngineConformance, DoesNotCollectAnEndlessMessage) {
  for (const bool is_masked : {true, false}) {
    WebSocketClient client(port(), websocket());
    client.next();
    const double before = program_->resident_mb();
    const std::string fragment(64'000, 'x');
    bool first = true;
    std::size_t sent = 0;
    while (sent < (400 << 20) && client.frame(first ? 2 : 0, fragment, false, is_masked)) {
      first = false;
      sent += fragment.size();
    }
    EXPECT_LT(sent, 400U << 20);
    EXPECT_LT(program_->resident_mb() - before, 250);
  }
}

}  // namespace
}  // namespace hadir
