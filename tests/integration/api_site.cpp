// Cameras, the schedule, notifications and the system over the API.
#include "app/facts/site_schedule.hpp"
#include "integration/api_stories.hpp"

namespace hadir {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

void ApiStories::cameras_story() {
  const Json gate{{"name", "Gate"}, {"rtsp_url", "rtsp://admin:hunter2@10.0.0.9/1"}, {"location", "North"}};
  const auto added = call("POST", "/api/cameras", gate);
  ASSERT_EQ(added.status, 201) << added.body;
  const std::string id = added.json()["id"];
  EXPECT_EQ(id, "CAM3") << "the first that is free";
  EXPECT_TRUE(added.has_header("location: /api/cameras/cam3")) << added.head;
  EXPECT_THAT(control_.asked, Contains("run " + id + " rtsp://admin:hunter2@10.0.0.9/1"));
  const auto shown = call("GET", "/api/cameras/" + id);
  EXPECT_EQ(shown.json()["location"], "North");
  EXPECT_THAT(shown.json()["rtsp_url"].get<std::string>(), HasSubstr("10.0.0.9/1"));
  EXPECT_THAT(shown.body + added.body, Not(HasSubstr("hunter2")));
  EXPECT_EQ(audit_count("camera.add"), 1);

  const auto changed = call("PUT", "/api/cameras/" + id, Json{{"name", "North gate"}, {"fps_target", 5}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.json()["name"], "North gate");
  EXPECT_EQ(changed.json()["fps_target"], 5);
  EXPECT_EQ(changed.json()["location"], "North");
  EXPECT_EQ(changed.json()["overrides"], (Json{{"fps_target", 5}}));

  const auto wrong = call("PUT", "/api/cameras/" + id,
                          Json{{"rtsp_url", "file:///etc/passwd"}, {"fps_target", -1}, {"fps_tarqet", 3}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(faults(wrong), testing::UnorderedElementsAre("rtsp_url", "fps_target", "fps_tarqet"));
  EXPECT_EQ(status_of("PUT", "/api/cameras/" + id, Json{{"id", "CAM77"}}), 400) << "a camera keeps its id";
  EXPECT_EQ(status_of("POST", "/api/cameras", Json{{"id", id}, {"rtsp_url", "rtsp://h/1"}}), 409);
  EXPECT_EQ(status_of("POST", "/api/cameras", Json{{"id", "../x"}, {"rtsp_url", "rtsp://h/1"}}), 400);
  EXPECT_EQ(status_of("PUT", "/api/cameras/CAM99", Json{{"name", "x"}}), 404);
  EXPECT_EQ(status_of("GET", "/api/cameras/..%2f..%2fetc"), 404);
  EXPECT_EQ(status_of("DELETE", "/api/cameras/CAM99"), 404);

  const auto silent = call("POST", "/api/cameras/" + id + "/test");
  ASSERT_EQ(silent.status, 200) << silent.body;
  EXPECT_EQ(silent.json()["ok"], false);
  EXPECT_EQ(silent.json()["reason"], "no answer");
  control_.trial.still = grey_frame(320, 240, 90);
  control_.trial.status.codec = "h264";
  control_.trial.status.size = {320, 240};
  const auto seen = call("POST", "/api/cameras/test", Json{{"rtsp_url", "rtsp://u:secret@h/1"}});
  EXPECT_EQ(seen.json()["ok"], true);
  EXPECT_EQ(seen.json()["codec"], "h264");
  EXPECT_THAT(seen.json()["still"].get<std::string>(), testing::StartsWith("data:image/jpeg;base64,/9j/"));
  EXPECT_EQ(status_of("POST", "/api/cameras/test", Json{{"rtsp_url", "gopher://h"}}), 400);

  EXPECT_EQ(status_of("DELETE", "/api/cameras/" + id), 200);
  EXPECT_EQ(status_of("GET", "/api/cameras/" + id), 404);
  EXPECT_THAT(control_.asked, Contains("stop " + id));
}

void ApiStories::schedule_story() {
  const Instant now = clock_.now();
  ASSERT_TRUE(adopt_tracking_mode(*database_, folder_ / "tracking_mode.json", now));
  const auto usual = call("GET", "/api/schedule/state").json();
  EXPECT_EQ(usual["mode"], "AUTO");
  EXPECT_EQ(usual["work_hours"], "08:00-17:00");
  EXPECT_EQ(usual["in_lunch_break"], true) << "it is noon";

  set_clock("2026-01-05T14:00:00+07:00");
  const auto paused = call("POST", "/api/schedule/pause", Json{{"minutes", 30}, {"remarks", "fire drill"}});
  ASSERT_EQ(paused.status, 200) << paused.body;
  EXPECT_EQ(paused.json()["is_paused"], true);
  EXPECT_EQ(paused.json()["pause_until"], "2026-01-05T14:30:00.000+07:00");
  EXPECT_EQ(paused.json()["changed_by"], "siti");
  EXPECT_EQ(call("POST", "/api/schedule/pause", Json{{"paused", false}}).json()["is_paused"], false);
  EXPECT_EQ(call("POST", "/api/schedule/mode", Json{{"mode", "MANUAL"}, {"tracking", false}}).json()["tracking_active"],
            false);
  EXPECT_EQ(call("POST", "/api/schedule/mode", Json{{"mode", "AUTO"}}).json()["tracking_active"], true);
  const auto saved = call("POST", "/api/schedule/save",
                          Json{{"work_hours", "09:00-18:00"}, {"lunch_break", nullptr}, {"working_days", {0, 1, 2}}});
  ASSERT_EQ(saved.status, 200) << saved.body;
  EXPECT_EQ(saved.json()["work_hours"], "09:00-18:00");
  EXPECT_TRUE(saved.json()["lunch_break"].is_null());
  EXPECT_THAT(saved.json()["working_days"], ElementsAre(0, 1, 2));
  EXPECT_EQ(call("GET", "/api/schedule/versions").json().size(), 6U);
  EXPECT_EQ(audit_count("schedule.pause"), 2);

  const std::tuple<const char*, Json, const char*> wrong[] = {
      {"/api/schedule/mode", Json{{"mode", "SOMETIMES"}}, "mode"},
      {"/api/schedule/mode", Json::object(), "mode"},
      {"/api/schedule/pause", Json{{"until", "2020-01-01T00:00:00Z"}}, "until"},
      {"/api/schedule/pause", Json{{"until", "2030-01-01T00:00:00Z"}, {"minutes", 5}}, "minutes"},
      {"/api/schedule/pause", Json{{"for", 5}}, "for"},
      {"/api/schedule/save", Json{{"work_hours", "nine to five"}}, "work_hours"},
      {"/api/schedule/save", Json{{"working_days", {7}}}, "working_days"},
      {"/api/schedule/save", Json{{"working_days", Json::array()}}, "working_days"},
      {"/api/schedule/save", Json{{"valid_from", "2020-01-01T00:00:00Z"}}, "valid_from"}};
  for (const auto& [path, body, field] : wrong) {
    const auto reply = call("POST", path, body);
    EXPECT_EQ(reply.status, 400) << path << body;
    EXPECT_THAT(faults(reply), ElementsAre(field)) << path << body;
  }
  EXPECT_EQ(call("GET", "/api/schedule/versions").json().size(), 6U) << "what is refused changes nothing";
}

/// After `schedule_story`, whose changes have told of themselves.
void ApiStories::notifications_story() {
  const auto list = call("GET", "/api/notifications?page_size=2").json();
  EXPECT_EQ(list["total"], 5);
  EXPECT_EQ(list["unread"], 5);
  ASSERT_EQ(list["notifications"].size(), 2U);
  EXPECT_EQ(list["notifications"][0]["type"], "SCHEDULE_CHANGED");
  const std::string id = list["notifications"][0]["id"];
  EXPECT_EQ(status_of("POST", "/api/notifications/" + id + "/read"), 200);
  EXPECT_EQ(status_of("POST", "/api/notifications/nobody/read"), 404);
  EXPECT_EQ(call("GET", "/api/notifications?unread=true").json()["total"], 4);
  EXPECT_EQ(call("POST", "/api/notifications/read_all").json()["marked"], 4);
  EXPECT_EQ(call("GET", "/api/notifications?unread=1").json()["total"], 0);
  for (const char* query : {"page=0", "page=-1", "page_size=1000", "unread=perhaps", "order=up"})
    EXPECT_EQ(status_of("GET", std::string("/api/notifications?") + query), 400) << query;
}

void ApiStories::system_story() {
  const auto uptime = call("GET", "/api/system/uptime").json();
  EXPECT_GE(uptime["total_seconds"], uptime["uptime_seconds"]);
  const auto pending_parameters = [&] {
    std::vector<std::string> keys;
    const auto all = call("GET", "/api/config/params").json();
    for (const Json& each : all["parameters"])
      if (each["pending"] == true) keys.push_back(each["key"]);
    return keys;
  };
  const auto params = call("GET", "/api/config/params").json();
  EXPECT_EQ(params["params"]["fps_target"], 8);
  const auto changed = call("POST", "/api/config/params", Json{{"fps_target", 6}, {"jpeg_quality", 80}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_THAT(changed.json()["changed"], ElementsAre("fps_target"));
  EXPECT_EQ(changed.json()["requires_restart"], true);
  EXPECT_EQ(call("GET", "/api/config/params").json()["params"]["fps_target"], 6);
  EXPECT_THAT(pending_parameters(), ElementsAre("fps_target"));
  const auto named = call("POST", "/api/config/params", Json{{"site_name", "Kantor Pusat"}});
  EXPECT_EQ(named.json()["requires_restart"], false);
  EXPECT_THAT(pending_parameters(), ElementsAre("fps_target")) << "a name is there at once";
  const auto wrong = call("POST", "/api/config/params", Json{{"fps_target", "fast"}, {"nothing_such", 1}});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_THAT(faults(wrong), testing::UnorderedElementsAre("fps_target", "nothing_such"));
  EXPECT_EQ(audit_count("config.change"), 2) << "what is refused is not in the audit log as a change";

  EXPECT_EQ(status_of("POST", "/api/system/restart"), 200);
  EXPECT_THAT(control_.asked.back(), HasSubstr("restart with"));
  EXPECT_THAT(pending_parameters(), testing::IsEmpty());
  const auto metrics = call("GET", "/metrics");
  EXPECT_EQ(metrics.status, 200);
  for (const char* line : {"hadir_test_total 7\n", "hadir_stage_dropped_total{stage=\"detect\"} 2\n",
                           "hadir_camera_up{camera=\"CAM1\"} 1\n", "hadir_part_healthy{part=\"database\"} 1\n",
                           "hadir_outbox_messages{state=\"PENDING\"} 0\n", "hadir_attendance_clients 0\n",
                           "hadir_live_frames_dropped_total ",
                           "hadir_http_requests_total{route=\"POST /api/system/restart\",status=\"200\"} 1\n"})
    EXPECT_THAT(metrics.body, HasSubstr(line));
  EXPECT_EQ(status_of("POST", "/api/system/shutdown"), 202);
  EXPECT_EQ(shut_downs_, 1);
}

void ApiStories::reset_story() {
  const auto who = new_person("Ada", "Reset");
  for (int day = 2; day <= 4; ++day) {
    const Instant at = clock_.now() - std::chrono::days{day};
    ASSERT_TRUE(database_->attendance().add_edge(
        {.person = PersonId(who), .kind = EdgeKind::enter, .at = at, .camera = CameraId("CAM1")}));
  }
  const auto day = [&](int before) {
    return format_day(work_day_of(clock_.now() - std::chrono::days{before}, *rules_.site, rules_.day_starts_at));
  };
  const Json two{{"table", "events"}, {"from_date", day(4)}, {"to_date", day(3)}};
  Json preview = two;
  preview["preview"] = true;
  EXPECT_EQ(call("POST", "/api/admin/reset_logs", preview).json()["deleted_events"], 2);
  const Json without_days{{"table", "events"}, {"from_date", nullptr}, {"to_date", nullptr}, {"preview", true}};
  EXPECT_EQ(call("POST", "/api/admin/reset_logs", without_days).json()["deleted_events"], 3);
  const auto done = call("POST", "/api/admin/reset_logs", two).json();
  EXPECT_EQ(done["ok"], true);
  EXPECT_EQ(done["deleted_events"], 2);
  EXPECT_EQ(done["deleted_alert_logs"], 0);
  EXPECT_EQ(call("POST", "/api/admin/reset_logs", Json{{"table", "both"}}).json()["deleted_events"], 1);
  EXPECT_EQ(audit_count("logs.reset"), 2) << "a preview changes nothing";
  const std::pair<Json, const char*> wrong[] = {
      {Json::object(), "table"},
      {Json{{"table", "persons"}}, "table"},
      {Json{{"table", "both"}, {"from_date", "yesterday"}}, "from_date"},
      {Json{{"table", "both"}, {"from_date", "2026-01-05"}, {"to_date", "2026-01-04"}}, "to_date"}};
  for (const auto& [body, field] : wrong) {
    const auto reply = call("POST", "/api/admin/reset_logs", body);
    EXPECT_EQ(reply.status, 400) << body;
    EXPECT_THAT(faults(reply), ElementsAre(field)) << body;
  }
}

/// One client by polling, as far as what the product says to it; the transport has tests of its own.
void ApiStories::live_story() {
  const auto open = request("GET", "/socket.io/?EIO=4&transport=polling", {});
  ASSERT_EQ(open.status, 200) << open.body;
  const std::string sid = Json::parse(open.body.substr(1))["sid"];
  const std::string address = "/socket.io/?EIO=4&transport=polling&sid=" + sid;
  const auto send = [&](const std::string& packet) {
    EXPECT_EQ(request("POST", address, {{"content-type", "text/plain"}}, packet).body, "ok");
  };
  std::string heard;
  const auto hear = [&](const std::string& text) {
    for (int polls = 0; polls < 100 && !HasFatalFailure() && !heard.contains(text); ++polls) {
      const std::string body = request("GET", address, {}).body;
      heard += body + "\x1e";
      if (body == "2") send("3");
    }
    ASSERT_THAT(heard, HasSubstr(text));
    heard.erase(0, heard.find(text) + text.size());  // what came with it is still to be heard
  };
  send("40");
  hear("42[\"initial_data\",{\"time\":");
  hear("\"site_name\":\"");
  hear("[\"ai_status\",{\"status\":\"online\"");
  send("421[\"start_stream\",{\"camera_id\":\"CAM1\"}]");
  hear("431[{\"ok\":true}]");
  live_.show("CAM1", 41);
  hear("-[\"frame\",{\"camera_id\":\"CAM1\",\"number\":41");
  send("422[\"start_stream\",{\"camera_id\":\"CAM77\"}]");
  hear("[\"stream_error\",{\"camera_id\":\"CAM77\"");
  send("423[\"stop_stream\",{\"camera_id\":\"CAM1\"}]");
  hear("[\"stream_stopped\",{\"camera_id\":\"CAM1\"}]");
  EXPECT_EQ(status_of("POST", "/api/schedule/mode", Json{{"mode", "AUTO"}}), 200);
  hear("[\"schedule_changed\"");
  CameraStatus dark;
  dark.state = CameraState::offline;
  dark.reason = "no answer";
  live_.set("CAM1", dark, nullptr);
  hear("[\"camera_status\",{\"id\":\"CAM1\"");

  const std::string cookie = std::exchange(cookie_, "");
  const auto stranger = request("GET", "/socket.io/?EIO=4&transport=polling", {});
  const std::string other =
      "/socket.io/?EIO=4&transport=polling&sid=" + Json::parse(stranger.body.substr(1))["sid"].get<std::string>();
  EXPECT_EQ(request("POST", other, {{"content-type", "text/plain"}}, "40").body, "ok");
  EXPECT_THAT(request("GET", other, {}).body, HasSubstr("44{\"message\":\"sign in first\"}"));
  cookie_ = cookie;
}

}  // namespace hadir
