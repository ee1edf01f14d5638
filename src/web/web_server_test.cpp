#include "web/web_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <format>
#include <set>

#include "web/host_check.hpp"
#include "web/page_files.hpp"
#include "web/test_server.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST_F(WebServerTest, ThePageAndItsFilesAreServedWithTheirTypesAndSecurityHeaders) {
  start();
  const WireReply page = get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.has_header("content-type: text/html; charset=utf-8"));
  EXPECT_TRUE(page.has_header("cache-control: no-cache"));
  EXPECT_THAT(page.body, HasSubstr("<title>hadir</title>"));
  std::set<std::string_view> types;
  for (const PageFile& file : page_files()) {
    const auto path = file.path == "/openapi.json"    ? "/api/openapi.json"
                      : file.path == "/api_docs.html" ? "/api/docs"
                      : file.path == "/index.html"    ? "/"
                                                      : std::string(file.path);
    const WireReply reply = get(path);
    EXPECT_EQ(reply.body, file.bytes) << path;
    EXPECT_TRUE(reply.has_header(std::format("content-type: {}", file.content_type))) << path << reply.head;
    EXPECT_EQ(reply.has_header("cache-control: public, max-age=31536000, immutable"), path.starts_with("/assets/"));
    types.insert(file.content_type);
  }
  EXPECT_TRUE(types.contains("text/javascript; charset=utf-8"));
  EXPECT_TRUE(types.contains("font/woff2"));
  for (const char* path : {"/", "/api/cameras", "/nowhere"}) {
    const WireReply reply = get(path);
    EXPECT_TRUE(reply.has_header("content-security-policy: default-src 'self'")) << path << reply.head;
    EXPECT_TRUE(reply.has_header("x-content-type-options: nosniff")) << path;
    EXPECT_TRUE(reply.has_header("x-frame-options: deny")) << path;
    EXPECT_THAT(reply.head, Not(HasSubstr("\r\nserver:"))) << path;
  }
}

TEST_F(WebServerTest, FilesOfThePageGoCompressedAndOnlyWhenTheyChanged) {
  start();
  const auto script = std::ranges::find_if(
      page_files(), [](const PageFile& file) { return file.path.ends_with(".js") && !file.gzip.empty(); });
  ASSERT_NE(script, page_files().end());
  const std::string path(script->path);
  const WireReply compressed = request("GET", path, {{"accept-encoding", "gzip, br"}});
  EXPECT_TRUE(compressed.has_header("content-encoding: gzip")) << compressed.head;
  EXPECT_TRUE(compressed.has_header("vary: accept-encoding")) << compressed.head;
  EXPECT_EQ(compressed.body, script->gzip);
  const WireReply again = request("GET", path, {{"if-none-match", std::string(script->etag)}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(request("GET", path, {{"if-none-match", "\"another\""}}).status, 200);
}

TEST_F(WebServerTest, BrowsersGetThePageAtEachOfItsAddresses) {
  start();
  const std::string page = get("/").body;
  for (const char* path : {"/live", "/people/D.001", "/setup", "/no-such-page"}) {
    const WireReply reply = request("GET", path, {{"accept", "text/html,application/xhtml+xml"}});
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_EQ(reply.body, page) << path;
    EXPECT_TRUE(reply.has_header("cache-control: no-cache")) << path;
    EXPECT_TRUE(reply.has_header("content-security-policy: default-src 'self'")) << path << reply.head;
  }
  for (const char* path : {"/api", "/api/nothing", "/api/cameras/CAM1/nothing", "/assets/old.js"}) {
    const WireReply reply = request("GET", path, {{"accept", "text/html"}});
    EXPECT_EQ(reply.status, 404) << path;
    EXPECT_EQ(reply.json()["error"]["code"], "not_found") << path;
  }
  EXPECT_EQ(get("/live").status, 404) << "a program does not want a page";
}

TEST_F(WebServerTest, NothingOfTheDiskIsServed) {
  start();
  for (const char* path :
       {"/CMakeLists.txt", "/docs/configuration.md", "/src/web/page/index.html", "/README.md", "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd", "/config/parameter_config.json", "/uploads"})
    EXPECT_THAT(get(path).status, testing::AnyOf(404, 403, 400)) << path;
}

TEST_F(WebServerTest, OtherHostNamesAreRefused) {
  start();
  for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.nip.io", "10.0.0.1:5000", ""}) {
    const WireReply reply = get("/api/cameras", host);
    EXPECT_EQ(reply.status, 403) << host;
    EXPECT_EQ(reply.json()["error"]["code"], "forbidden");
  }
  for (const char* host : {"localhost", "LOCALHOST:5000", "127.0.0.1:80", "[::1]:5000"})
    EXPECT_EQ(get("/api/cameras", host).status, 200) << host;
}

TEST(HostCheckTest, LooksAtTheWholeName) {
  EXPECT_TRUE(is_local_host("[::1]"));
  EXPECT_FALSE(is_local_host("[::1"));
  EXPECT_FALSE(is_local_host("[::1]x"));
  EXPECT_FALSE(is_local_host("localhost:"));
  EXPECT_FALSE(is_local_host("localhost:80a"));
  EXPECT_FALSE(is_local_host("user@localhost"));
}

TEST(HostCheckTest, NamesHaveToBeKnownAndAddressesOnlyWhereOthersReachTheServer) {
  const std::vector<std::string> names{"hadir.Example.org"};
  EXPECT_TRUE(is_known_host("HADIR.example.org:443", names, false));
  EXPECT_FALSE(is_known_host("hadir.example.org.evil.example", names, true));
  EXPECT_FALSE(is_known_host("evil.example", names, true));
  EXPECT_TRUE(is_known_host("192.168.1.10:5000", names, true));
  EXPECT_TRUE(is_known_host("[fe80::1]", names, true));
  EXPECT_FALSE(is_known_host("192.168.1.10:5000", names, false));
  EXPECT_FALSE(is_known_host("192.168.1.10.nip.io", names, true));
  EXPECT_FALSE(is_known_host("", names, true));
}

TEST_F(WebServerTest, ErrorsAreJson) {
  start();
  const WireReply missing = get("/api/nowhere");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.json()["error"]["code"], "not_found");
  EXPECT_TRUE(missing.json()["error"]["fields"].is_object());
  const WireReply posted = get("/api/tracking/state", "localhost", "POST");
  EXPECT_EQ(posted.status, 405);
  EXPECT_EQ(posted.json()["error"]["code"], "method_not_allowed");
}

TEST_F(WebServerTest, CamerasTellTheirStateAndNeverTheirAddress) {
  live_.show("CAM1", 7);
  start();
  const WireReply reply = get("/api/cameras");
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, Not(HasSubstr("hunter2")));
  EXPECT_THAT(reply.body, Not(HasSubstr("rtsp:")));
  const auto cameras = reply.json();
  ASSERT_EQ(cameras.size(), 2U);
  EXPECT_EQ(cameras[0]["id"], "CAM1");
  EXPECT_EQ(cameras[0]["name"], "Main Entrance");
  EXPECT_EQ(cameras[0]["status"], "ONLINE");
  EXPECT_EQ(cameras[0]["fps"], 8.0);
  EXPECT_EQ(cameras[0]["width"], 320);
  EXPECT_EQ(cameras[0]["codec"], "h264");
  EXPECT_EQ(cameras[0]["counters"]["frames_decoded"], 100);
  EXPECT_EQ(cameras[0]["counters"]["frames_analysed"], 7);
  EXPECT_EQ(cameras[1]["status"], "OFFLINE");
  EXPECT_EQ(cameras[1]["reason"], "switched off in its configuration");

  CameraStatus offline;
  offline.state = CameraState::offline;
  offline.reason = "no answer within 10 s";
  offline.since = *parse_iso8601("2026-01-05T11:59:00+07:00");
  live_.set("CAM1", offline, nullptr);
  const auto after = get("/api/cameras").json();
  EXPECT_EQ(after[0]["status"], "OFFLINE");
  EXPECT_EQ(after[0]["reason"], "no answer within 10 s");
  EXPECT_EQ(after[0]["since"], "2026-01-05T11:59:00.000+07:00");
}

TEST_F(WebServerTest, SnapshotsAreJpegsOrAReason) {
  start();
  const WireReply picture = get("/api/cameras/CAM1/snapshot.jpg");
  EXPECT_EQ(picture.status, 200);
  EXPECT_TRUE(picture.has_header("content-type: image/jpeg"));
  EXPECT_EQ(picture.body.substr(0, 3), "\xff\xd8\xff");
  EXPECT_EQ(picture.body.substr(picture.body.size() - 2), "\xff\xd9");
  EXPECT_EQ(get("/api/cameras/CAM9/snapshot.jpg").status, 404);
  EXPECT_EQ(get("/api/cameras/CAM2/snapshot.jpg").status, 503);
  CameraStatus offline;
  offline.state = CameraState::offline;
  offline.reason = "wrong password";
  live_.set("CAM1", offline, nullptr);
  const WireReply none = get("/api/cameras/CAM1/snapshot.jpg");
  EXPECT_EQ(none.status, 503);
  EXPECT_EQ(none.json()["error"]["message"], "CAM1 has sent no picture yet: wrong password");
}

TEST_F(WebServerTest, EmployeesTellWhereTheyWereSeen) {
  const Person ana = add_person("E1", "Ana");
  add_person("E2", "Budi");
  const Presence seen{.person = ana.id,
                      .status = PresenceStatus::available,
                      .last_seen = *parse_iso8601("2026-01-05T11:58:00+07:00"),
                      .camera = CameraId("CAM1"),
                      .changed_at = {}};
  ASSERT_TRUE(database_->attendance().put_presence(seen));
  start();
  const auto people = get("/api/employees").json();
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0]["employee_id"], "E1");
  EXPECT_EQ(people[0]["name"], "Ana");
  EXPECT_EQ(people[0]["department"], "Plant");
  EXPECT_EQ(people[0]["status"], "AVAILABLE");
  EXPECT_EQ(people[0]["last_seen"], "2026-01-05T11:58:00.000+07:00");
  EXPECT_EQ(people[0]["camera"]["name"], "Main Entrance");
  EXPECT_EQ(people[1]["status"], "UNAVAILABLE");
  EXPECT_TRUE(people[1]["last_seen"].is_null());
}

class ReportTest : public WebServerTest {
 protected:
  void record_day() {
    const Person ana = add_person("E 1/x", "Ana");
    add_person("E2", "Budi");
    AttendanceDay day;
    day.person = ana.id;
    day.day = *parse_day("2026-01-05");
    day.first_in = AttendanceMark{*parse_iso8601("2026-01-05T07:55:00+07:00"), CameraId("CAM1"), 0.9123F,
                                  SightingId("s1"), "attendance_captures/2026-01-05/E1/first_in.jpg"};
    day.last_out =
        AttendanceMark{*parse_iso8601("2026-01-05T11:30:30+07:00"), CameraId("GONE"), 0.8F, SightingId("s2"), ""};
    const auto put = database_->attendance().put_day(day);
    ASSERT_TRUE(put) << put.error().message;
    const std::uint8_t jpeg[] = {0xff, 0xd8, 0xff, 0xd9};
    ASSERT_TRUE(pictures_.put(day.first_in->picture, jpeg));
  }
};

TEST_F(ReportTest, AttendanceHasOneRowForEverybody) {
  record_day();
  start();
  for (const char* path : {"/api/report/attendance", "/api/report/attendance?date=2026-01-05"}) {
    const auto report = get(path).json();
    EXPECT_EQ(report["date"], "2026-01-05");
    EXPECT_EQ(report["time_zone"], "Asia/Jakarta");
    ASSERT_EQ(report["rows"].size(), 2U);
    const auto& ana = report["rows"][0];
    EXPECT_EQ(ana["employee_id"], "E 1/x");
    EXPECT_EQ(ana["status"], "PRESENT");
    EXPECT_EQ(ana["entry_type"], "AUTO");
    EXPECT_EQ(ana["first_in"], "2026-01-05T07:55:00.000+07:00");
    EXPECT_EQ(ana["first_in_camera"], "Main Entrance");
    EXPECT_NEAR(ana["first_in_confidence"].get<double>(), 0.912, 1e-9);
    EXPECT_EQ(ana["last_out"], "2026-01-05T11:30:30.000+07:00");
    EXPECT_EQ(ana["last_out_camera"], "GONE");
    EXPECT_EQ(ana["duration_minutes"], 215);
    EXPECT_EQ(ana["first_in_picture"],
              "/api/report/attendance_captures/first_in.jpg?employee_id=E%201%2Fx&date=2026-01-05&v=s1");
    EXPECT_TRUE(ana["last_out_picture"].is_null());
    const auto& budi = report["rows"][1];
    EXPECT_EQ(budi["status"], "ABSENT");
    EXPECT_TRUE(budi["first_in"].is_null());
    EXPECT_TRUE(budi["entry_type"].is_null());
    EXPECT_EQ(report["counts"]["ABSENT"], 1);
  }
  const auto before_enrolment = get("/api/report/attendance?date=2026-01-01").json();
  EXPECT_EQ(before_enrolment["rows"].size(), 0U);
  const auto yesterday = get("/api/report/attendance?date=2026-01-04").json();
  EXPECT_EQ(yesterday["rows"].size(), 2U);
  EXPECT_EQ(yesterday["counts"]["ABSENT"], 2);
}

TEST_F(ReportTest, BadDatesAreNamed) {
  start();
  for (const char* date : {"2026-13-01", "5.1.2026", "2026-02-30", "yesterday", "2026-01-05x", "2099-01-01"}) {
    const WireReply reply = get(std::string("/api/report/attendance?date=") + date);
    EXPECT_EQ(reply.status, 400) << date;
    EXPECT_EQ(reply.json()["error"]["code"], "invalid_input");
    EXPECT_TRUE(reply.json()["error"]["fields"].contains("date")) << reply.body;
  }
}

TEST_F(ReportTest, CapturesAndTheirPicturesAreFound) {
  record_day();
  start();
  const auto captures = get("/api/report/attendance_captures?employee_id=E%201%2Fx&date=2026-01-05").json();
  EXPECT_EQ(captures["name"], "Ana");
  EXPECT_TRUE(captures["last_out"].is_null());
  const WireReply picture = get(captures["first_in"]);
  EXPECT_EQ(picture.status, 200) << captures["first_in"];
  EXPECT_EQ(picture.body, "\xff\xd8\xff\xd9");
  EXPECT_TRUE(picture.has_header("content-type: image/jpeg"));

  EXPECT_EQ(get("/api/report/attendance_captures").status, 400);
  EXPECT_EQ(get("/api/report/attendance_captures?employee_id=E9").status, 404);
  EXPECT_EQ(get("/api/report/attendance_captures?employee_id=E2&date=x").status, 400);
  EXPECT_TRUE(get("/api/report/attendance_captures?employee_id=E2&date=2026-01-05").json()["first_in"].is_null());
  for (const char* path :
       {"first_in.jpg?employee_id=E2&date=2026-01-05", "last_out.jpg?employee_id=E%201%2Fx&date=2026-01-05",
        "meta.json?employee_id=E2&date=2026-01-05", "first_in.jpg?employee_id=..%2f..%2fetc&date=2026-01-05"})
    EXPECT_EQ(get(std::string("/api/report/attendance_captures/") + path).status, 404) << path;
  EXPECT_EQ(get("/api/report/attendance_captures/first_in.jpg?employee_id=E2&date=x").status, 400);
}

TEST_F(WebServerTest, TrackingStateTellsLiveTracksAndUnknownFaces) {
  const Person ana = add_person("E1", "Ana");
  Overlay known;
  known.track = 4;
  known.box = {10, 20, 30, 40};
  known.kind = OverlayKind::known;
  known.person = ana.id;
  known.label = "Ana";
  known.confidence = 0.5F;
  Overlay stranger;
  stranger.track = 5;
  stranger.kind = OverlayKind::unknown;
  live_.show("CAM1", 3, {known, stranger});
  const auto sighting = [&](int n, TrackId track, const char* time, std::optional<PersonId> person) {
    Sighting made;
    made.id = SightingId(std::format("01900000-0000-7000-8000-{:012}", n));
    made.camera = CameraId("CAM1");
    made.track = track;
    made.person = std::move(person);
    made.at = *parse_iso8601(time);
    const auto added = database_->sightings().add(made);
    ASSERT_TRUE(added) << added.error().message;
  };
  sighting(1, 5, "2026-01-05T11:50:00+07:00", std::nullopt);
  sighting(2, 5, "2026-01-05T11:51:00+07:00", std::nullopt);  // the same track again
  sighting(3, 6, "2026-01-05T11:52:00+07:00", std::nullopt);
  sighting(4, 7, "2026-01-05T11:53:00+07:00", std::nullopt);  // unknown at first, ...
  sighting(5, 7, "2026-01-05T11:54:00+07:00", ana.id);        // ... then named
  sighting(6, 8, "2026-01-05T10:30:00+07:00", std::nullopt);  // too long ago
  start();
  const auto state = get("/api/tracking/state").json();
  EXPECT_EQ(state["time"], "2026-01-05T12:00:00.000+07:00");
  ASSERT_EQ(state["tracks"].size(), 2U);
  EXPECT_EQ(state["tracks"][0]["camera"], "CAM1");
  EXPECT_EQ(state["tracks"][0]["kind"], "known");
  EXPECT_EQ(state["tracks"][0]["person"]["employee_id"], "E1");
  EXPECT_EQ(state["tracks"][0]["box"]["width"], 30.0);
  EXPECT_TRUE(state["tracks"][1]["person"].is_null());
  EXPECT_EQ(state["unknown"]["tracks"], 2);
  EXPECT_EQ(state["people"]["total"], 1);
  EXPECT_EQ(state["stages"][0]["stage"], "detect");
  EXPECT_EQ(state["system"]["models"], "test pack on CPUExecutionProvider");
}

TEST_F(WebServerTest, HealthTellsWhatAilsAndStays200) {
  start();
  EXPECT_EQ(get("/healthz").json()["status"], "ok");
  EXPECT_EQ(get("/readyz").status, 200);
  ails({"captures", false, "disk full: /data"});
  const WireReply reply = get("/healthz");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.json()["status"], "degraded");
  EXPECT_EQ(reply.json()["items"][1]["reason"], "disk full: /data");
}

TEST_F(WebServerTest, OneConnectionServesManyRequests) {
  start();
  WireClient client(port_);
  for (int i = 0; i < 3; ++i) {
    client.send("GET /readyz HTTP/1.1\r\nhost: localhost\r\n\r\n");
    EXPECT_THAT(client.read_until("{\"ready\":true}"), HasSubstr("200 OK")) << i;
  }
}

TEST_F(WebServerTest, ATakenPortAndAForeignHostAreClearErrors) {
  start();
  const auto taken = WebServer::start(options_, services());
  ASSERT_FALSE(taken);
  EXPECT_EQ(taken.error().kind, ErrorKind::conflict);
  EXPECT_THAT(taken.error().message, HasSubstr(std::format("port {} of 127.0.0.1", port_)));
  for (const char* host : {"example.org", "", "127.0.0.1:5000", "1.2.3"}) EXPECT_FALSE(checked_host(host)) << host;
  for (const char* host : {"0.0.0.0", "192.168.1.5", "::", "::1"}) EXPECT_EQ(checked_host(host), host);
  EXPECT_EQ(*checked_host("localhost"), "127.0.0.1");
}

}  // namespace
}  // namespace hadir
