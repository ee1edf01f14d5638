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

const char* const polling_path = "/socket.io/?EIO=4&transport=polling";
const char* const websocket_path = "/socket.io/?EIO=4&transport=websocket";

/// The socket mode of the conformance program, from outside.
class SocketConformance : public testing::Test {
 protected:
  static void SetUpTestSuite() { program_ = std::make_unique<ServedProgram>("socket"); }
  static void TearDownTestSuite() { program_.reset(); }
  void TearDown() override { EXPECT_TRUE(program_->is_running()); }
  static std::uint16_t port() { return program_->port(); }

  /// Open, with the Engine.IO handshake read.
  static std::unique_ptr<WebSocketClient> open() {
    auto client = std::make_unique<WebSocketClient>(port(), websocket_path);
    EXPECT_TRUE(client->next().data.starts_with('0'));
    return client;
  }
  /// In the main namespace, with the "auth" event read.
  static std::unique_ptr<WebSocketClient> connected() {
    auto client = open();
    client->text("40");
    EXPECT_TRUE(client->next_text().starts_with("40"));
    EXPECT_EQ(client->next_text(), R"(42["auth",{}])");
    return client;
  }
  static std::unique_ptr<ServedProgram> program_;
};
std::unique_ptr<ServedProgram> SocketConformance::program_;

TEST_F(SocketConformance, HasTheHandshakeOfTheEngine) {
  const WireReply reply = HttpClient(port()).get(polling_path);
  EXPECT_EQ(reply.status, 200);
  json told = json::parse(reply.body.substr(1));
  told.erase("sid");
  EXPECT_EQ(told,
            json::parse(R"({"upgrades":["websocket"],"pingInterval":300,"pingTimeout":200,"maxPayload":1000000})"));
  for (const char* query : {"transport=polling", "EIO=abc&transport=polling", "EIO=4", "EIO=4&transport=abc"})
    EXPECT_EQ(HttpClient(port()).get(std::format("/socket.io/?{}", query)).status, 400) << query;
  EXPECT_EQ(HttpClient(port()).post(polling_path, "").status, 400);
  EXPECT_EQ(HttpClient(port()).request("PUT", polling_path).status, 400);
}

TEST_F(SocketConformance, ConnectsToNamespacesWithAndWithoutAuth) {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"40", "40", R"(42["auth",{}])"},
      {R"(40{"token":"123"})", "40", R"(42["auth",{"token":"123"}])"},
      {"40/custom,", "40/custom,", R"(42/custom,["auth",{}])"},
      {"40/custom", "40/custom,", R"(42/custom,["auth",{}])"},
      {R"(40/custom,{"token":"abc"})", "40/custom,", R"(42/custom,["auth",{"token":"abc"}])"}};
  for (const auto& [sent, prefix, auth] : cases) {
    const auto client = open();
    client->text(sent);
    const std::string answer = client->next_text();
    ASSERT_TRUE(answer.starts_with(prefix)) << answer;
    const json told = json::parse(answer.substr(std::string_view(prefix).size()));
    EXPECT_EQ(told.size(), 1U);
    EXPECT_TRUE(told.at("sid").is_string());
    EXPECT_EQ(client->next_text(), auth);
  }
}

/// For clients that lose the second of two messages when both arrive at once.
TEST_F(SocketConformance, LetsAuthWaitForTheAnswerToBeRead) {
  using Clock = std::chrono::steady_clock;
  Clock::duration longest{};
  for (int i = 0; i < 5; ++i) {
    const auto client = open();
    client->text("40");
    EXPECT_TRUE(client->next_text().starts_with("40"));
    const auto answered = Clock::now();
    EXPECT_EQ(client->next_text(), R"(42["auth",{}])");
    longest = std::max(longest, Clock::now() - answered);
  }
  EXPECT_GE(longest, std::chrono::milliseconds(15));
}

TEST_F(SocketConformance, TellsThatANamespaceDoesNotExist) {
  const auto client = open();
  client->text("40/random");
  EXPECT_EQ(client->next_text(), R"(44/random,{"message":"Invalid namespace"})");
}

TEST_F(SocketConformance, TellsThatSomebodyMayNotEnter) {
  const auto client = open();
  client->text("40/closed,");
  EXPECT_EQ(client->next_text(), R"(44/closed,{"message":"sign in first"})");
  for (int i = 0; i < 4; ++i) client->text("40/closed,");
  EXPECT_TRUE(client->closes());  // and that it may not try for ever
}

TEST_F(SocketConformance, ClosesOverAnInvalidHandshake) {
  const auto client = open();
  client->text("4abc");
  EXPECT_TRUE(client->closes());
}

TEST_F(SocketConformance, ClosesAClientThatDoesNotConnect) {
  const auto client = open();
  int pings = 0;
  while (true) {
    const WireFrame got = client->next();
    if (got.is_closed()) break;
    EXPECT_EQ(got.data, "2");
    ++pings;
    client->text("3");
  }
  EXPECT_GE(pings, 2);  // it was the connect time that ended it, not the heartbeat
}

TEST_F(SocketConformance, LeavesTheMainNamespaceAndStaysOpen) {
  const auto client = connected();
  client->text("41");
  EXPECT_EQ(client->next().data, "2");
}

TEST_F(SocketConformance, LeavesACustomNamespaceAndUsesTheMainOne) {
  const auto client = connected();
  client->text("40/custom");
  EXPECT_TRUE(client->next_text().starts_with("40/custom,"));
  EXPECT_EQ(client->next_text(), R"(42/custom,["auth",{}])");
  client->text("41/custom");
  client->text(R"(42["message","message to main namespace"])");
  EXPECT_EQ(client->next_text(), R"(42["message-back","message to main namespace"])");
}

TEST_F(SocketConformance, SendsMessagesBack) {
  const auto client = connected();
  for (const char* arguments : {R"(1,"2",{"3":[true]})", R"({"b":1,"a":2})", R"("\u20ac",null,1.5,-7)", R"([])"}) {
    client->text(std::format(R"(42["message",{}])", arguments));
    const std::string answer = client->next_text();
    EXPECT_EQ(json::parse(answer.substr(2)), json::parse(std::format(R"(["message-back",{}])", arguments)));
  }
  client->text(R"(42["message",1,"2",{"3":[true]}])");
  EXPECT_EQ(client->next_text(), R"(42["message-back",1,"2",{"3":[true]}])");
  client->text(R"(42["message",{"b":1,"a":2}])");
  EXPECT_EQ(client->next_text(), R"(42["message-back",{"b":1,"a":2}])");  // members keep their order
}

TEST_F(SocketConformance, SendsAttachmentsBack) {
  const auto client = connected();
  client->text(R"(452-["message",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
  client->binary("\x01\x02\x03");
  client->binary("\x04\x05\x06");
  EXPECT_EQ(client->next_text(), R"(452-["message-back",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
  EXPECT_EQ(client->next_message().data, "\x01\x02\x03");
  const WireFrame second = client->next_message();
  EXPECT_EQ(second.opcode, 2);
  EXPECT_EQ(second.data, "\x04\x05\x06");
}

TEST_F(SocketConformance, Acknowledges) {
  const auto client = connected();
  client->text(R"(42456["message-with-ack",1,"2",{"3":[false]}])");
  EXPECT_EQ(client->next_text(), R"(43456[1,"2",{"3":[false]}])");
}

TEST_F(SocketConformance, AcknowledgesWithAttachments) {
  const auto client = connected();
  client->text(R"(452-789["message-with-ack",{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
  client->binary("\x01\x02\x03");
  client->binary("\x04\x05\x06");
  EXPECT_EQ(client->next_text(), R"(462-789[{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}])");
  EXPECT_EQ(client->next_message().data, "\x01\x02\x03");
  EXPECT_EQ(client->next_message().data, "\x04\x05\x06");
}

TEST_F(SocketConformance, AsksForAcknowledgements) {
  const auto client = connected();
  client->text(R"(42["ask-me","why"])");
  std::string asked = client->next_text();
  ASSERT_TRUE(asked.starts_with("42") && asked.ends_with(R"(["question","why"])")) << asked;
  const std::string id = asked.substr(2, asked.find('[') - 2);
  EXPECT_FALSE(id.empty());
  client->text("43" + id + R"(["because"])");
  EXPECT_EQ(client->next_text(), R"(42["answered","because"])");
  client->text("43" + id + R"(["again"])");  // too late, and ignored
  client->text(R"(42["ask-me","once more"])");
  client->next_text();
  EXPECT_EQ(client->next_text(), R"(42["answered",null,"the client did not answer in time"])");
}

TEST_F(SocketConformance, ClosesOverInvalidPackets) {
  for (const char* packet :
       {"4abc", "42{}", R"(42abc["message-with-ack",1])", "49", "42[]", "42[1]", R"(451["a"])", R"(4565-["a"])",
        R"(42/custom,["message"])", "40", R"(44{"message":"x"})", "42[\"\xFF\"]"}) {
    const auto client = connected();
    client->text(packet);
    EXPECT_TRUE(client->closes()) << packet;
  }
}

TEST_F(SocketConformance, ClosesOverAttachmentsOutOfPlace) {
  const auto unannounced = connected();
  unannounced->binary("\x01");
  EXPECT_TRUE(unannounced->closes());
  const auto interrupted = connected();
  interrupted->text(R"(451-["message",{"_placeholder":true,"num":0}])");
  interrupted->text(R"(42["message"])");
  EXPECT_TRUE(interrupted->closes());
}

TEST_F(SocketConformance, ClosesOverDeepAndWidePackets) {
  const auto deep = connected();
  deep->text("42[\"message\"," + std::string(900'000, '['));
  EXPECT_TRUE(deep->closes());
  std::string members = R"({"a":1)";
  for (int i = 0; i < 60'000; ++i) members += std::format(",\"{}\":1", i);
  const auto wide = connected();
  wide->text("42[\"message\"," + members + "}]");
  EXPECT_TRUE(wide->closes());
}

TEST_F(SocketConformance, WorksOverPolling) {
  HttpClient client(port());
  const std::string sid = json::parse(client.get(polling_path).body.substr(1))["sid"];
  const std::string path = std::format("{}&sid={}", polling_path, sid);
  EXPECT_EQ(client.post(path, "40").body, "ok");
  std::string got;
  while (!got.contains(R"(42["auth",{}])")) {
    const WireReply reply = client.get(path);
    ASSERT_EQ(reply.status, 200);
    got += reply.body + "\n";
  }
  EXPECT_TRUE(got.starts_with("40")) << got;
  EXPECT_EQ(client
                .post(path,
                      "451-[\"message\",{\"_placeholder\":true,\"num\":0}]\x1e"
                      "bAQIDBA==")
                .body,
            "ok");
  got.clear();
  while (!got.contains("bAQIDBA==")) {
    const WireReply reply = client.get(path);
    ASSERT_EQ(reply.status, 200);
    if (reply.body == "2") client.post(path, "3");
    got += reply.body + "\n";
  }
  EXPECT_THAT(got, testing::HasSubstr("451-[\"message-back\",{\"_placeholder\":true,\"num\":0}]\x1e"
                                      "bAQIDBA=="));
}

TEST_F(SocketConformance, PutsAClientOut) {
  const auto client = connected();
  client->text(R"(42["put-me-out"])");
  EXPECT_EQ(client->next_text(), "41");
  client->text("40");  // and it may come back
  EXPECT_TRUE(client->next_text().starts_with("40"));
}

TEST_F(SocketConformance, TellsARoom) {
  const auto inside = connected();
  const auto also_inside = connected();
  const auto outside = connected();
  for (const auto& client : {&inside, &also_inside}) {
    (*client)->text(R"(42["join","CAM1"])");
    (*client)->text(R"(42["message","joined"])");
    EXPECT_EQ((*client)->next_text(), R"(42["message-back","joined"])");
  }
  outside->text(R"(42["tell","CAM1","hello"])");
  outside->text(R"(42["tell","/","everybody"])");
  EXPECT_EQ(inside->next_text(), R"(42["told","hello"])");
  EXPECT_EQ(also_inside->next_text(), R"(42["told","hello"])");
  for (const auto& client : {&inside, &also_inside, &outside})
    EXPECT_EQ((*client)->next_text(), R"(42["told","everybody"])");
}

/// The stream mode, which is as strict about pages as the product.
class SocketPages : public SocketConformance {
 protected:
  static void SetUpTestSuite() { program_ = std::make_unique<ServedProgram>("stream"); }
};

TEST_F(SocketPages, ThoseOfStrangersMayNotConnect) {
  const std::tuple<const char*, const char*, bool> cases[] = {
      {"localhost", "", true},
      {"localhost", "http://localhost", true},
      {"localhost:5000", "http://localhost:5000", true},
      {"localhost", "https://dash.example.org", true},
      {"localhost", "http://evil.example", false},
      {"localhost", "http://localhost:8080", false},
      {"localhost", "null", false},
      {"evil.example", "http://evil.example", false},  // its name leads here
      {"evil.example", "", false}};
  for (const auto& [host, origin, allowed] : cases) {
    const std::string headers =
        std::format("host: {}\r\n{}", host, *origin ? std::format("origin: {}\r\n", origin) : "");
    WireConnection http(port());
    http.send(std::format("GET {} HTTP/1.1\r\n{}\r\n", polling_path, headers));
    const std::string answer = http.read_until("\r\n\r\n");
    EXPECT_EQ(answer.substr(9, 3), allowed ? "200" : "403") << host << " " << origin;
    const bool is_foreign = std::string_view(origin) == "https://dash.example.org";
    EXPECT_EQ(answer.contains("access-control-allow-origin: https://dash.example.org\r\n"), is_foreign);
    WireConnection websocket(port());
    websocket.send(
        std::format("GET {} HTTP/1.1\r\n{}connection: Upgrade\r\nupgrade: websocket\r\n"
                    "sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                    websocket_path, headers));
    EXPECT_EQ(websocket.read_until("\r\n\r\n").substr(9, 3), allowed ? "101" : "403") << host << " " << origin;
  }
}

/// What the server counts, asked over a connection that takes what comes meanwhile.
json counters(WebSocketClient& client) {
  client.text(R"(421["counters"])");
  while (true) {
    const WireFrame got = client.next_message();
    if (got.is_closed()) return {};
    if (got.is_text() && got.data.starts_with("431[")) return json::parse(got.data.substr(3))[0];
  }
}

TEST(SlowClients, AreClosedWhenTheyTakeNoEvents) {
  const ServedProgram program("stream", 0, {"--fps", "4000", "--bytes", "100"});
  HttpClient polling(program.port());
  const std::string sid = json::parse(polling.get(polling_path).body.substr(1))["sid"];
  const std::string path = std::format("{}&sid={}", polling_path, sid);
  WebSocketClient silent(program.port(), websocket_path);
  WebSocketClient observer(program.port(), websocket_path);
  EXPECT_EQ(polling.post(path, "40").status, 200);
  for (WebSocketClient* client : {&silent, &observer}) {
    client->next();
    client->text("40");
  }
  EXPECT_TRUE(observer.next_text().starts_with("40"));
  json counted = counters(observer);
  EXPECT_EQ(counted["clients"], 3);
  for (int i = 0; i < 6000 && counted["clients"] > 1 && program.is_running(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
    counted = counters(observer);
  }
  EXPECT_EQ(counted["clients"], 1);
  EXPECT_EQ(counted["closed"], json({{"too slow", 2}}));
  EXPECT_EQ(polling.get(path).status, 400);
  EXPECT_TRUE(silent.closes());
  EXPECT_LT(counted["resident_mb"].get<double>(), 200);
}

TEST(SlowClients, GetTheNewestFrameAndNoneTwice) {
  const ServedProgram program("stream", 0, {"--fps", "200", "--bytes", "1000"});
  WebSocketClient client(program.port(), websocket_path);
  client.next();
  client.text(R"(40{"acknowledge":true})");
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  for (int frames = 0; frames < 20;) {
    const WireFrame got = client.next_message();
    ASSERT_FALSE(got.is_closed());
    if (!got.is_text() || !got.data.contains("video_frame") || !got.data.contains("CAM1")) continue;
    const auto begin = got.data.find('[');
    const std::string id = got.data.substr(std::string_view("451-").size(), begin - 4);
    const std::uint64_t number = json::parse(got.data.substr(begin))[1]["number"];
    EXPECT_GT(number, last);
    if (frames == 0) first = number;
    last = number;
    ++frames;
    std::this_thread::sleep_for(std::chrono::milliseconds{30});
    client.text("43" + id + "[]");
  }
  EXPECT_GT(last - first, 19U);  // it slept through some
}

}  // namespace
}  // namespace hadir
