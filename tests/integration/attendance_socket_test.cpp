// The plain WebSocket for attendance, over the wire.
#include "app/facts/fact_recorder.hpp"
#include "integration/api_fixture.hpp"
#include "integration/postgres_options.hpp"
#include "support/websocket_client.hpp"

namespace hadir {
namespace {

class AttendanceSocketTest : public ApiTest {
 protected:
  const std::string path_ = "/api/v1/attendance/ws/client123";

  /// A key of a new user.
  NewApiKey key_of(const std::string& name, const UserChange& given) {
    const auto user = access_->accounts.add_user(name, good_password, given, {"test", ""});
    EXPECT_TRUE(user) << user.error().message;
    auto key = access_->accounts.add_key(user->id, name, {}, std::nullopt, {"test", ""});
    EXPECT_TRUE(key) << key.error().message;
    return std::move(*key);
  }
  std::unique_ptr<WebSocketClient> connect(const std::string& query, const std::string& headers) {
    auto client = std::make_unique<WebSocketClient>(port_, path_ + query, headers);
    EXPECT_EQ(client->status(), 101) << query;
    return client;
  }
  std::unique_ptr<WebSocketClient> connect(const std::string& query = "") {
    return connect(query, "cookie: hadir_session=" + cookie_ + "\r\n");
  }
  int refusal(const std::string& target, const std::string& headers) {
    return WebSocketClient(port_, target, headers).status();
  }
  static Json next(WebSocketClient& client) {
    const std::string text = client.next_text();
    const auto json = Json::parse(text, nullptr, false);
    EXPECT_TRUE(json.is_object()) << text;
    return json.is_object() ? json : Json::object();
  }
  static Json next(WebSocketClient& client, const std::string& type) {
    const Json json = next(client);
    EXPECT_EQ(json.value("type", ""), type) << json;
    return json;
  }
  /// The reason that the other end closes with; what comes before it is passed over.
  static std::string end_of(WebSocketClient& client) {
    while (true) {
      const WireFrame got = client.next();
      if (got.opcode == 8) return got.data.size() > 2 ? got.data.substr(2) : "";
      if (got.opcode == -1) return "no close frame";
    }
  }
  void check(const char* which, const std::string& person) {
    const auto reply =
        call("POST", std::string("/api/v1/attendance/check-") + which, Json{{"person_id", person}}.dump());
    EXPECT_EQ(reply.status, 200) << reply.body;
  }
  void check_in_story();
  /// As if a camera had seen somebody first.
  void see(const std::string& person, float confidence, const char* camera = "CAM1") {
    AttendanceChange change;
    change.person = *database_->persons().get(PersonId(person));
    change.day.person = change.person.id;
    change.day.day = rules_.site ? work_day_of(clock_.now(), *rules_.site, rules_.day_starts_at) : LocalDay{};
    AttendanceMark mark;
    mark.at = clock_.now();
    mark.camera = CameraId(camera);
    mark.confidence = confidence;
    change.day.first_in = mark;
    change.first_in_changed = true;
    RecordedFacts facts;
    facts.attendance.push_back(change);
    feed_.publish(facts);
  }
};

void AttendanceSocketTest::check_in_story() {
  start_api();
  const auto ada = new_person("Ada", "One", {{"employee_code", "A1"}});
  const auto ben = new_person("Ben", "Two", {{"employee_code", "B1"}});
  const auto all = connect();
  const Json hello = next(*all, "connection_established");
  EXPECT_EQ(hello["client_id"], "client123");
  EXPECT_TRUE(hello["subscribed_to"].is_null());
  EXPECT_EQ(hello["timestamp"], "2026-01-05T12:00:00.000+07:00");
  const auto one = connect("?person_id=A1&min_confidence=0.7");
  const Json second = next(*one, "connection_established");
  EXPECT_EQ(second["subscribed_to"], ada);
  EXPECT_EQ(second["min_confidence"], 0.7);
  const Json before = next(*one, "initial_status");
  EXPECT_EQ(before["person_id"], ada);
  EXPECT_EQ(before["checked_in"], false);
  EXPECT_TRUE(before["check_in_time"].is_null());

  check("in", "B1");
  check("in", "A1");
  EXPECT_EQ(next(*all, "attendance_event")["person_id"], ben);
  EXPECT_EQ(next(*all, "person_status_update")["person_id"], ben);
  for (WebSocketClient* client : {all.get(), one.get()}) {
    const Json in = next(*client, "attendance_event");
    EXPECT_EQ(in["person_id"], ada);
    EXPECT_EQ(in["person_name"], "Ada One");
    EXPECT_EQ(in["action"], "check_in");
    EXPECT_EQ(in["timestamp"], "2026-01-05T12:00:00.000+07:00");
    EXPECT_EQ(in["check_in_time"], in["timestamp"]);
    EXPECT_EQ(in["attendance_id"], ada + ":2026-01-05");
    EXPECT_TRUE(in["confidence"].is_number());
    EXPECT_TRUE(in["duration_minutes"].is_null());
    const Json now = next(*client, "person_status_update");
    EXPECT_EQ(now["checked_in"], true);
    EXPECT_EQ(now["current_duration_minutes"], 0);
  }
  set_clock("2026-01-05T14:30:00+07:00");
  check("out", "A1");
  const Json out = next(*one, "attendance_event");
  EXPECT_EQ(out["action"], "check_out");
  EXPECT_EQ(out["check_in_time"], "2026-01-05T12:00:00.000+07:00");
  EXPECT_EQ(out["duration_minutes"], 150);
  const Json gone = next(*one, "person_status_update");
  EXPECT_EQ(gone["checked_in"], false);
  EXPECT_EQ(gone["person_name"], "Ada One");
}

TEST_F(AttendanceSocketTest, TellsWhoChecksInAndOut) {
  check_in_story();
}

TEST_F(AttendanceSocketTest, TellsItOnPostgresToo) {
  PostgresServer server;
  auto opened = open_postgres(new_database(server, "hadir_socket"), SecretKey::random());
  ASSERT_TRUE(opened) << opened.error().message;
  use(std::move(*opened));
  check_in_story();
  server_.reset();
  access_.reset();
  database_.reset();
}

TEST_F(AttendanceSocketTest, TellsWhatCamerasSee) {
  start_api();
  const auto ada = new_person("Ada", "One");
  const auto client = connect();
  next(*client, "connection_established");
  FactRecorder recorder(*database_, pictures_, rules_);
  const auto record = [&](const char* time, float confidence) {
    set_clock(time);
    SightingFact fact;
    fact.sighting.id = SightingId(std::string("s") + time);
    fact.sighting.camera = CameraId("CAM1");
    fact.sighting.at = clock_.now();
    fact.sighting.confidence = confidence;
    fact.sighting.person = PersonId(ada);
    const auto recorded = recorder.record(std::span(&fact, 1));
    ASSERT_TRUE(recorded) << recorded.error().message;
    feed_.publish(*recorded);
  };
  record("2026-01-06T07:55:00+07:00", 0.9F);
  const Json in = next(*client, "attendance_event");
  EXPECT_EQ(in["action"], "check_in");
  EXPECT_EQ(in["timestamp"], "2026-01-06T07:55:00.000+07:00");
  EXPECT_EQ(in["confidence"], 0.9);
  EXPECT_EQ(next(*client, "person_status_update")["checked_in"], true);
  record("2026-01-06T16:30:00+07:00", 0.95F);
  record("2026-01-06T16:30:01+07:00", 0.96F);
  set_clock("2026-01-06T18:00:00+07:00");
  const auto left = recorder.expire(clock_.now());
  ASSERT_TRUE(left) << left.error().message;
  feed_.publish(*left);
  // The sightings before moved the last out, and nothing was told: they were still there.
  const Json out = next(*client, "attendance_event");
  EXPECT_EQ(out["action"], "check_out") << out;
  EXPECT_EQ(out["timestamp"], "2026-01-06T16:30:01.000+07:00");
  EXPECT_EQ(out["duration_minutes"], 515);
  EXPECT_EQ(next(*client, "person_status_update")["checked_in"], false);
}

TEST_F(AttendanceSocketTest, RefusesBeforeItConnects) {
  options_.attendance.most_clients = 2;
  options_.gate.allowed_origins = {"https://dash.example.org"};
  start_api();
  const std::string cookie = "cookie: hadir_session=" + cookie_ + "\r\n";
  EXPECT_EQ(refusal(path_, ""), 401);
  EXPECT_EQ(refusal(path_, "x-api-key: hadir_wrong\r\n"), 401);
  EXPECT_EQ(refusal(path_, "cookie: hadir_session=wrong\r\n"), 401);
  EXPECT_EQ(refusal(path_, cookie + "origin: https://evil.example\r\n"), 403);
  EXPECT_EQ(refusal(path_, cookie + "origin: http://localhost.evil.example\r\n"), 403);
  for (const char* query : {"min_confidence=1.5", "min_confidence=-1", "min_confidence=nan", "min_confidence=high",
                            "token=secret", "x=1", "person_id=a&person_id=b", "person_id=%ff", "last_event_id=%00"})
    EXPECT_EQ(refusal(path_ + "?" + query, cookie), 400) << query;
  EXPECT_EQ(refusal(path_ + "?person_id=nobody", cookie), 404);
  EXPECT_EQ(refusal("/api/v1/attendance/ws", cookie), 400) << "a client has a name";
  EXPECT_EQ(refusal("/api/v1/attendance/ws/", cookie), 404);
  EXPECT_EQ(refusal("/api/v1/attendance/ws/a/b", cookie), 400);
  EXPECT_EQ(refusal("/api/v1/attendance/ws/a%20b", cookie), 400);
  EXPECT_EQ(refusal("/api/v1/attendance/wsx/a", cookie), 404);
  WireClient stranger(port_);
  stranger.send("GET " + path_ + " HTTP/1.1\r\nhost: evil.example\r\norigin: http://evil.example\r\n" + cookie +
                "connection: Upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n"
                "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
  EXPECT_EQ(read_reply(stranger, "GET").status, 403) << "a name led here by a stranger";

  const auto ours = connect("", cookie + "origin: http://localhost\r\n");
  const auto allowed = connect("", cookie + "origin: https://dash.example.org\r\n");
  next(*ours, "connection_established");
  next(*allowed, "connection_established");
  EXPECT_EQ(refusal(path_, cookie), 503) << "too many";
  server_.reset();
  EXPECT_EQ(end_of(*ours), "the server stops");
}

TEST_F(AttendanceSocketTest, SubscribesAndUnsubscribes) {
  start_api();
  const auto ada = new_person("Ada", "One", {{"employee_code", "A1"}});
  const auto ben = new_person("Ben", "Two", {{"employee_code", "B1"}});
  const auto client = connect("?person_id=A1");
  next(*client, "connection_established");
  next(*client, "initial_status");
  client->text(R"({"type":"subscribe","person_id":"B1","min_confidence":0.6})");
  const Json now = next(*client, "subscribed");
  EXPECT_EQ(now["subscribed_to"], ben);
  EXPECT_EQ(now["min_confidence"], 0.6);
  EXPECT_EQ(next(*client, "initial_status")["person_id"], ben);
  see(ada, 0.9F);
  see(ben, 0.59F);
  see(ben, 0.6F);
  EXPECT_EQ(next(*client, "person_status_update")["person_id"], ben) << "a status has no confidence";
  const Json event = next(*client, "attendance_event");
  EXPECT_EQ(event["person_id"], ben);
  EXPECT_EQ(event["confidence"], 0.6);

  for (const char* wrong :
       {"", "nothing", "[1]", "{}", R"({"type":"shout"})", R"({"type":"subscribe","person_id":"nobody"})",
        R"({"type":"subscribe","person_id":7})", R"({"type":"subscribe","min_confidence":2})",
        R"({"type":"subscribe","max_confidence":1})", R"({"type":["subscribe"]})"}) {
    client->text(wrong);
    EXPECT_FALSE(next(*client, "error")["message"].get<std::string>().empty()) << wrong;
  }
  client->text(R"({"type":"pong"})");
  client->text(R"({"type":"subscribe","person_id":null})");
  EXPECT_TRUE(next(*client, "subscribed")["subscribed_to"].is_null());
  see(ada, 0.1F);
  EXPECT_EQ(next(*client, "attendance_event")["person_id"], ada);
  client->text(R"({"type":"unsubscribe"})");
  EXPECT_EQ(end_of(*client), "unsubscribed");
}

TEST_F(AttendanceSocketTest, ClientsThatComeBackHearWhatTheyMissed) {
  options_.attendance.kept_messages = 4;
  start_api();
  const auto ada = new_person("Ada", "One");
  const auto ben = new_person("Ben", "Two");
  auto client = connect();
  const std::string start = next(*client, "connection_established")["last_event_id"];
  see(ada, 0.9F);
  EXPECT_EQ(next(*client)["type"], "attendance_event");
  const std::string first = next(*client)["event_id"];  // the status with it
  client.reset();
  see(ben, 0.8F);
  see(ada, 0.7F);
  const auto watcher = connect();
  next(*watcher, "connection_established");
  see(ada, 0.6F);  // both are heard of when this is
  const std::string last = next(*watcher, "attendance_event")["event_id"];

  client = connect("?last_event_id=" + first);
  EXPECT_EQ(next(*client, "connection_established")["last_event_id"], last);
  const Json all = next(*client, "resumed");
  EXPECT_EQ(all["complete"], true) << all;
  EXPECT_EQ(all["events"], 4);
  EXPECT_EQ(all["since"], first);
  EXPECT_EQ(next(*client, "attendance_event")["person_id"], ben);
  EXPECT_EQ(next(*client, "person_status_update")["person_id"], ben);
  EXPECT_EQ(next(*client, "attendance_event")["confidence"], 0.7);
  EXPECT_EQ(next(*client, "attendance_event")["event_id"], last);

  client->text(Json{{"type", "subscribe"}, {"person_id", ben}, {"last_event_id", start}}.dump());
  next(*client, "subscribed");
  next(*client, "initial_status");
  const Json some = next(*client, "resumed");
  EXPECT_EQ(some["complete"], false);
  EXPECT_EQ(some["reason"], "older events are no longer kept");
  EXPECT_EQ(some["events"], 2) << "of this person alone";
  next(*client, "attendance_event");
  next(*client, "person_status_update");

  const auto numbered = [&](const std::string& id) {
    client->text(Json{{"type", "subscribe"}, {"person_id", nullptr}, {"last_event_id", id}}.dump());
    next(*client, "subscribed");
    return next(*client, "resumed");
  };
  EXPECT_EQ(numbered(last)["complete"], true);
  EXPECT_EQ(numbered("one two")["reason"], "this is no event id");
  EXPECT_EQ(numbered(last + "000")["reason"], "no event has had this id");
  EXPECT_EQ(numbered("ffffffffffff-1")["reason"], "the server was started anew since");
}

TEST_F(AttendanceSocketTest, EverybodyHearsWhatTheyMay) {
  options_.attendance.check_callers_every = std::chrono::milliseconds{50};
  start_api();
  const auto ada = new_person("Ada", "One", {{"department", "Kitchen"}});
  const auto ben = new_person("Ben", "Two", {{"department", "Office"}});
  const auto kitchen = key_of("kitchen", {.roles = {{"hr"}}, .departments = {{"Kitchen"}}});
  const auto gate = key_of("gate", {.roles = {{"hr"}}, .cameras = {{CameraId("CAM2")}}});
  const auto self = key_of("self", {.roles = {{"self"}}, .person = PersonId(ben)});
  const auto nobody = key_of("nobody", {.roles = {{"self"}}});
  const auto header = [](const NewApiKey& key) { return "x-api-key: " + key.secret + "\r\n"; };
  EXPECT_EQ(refusal(path_, header(nobody)), 403) << "this user is no person";
  EXPECT_EQ(refusal(path_ + "?person_id=" + ada, header(self)), 404);
  EXPECT_EQ(refusal(path_ + "?person_id=" + ben, header(kitchen)), 404);
  const auto of_kitchen = connect("", "authorization: Bearer " + kitchen.secret + "\r\n");
  const auto of_gate = connect("", header(gate));
  const auto of_self = connect("", header(self));
  next(*of_kitchen, "connection_established");
  next(*of_gate, "connection_established");
  EXPECT_EQ(next(*of_self, "connection_established")["subscribed_to"], ben);
  EXPECT_EQ(next(*of_self, "initial_status")["person_id"], ben);
  of_self->text(Json{{"type", "subscribe"}, {"person_id", ada}}.dump());
  next(*of_self, "error");

  see(ada, 0.9F, "CAM1");
  see(ben, 0.8F, "CAM2");
  see(ada, 0.7F, "CAM2");
  EXPECT_EQ(next(*of_kitchen, "attendance_event")["confidence"], 0.9);
  EXPECT_EQ(next(*of_kitchen, "person_status_update")["person_id"], ada);
  EXPECT_EQ(next(*of_kitchen, "attendance_event")["confidence"], 0.7);
  EXPECT_EQ(next(*of_gate, "attendance_event")["confidence"], 0.8);
  EXPECT_EQ(next(*of_gate, "person_status_update")["person_id"], ben);
  EXPECT_EQ(next(*of_gate, "attendance_event")["confidence"], 0.7);
  EXPECT_EQ(next(*of_self, "attendance_event")["confidence"], 0.8);
  EXPECT_EQ(next(*of_self, "person_status_update")["person_id"], ben);

  ASSERT_TRUE(access_->accounts.revoke_key(kitchen.key.id, {"test", ""}));
  EXPECT_EQ(end_of(*of_kitchen), "no longer allowed");
  see(ben, 0.6F, "CAM2");
  EXPECT_EQ(next(*of_self, "attendance_event")["confidence"], 0.6) << "the others stay";
}

TEST_F(AttendanceSocketTest, SlowAndSillyClientsArePutOutAlone) {
  options_.attendance.outbox = {.messages = 20, .bytes = 1 << 20, .on_the_way = 2048};
  options_.attendance.ping_every = std::chrono::milliseconds{50};
  start_api();
  const auto ada = new_person("Ada", "One");
  const auto quick = connect();
  const auto slow = connect();
  const auto heard = [&](const char* type) {
    while (true) {
      const Json got = next(*quick);
      if (got.empty() || got["type"] == type) return got;
    }
  };
  heard("ping");
  for (int i = 0; i < 60; ++i) {  // read by one, left lying by the other
    see(ada, 0.5F + static_cast<float>(i) / 200);
    EXPECT_EQ(heard("attendance_event").value("person_id", ""), ada);
  }
  EXPECT_EQ(end_of(*slow), "too slow");

  const auto binary = connect();
  binary->binary("subscribe");
  EXPECT_EQ(end_of(*binary), "messages are texts");
  const auto large = connect();
  large->text(std::string(5000, ' '));
  EXPECT_EQ(end_of(*large), "the message is too large");
  const auto endless = connect();
  endless->frame(1, std::string(8192, ' '), false);
  for (int i = 0; i < 60; ++i) endless->frame(0, std::string(8192, ' '), false);
  EXPECT_TRUE(endless->closes()) << "a message without an end";
  see(ada, 0.99F);
  EXPECT_EQ(heard("attendance_event").value("confidence", 0.0), 0.99) << "nobody else noticed";
}

}  // namespace
}  // namespace hadir
