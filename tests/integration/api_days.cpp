// A person's days over the API: corrections, reviews, exceptions, figures. Each story works on its own days of
// February, after its own schedule: Monday the second is the first of them.
#include "integration/api_stories.hpp"

namespace hadir {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using Json = nlohmann::json;

namespace {

std::string at(const std::string& day, const char* time) {
  return day + "T" + time + ":00.000+07:00";
}

std::string day_url(const std::string& code, const std::string& day, const char* more = "") {
  return "/api/attendance/" + code + "/" + day + more;
}

}  // namespace

void ApiStories::begin_office_day(const std::string& day) {
  set_clock(at(day, "00:00").c_str());
  const auto saved = call("POST", "/api/schedule/save",
                          Json{{"work_hours", "08:00-17:00"},
                               {"lunch_break", "12:00-13:00"},
                               {"working_days", {0, 1, 2, 3, 4}},
                               {"grace_minutes", 15}});
  ASSERT_EQ(saved.status, 200) << saved.body;
  ASSERT_TRUE(recorder_->rules_changed({}));
  ASSERT_TRUE(recorder_->expire(clock_.now()));
}

void ApiStories::see(const std::string& person, const std::string& time, float confidence, TrackId track) {
  SightingFact fact;
  fact.sighting.id = SightingId("seen " + person + " " + time);
  fact.sighting.camera = CameraId("CAM1");
  fact.sighting.track = track;
  fact.sighting.person = PersonId(person);
  fact.sighting.confidence = confidence;
  fact.sighting.at = *parse_iso8601(time);
  fact.picture = {0xFF, 0xD8, 0xFF, 0xD9};
  ASSERT_TRUE(recorder_->record(std::vector{fact}));
}

void ApiStories::pass_to(const std::string& time) {
  set_clock(time.c_str());
  ASSERT_TRUE(recorder_->expire(clock_.now()));
  recorder_->flush(clock_.now());
}

void ApiStories::add_user(const std::string& name, UserChange given) {
  const auto made = access_->accounts.add_user(name, good_password, given, {"test", ""});
  ASSERT_TRUE(made) << made.error().message;
}

void ApiStories::add_clerk() {
  const Json clerk{{"description", "enters days"}, {"permissions", {"attendance:read", "attendance:write"}}};
  EXPECT_EQ(call("PUT", "/api/roles/clerk", clerk).status, 200);
}

void ApiStories::corrections_story() {
  const std::string day = "2026-02-02";
  begin_office_day(day);
  const auto dina = new_person("Dina", "Days", {{"employee_code", "D1"}, {"department", "Days"}});
  see(dina, at(day, "08:00"), 0.95F, 1);
  see(dina, at(day, "12:30"), 0.95F, 2);
  pass_to(at(day, "18:00"));
  const auto url = day_url("D1", day);
  const auto seen = call("GET", url).json();
  EXPECT_EQ(seen["status"], "PRESENT");
  EXPECT_EQ(seen["entry_type"], "AUTO");
  EXPECT_EQ(seen["first_in_camera"], "Main Entrance");
  EXPECT_EQ(call("GET", seen["first_in_picture"].get<std::string>()).status, 200);
  const auto none = call("GET", day_url("D1", "2026-01-30")).json();
  EXPECT_EQ(none["status"], "ABSENT");
  EXPECT_TRUE(none["updated_at"].is_null());

  const auto put = [&](Json body) { return call("PUT", url, body); };
  const Json good{
      {"last_out", at(day, "17:05")}, {"reason", "was at a customer's"}, {"updated_at", seen["updated_at"]}};
  const auto without = [&](const char* name) {
    Json body = good;
    body.erase(name);
    return body;
  };
  const auto with = [&](const char* name, const Json& value) {
    Json body = good;
    body[name] = value;
    return body;
  };
  EXPECT_THAT(faults(put(without("reason"))), ElementsAre("reason"));
  EXPECT_THAT(faults(put(without("last_out"))), ElementsAre("first_in"));
  EXPECT_THAT(faults(put(with("status", "PENDING_REVIEW"))), ElementsAre("status"));
  EXPECT_THAT(faults(put(with("first_in", at("2026-02-03", "08:00")))), ElementsAre("first_in")) << "to come";
  EXPECT_THAT(faults(put(with("first_in", at("2026-02-01", "08:00")))), ElementsAre("first_in")) << "another day";
  EXPECT_EQ(put(with("first_in", at(day, "17:30"))).status, 400) << "after the last out";
  EXPECT_THAT(faults(put(with("frist_in", nullptr))), ElementsAre("frist_in"));
  EXPECT_EQ(put(without("updated_at")).status, 409) << "there is a record that was not seen";
  EXPECT_EQ(put(with("updated_at", at(day, "01:00"))).status, 409);
  EXPECT_EQ(call("PUT", day_url("D1", "2026-02-30"), good).status, 400);
  EXPECT_EQ(call("PUT", day_url("D1", "2026-02-03"), good).status, 400) << "to come";
  EXPECT_EQ(call("PUT", day_url("nobody", day), good).status, 404);
  const auto early = call("POST", url + "/approve", Json{{"updated_at", seen["updated_at"]}});
  EXPECT_EQ(early.status, 409) << "nobody entered it";

  add_clerk();
  add_user("carla", {.roles = {{"clerk"}}});
  sign_in("carla");
  EXPECT_EQ(put(with("approve", true)).status, 403);
  const auto entered = put(good);
  ASSERT_EQ(entered.status, 200) << entered.body;
  EXPECT_EQ(entered.json()["entry_type"], "MANUAL");
  EXPECT_EQ(entered.json()["last_out"], at(day, "17:05"));
  EXPECT_EQ(entered.json()["last_out_source"], "manual");
  EXPECT_EQ(entered.json()["first_in"], at(day, "08:00"));
  EXPECT_TRUE(entered.json()["approved_by"].is_null());
  EXPECT_EQ(put(good).status, 409) << "changed since it was seen";
  clock_.set(clock_.now() + std::chrono::seconds{1});  // the history is by time
  const Json approval{{"updated_at", entered.json()["updated_at"]}, {"reason", "told me so"}};
  EXPECT_EQ(call("POST", url + "/approve", approval).status, 403);
  sign_in("siti");
  EXPECT_EQ(call("POST", url + "/approve", Json::object()).status, 400);
  EXPECT_EQ(call("POST", url + "/approve", Json{{"updated_at", seen["updated_at"]}}).status, 409);
  const auto approved = call("POST", url + "/approve", approval);
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(approved.json()["approved_by"], "siti");
  EXPECT_EQ(approved.json()["last_out"], at(day, "17:05"));
  clock_.set(clock_.now() + std::chrono::seconds{1});
  const Json again{{"updated_at", approved.json()["updated_at"]}};
  EXPECT_EQ(call("POST", url + "/approve", again).status, 409) << "approved already";

  EXPECT_EQ(call("POST", url + "/revert", again).status, 400) << "why?";
  EXPECT_EQ(call("POST", url + "/revert", Json{{"updated_at", seen["updated_at"]}, {"reason", "x"}}).status, 409);
  const Json back{{"updated_at", approved.json()["updated_at"]}, {"reason", "wrong person"}};
  const auto reverted = call("POST", url + "/revert", back);
  ASSERT_EQ(reverted.status, 200) << reverted.body;
  EXPECT_EQ(reverted.json()["entry_type"], "AUTO");
  EXPECT_EQ(reverted.json()["last_out"], at(day, "12:30"));
  EXPECT_EQ(reverted.json()["first_in_picture"], seen["first_in_picture"]);
  EXPECT_EQ(call("POST", url + "/revert", back).status, 409) << "nothing is left to take back";

  const auto history = call("GET", url + "/history").json();
  ASSERT_EQ(history.size(), 3U);
  EXPECT_EQ(history[0]["action"], "revert");
  EXPECT_EQ(history[0]["reason"], "wrong person");
  EXPECT_EQ(history[1]["action"], "approve");
  EXPECT_EQ(history[1]["by"], "siti");
  EXPECT_EQ(history[2]["by"], "carla");
  EXPECT_EQ(history[2]["reason"], "was at a customer's");
  EXPECT_EQ(history[2]["before"]["last_out"], at(day, "12:30"));
  EXPECT_EQ(history[2]["after"]["last_out"], at(day, "17:05"));
  EXPECT_THAT(call("GET", day_url("D1", "2026-01-30", "/history")).json(), IsEmpty());
  explanation_story(dina);
  set_clock("2026-01-05T12:00:00+07:00");
}

/// After the corrections of Dina's Monday.
void ApiStories::explanation_story(const std::string& dina) {
  const std::string day = "2026-02-02";
  const auto url = day_url("D1", day);
  const auto explained = call("GET", url + "/explanation").json();
  ASSERT_EQ(explained["sightings"].size(), 2U);
  EXPECT_EQ(explained["sightings"][0]["camera"], "Main Entrance");
  EXPECT_EQ(explained["differs"], false);
  const auto first = std::ranges::find(explained["figures"], "first in", [](const Json& one) { return one["figure"]; });
  ASSERT_NE(first, explained["figures"].end());
  EXPECT_EQ((*first)["value"], at(day, "08:00"));
  EXPECT_EQ((*first)["because"]["code"], "earliest_sighting");
  EXPECT_EQ((*first)["because"]["values"]["camera"], "Main Entrance");
  EXPECT_THAT((*first)["sightings"], ElementsAre(explained["sightings"][0]["id"]));
  EXPECT_EQ(call("GET", day_url("D1", "soon", "/explanation")).status, 400);
  EXPECT_EQ(call("GET", day_url("nobody", day, "/explanation")).status, 404);

  // Whoever sees another camera alone hears when, and not where.
  add_user("back.door", {.roles = {{"hr"}}, .cameras = {{CameraId("CAM2")}}});
  sign_in("back.door");
  const auto narrowed = call("GET", url + "/explanation");
  EXPECT_EQ(narrowed.json()["sightings"][0]["camera"], "another camera");
  EXPECT_THAT(narrowed.body, Not(HasSubstr("CAM1")));
  EXPECT_THAT(narrowed.body, Not(HasSubstr("Main Entrance")));
  const auto row = call("GET", "/api/report/attendance?date=2026-02-02&employee=D1").json()["rows"][0];
  EXPECT_EQ(row["first_in"], at(day, "08:00"));
  for (const char* hidden : {"first_in_camera", "first_in_picture", "last_out_camera", "last_out_picture"})
    EXPECT_TRUE(row[hidden].is_null()) << hidden;
  EXPECT_EQ(call("GET", "/api/report/attendance_captures/first_in.jpg?employee_id=D1&date=2026-02-02").status, 404);

  add_user("dina", {.roles = {{"self"}}, .person = std::optional(PersonId(dina))});
  sign_in("dina");
  EXPECT_EQ(call("GET", url + "/explanation").status, 200) << "one's own";
  EXPECT_EQ(call("GET", url).status, 403);
  add_user("somebody", {.roles = {{"self"}}});
  sign_in("somebody");
  EXPECT_EQ(call("GET", url + "/explanation").status, 404);
  sign_out();
  EXPECT_EQ(call("GET", url + "/explanation").status, 401);
}

void ApiStories::reviews_story() {
  const std::string day = "2026-02-03";
  begin_office_day(day);
  std::vector<std::string> ids;
  for (const char* code : {"V1", "V2", "V3", "V4"})
    ids.push_back(new_person("Rina", code, {{"employee_code", code}, {"department", "Review"}}));
  see(ids[0], at(day, "08:00"), 0.65F, 11);
  see(ids[1], at(day, "08:05"), 0.62F, 12);
  see(ids[3], at(day, "08:10"), 0.61F, 13);
  see(ids[3], at(day, "16:50"), 0.95F, 14);
  pass_to(at("2026-02-04", "09:00"));
  const std::string list = "/api/reviews?from=2026-02-03&to=2026-02-03";
  const auto waiting = call("GET", list).json();
  ASSERT_EQ(waiting["total"], 3) << waiting;
  const auto second = call("GET", list + "&page=2&page_size=2").json();
  EXPECT_EQ(second["total"], 3);
  ASSERT_EQ(second["items"].size(), 1U);
  EXPECT_EQ(second["items"][0], waiting["items"][2]) << "the order is stable";
  const auto item_of = [&](const std::string& code) {
    const auto items = call("GET", list + "&employee=" + code).json()["items"];
    return items.empty() ? Json() : items[0];
  };
  const auto item = item_of("V1");
  EXPECT_EQ(item["end"], "first_in");
  EXPECT_EQ(item["camera"]["name"], "Main Entrance");
  EXPECT_EQ(item["confidence"], 0.65);
  EXPECT_EQ(item["reason"]["code"], "unsure_first_in");
  EXPECT_EQ(item["reason"]["values"], (Json{{"confidence", 0.65}, {"least", 0.7}}));
  EXPECT_EQ(item["is_over"], true);
  EXPECT_EQ(call("GET", item["picture"].get<std::string>()).status, 200);
  for (const char* query : {"?from=2026-02-03&to=2026-02-02", "?page=0", "?page_size=1000", "?state=open", "?from=x"})
    EXPECT_EQ(call("GET", std::string("/api/reviews") + query).status, 400) << query;
  EXPECT_EQ(call("GET", "/api/reviews?employee=nobody").status, 404);

  const auto decide = [&](const std::string& code, const Json& body) {
    return call("POST", "/api/reviews/" + code + "/" + day, body);
  };
  const Json seen{{"updated_at", item["updated_at"]}};
  const auto with = [&](Json more, const std::string& code = "V1") {
    if (!more.contains("updated_at")) more["updated_at"] = item_of(code)["updated_at"];
    return more;
  };
  EXPECT_THAT(faults(decide("V1", Json{{"decision", "confirm"}})), ElementsAre("updated_at"));
  EXPECT_THAT(faults(decide("V1", with({{"decision", "perhaps"}}))), ElementsAre("decision"));
  EXPECT_THAT(faults(decide("V1", with({{"decision", "other_person"}}))), ElementsAre("person_id"));
  EXPECT_THAT(faults(decide("V1", with({{"decision", "other_person"}, {"person_id", "V1"}}))),
              ElementsAre("person_id"));
  EXPECT_THAT(faults(decide("V1", with({{"decision", "reject"}, {"person_id", "V2"}}))), ElementsAre("person_id"));
  EXPECT_EQ(decide("V1", with({{"decision", "other_person"}, {"person_id", "nobody"}})).status, 404);
  EXPECT_EQ(decide("nobody", with({{"decision", "confirm"}})).status, 404);
  EXPECT_EQ(decide("V3", with({{"decision", "confirm"}})).status, 409) << "nothing waits there";
  EXPECT_EQ(decide("V1", Json{{"decision", "confirm"}, {"updated_at", at(day, "01:00")}}).status, 409);

  add_user("kitchen.boss", {.roles = {{"hr"}}, .departments = {{"Kitchen"}}});
  add_user("back.boss", {.roles = {{"hr"}}, .cameras = {{CameraId("CAM2")}}});
  const Json confirm = with({{"decision", "confirm"}, {"reason", "I know her"}});
  for (const char* narrowed : {"kitchen.boss", "back.boss"}) {
    sign_in(narrowed);
    EXPECT_EQ(call("GET", list).json()["total"], 0) << narrowed;
    EXPECT_EQ(decide("V1", confirm).status, 404) << narrowed;
  }
  sign_in("siti");
  const auto confirmed = decide("V1", confirm);
  ASSERT_EQ(confirmed.status, 200) << confirmed.body;
  EXPECT_EQ(confirmed.json()["day"]["entry_type"], "MANUAL");
  EXPECT_EQ(confirmed.json()["day"]["approved_by"], "siti");
  EXPECT_EQ(decide("V1", confirm).status, 409) << "decided already";
  const auto history = call("GET", day_url("V1", day, "/history")).json();
  ASSERT_THAT(history, SizeIs(1));
  EXPECT_EQ(history[0]["decision"], "check_in");
  EXPECT_EQ(history[0]["reason"], "I know her");

  const auto moved = decide("V2", with({{"decision", "other_person"}, {"person_id", "V3"}}, "V2"));
  ASSERT_EQ(moved.status, 200) << moved.body;
  EXPECT_EQ(moved.json()["day"]["status"], "ABSENT");
  const auto theirs = call("GET", day_url("V3", day)).json();
  EXPECT_EQ(theirs["first_in"], at(day, "08:05"));
  EXPECT_EQ(theirs["first_in_confidence"], 1.0);
  EXPECT_EQ(call("GET", theirs["first_in_picture"].get<std::string>()).status, 200) << "the picture went along";
  EXPECT_EQ(item_of("V4")["time"], at(day, "16:50")) << "a sure one, but an arrival in the evening";
  const auto rejected = decide("V4", with({{"decision", "reject"}}, "V4"));
  ASSERT_EQ(rejected.status, 200) << rejected.body;
  EXPECT_EQ(rejected.json()["day"]["first_in"], at(day, "08:10")) << "of what is left";
  EXPECT_EQ(rejected.json()["is_waiting_again"], true) << "nor is that sure";
  EXPECT_EQ(call("GET", list).json()["total"], 1);
  EXPECT_EQ(audit_count("attendance.review"), 3);
  set_clock("2026-01-05T12:00:00+07:00");
}

void ApiStories::exceptions_story() {
  const std::string day = "2026-02-05";
  begin_office_day(day);
  new_person("Lena", "Leave", {{"employee_code", "L1"}, {"department", "Leave"}});
  pass_to(at("2026-02-06", "09:00"));
  const auto status = [&] { return call("GET", day_url("L1", day)).json()["status"]; };
  EXPECT_EQ(status(), "ABSENT");
  const auto post = [&](const Json& body) { return call("POST", "/api/exceptions", body); };
  const Json leave{{"employee_id", "L1"}, {"type", "leave"}, {"from", day}, {"reason", "ill"}};
  EXPECT_THAT(faults(post({{"employee_id", "L1"}, {"type", "nap"}, {"from", day}})), ElementsAre("type"));
  EXPECT_THAT(faults(post({{"employee_id", "L1"}, {"type", "leave"}})), ElementsAre("from"));
  EXPECT_THAT(faults(post({{"type", "leave"}, {"from", day}})), ElementsAre("employee_id"));
  EXPECT_THAT(faults(post({{"type", "holiday"}, {"from", day}, {"to", "2026-02-01"}})), ElementsAre("to"));
  EXPECT_THAT(faults(post({{"type", "holiday"}, {"from", day}, {"to", "2028-02-01"}})), ElementsAre("to"));
  EXPECT_EQ(post({{"employee_id", "nobody"}, {"type", "leave"}, {"from", day}}).status, 404);

  add_clerk();
  add_user("cleo", {.roles = {{"clerk"}}});
  sign_in("cleo");
  Json at_once = leave;
  at_once["approve"] = true;
  EXPECT_EQ(post(at_once).status, 403);
  const auto asked = post(leave);
  ASSERT_EQ(asked.status, 201) << asked.body;
  const std::string id = asked.json()[0]["id"];
  EXPECT_EQ(asked.json()[0]["approved"], false);
  EXPECT_EQ(status(), "ABSENT") << "it does not count yet";
  EXPECT_EQ(post(leave).status, 409);
  EXPECT_EQ(call("POST", "/api/exceptions/" + id + "/approve").status, 403);
  sign_in("siti");
  EXPECT_EQ(call("POST", "/api/exceptions/nothing/approve").status, 404);
  const auto approved = call("POST", "/api/exceptions/" + id + "/approve");
  ASSERT_EQ(approved.status, 200) << approved.body;
  EXPECT_EQ(approved.json()["approved_by"], "siti");
  EXPECT_EQ(call("POST", "/api/exceptions/" + id + "/approve").status, 409);
  EXPECT_EQ(status(), "ON_LEAVE");
  const std::string list = "/api/exceptions?from=2026-02-01&to=2026-02-28&employee=L1";
  EXPECT_EQ(call("GET", list).json(), Json::array({approved.json()}));
  for (const char* query : {"?from=2026-02-03&to=2026-02-02", "?withdrawn=perhaps", "?year=2026"})
    EXPECT_EQ(call("GET", std::string("/api/exceptions") + query).status, 400) << query;
  EXPECT_EQ(call("GET", "/api/exceptions?employee=nobody").status, 404);

  sign_in("cleo");
  EXPECT_EQ(call("DELETE", "/api/exceptions/" + id).status, 403) << "it is approved";
  add_user("kitchen.leave", {.roles = {{"hr"}}, .departments = {{"Kitchen"}}});
  sign_in("kitchen.leave");
  EXPECT_EQ(call("DELETE", "/api/exceptions/" + id).status, 404);
  EXPECT_EQ(call("GET", "/api/exceptions?from=2026-02-01&to=2026-02-28").json(), Json::array());
  EXPECT_EQ(post({{"type", "holiday"}, {"from", "2026-02-17"}}).status, 403) << "everybody's";
  sign_in("siti");
  EXPECT_EQ(call("DELETE", "/api/exceptions/" + id).status, 200);
  EXPECT_EQ(status(), "ABSENT");
  EXPECT_EQ(call("DELETE", "/api/exceptions/" + id).status, 409);
  EXPECT_EQ(call("DELETE", "/api/exceptions/nothing").status, 404);
  EXPECT_EQ(call("GET", list).json(), Json::array());
  EXPECT_EQ(call("GET", list + "&withdrawn=true").json().size(), 1U);

  const auto holiday = post({{"type", "holiday"}, {"from", "2026-02-16"}, {"to", "2026-02-17"}, {"reason", "Imlek"}});
  ASSERT_EQ(holiday.status, 201) << holiday.body;
  EXPECT_EQ(holiday.json().size(), 2U);
  EXPECT_TRUE(holiday.json()[0]["employee_id"].is_null());
  EXPECT_FALSE(*database_->attendance().day((*database_->persons().find_by_code("L1"))->id, *parse_day("2026-02-16")))
      << "days to come are judged when they come";
  EXPECT_EQ(audit_count("exception.add"), 3);
  set_clock("2026-01-05T12:00:00+07:00");
}

void ApiStories::figures_story() {
  const std::string day = "2026-02-09";
  begin_office_day(day);
  const auto punctual = new_person("Fina", "Figures", {{"employee_code", "F1"}, {"department", "Figures"}});
  const auto late = new_person("Fero", "Figures", {{"employee_code", "F2"}, {"department", "Figures"}});
  see(punctual, at(day, "08:00"), 0.95F, 21);
  see(late, at(day, "08:40"), 0.95F, 22);
  see(punctual, at(day, "11:10"), 0.95F, 23);
  pass_to(at(day, "14:00"));
  const std::string presence = "/api/report/presence?date=2026-02-09&department=Figures";
  const auto slots = call("GET", presence).json()["slots"];
  ASSERT_EQ(slots.size(), 15U) << "up to now";
  const auto present = [&](std::size_t hour) { return slots[hour]["present"]; };
  EXPECT_EQ(slots[8]["from"], at(day, "08:00"));
  EXPECT_EQ(present(7), 0);
  EXPECT_EQ(present(8), 2);
  EXPECT_EQ(present(10), 1) << "between first in and last out";
  EXPECT_EQ(present(12), 0);
  EXPECT_EQ(slots[8]["seen"], 2);
  EXPECT_EQ(slots[10]["seen"], 0) << "before no camera";
  EXPECT_EQ(slots[11]["seen"], 1);
  EXPECT_EQ(call("GET", presence + "&minutes=30").json()["slots"].size(), 29U);
  EXPECT_EQ(call("GET", presence + "&employee=F2").json()["slots"][8]["present"], 1);

  const std::string figures = "/api/report/daily_figures?department=Figures";
  const auto days = call("GET", figures + "&from=2026-02-08&to=2026-02-09").json()["days"];
  ASSERT_EQ(days.size(), 2U);
  EXPECT_EQ(days[1]["date"], day);
  EXPECT_EQ(days[1]["late"], 1);
  EXPECT_EQ(days[1]["present"], 1);
  EXPECT_EQ(days[1]["late_minutes"], 40);
  EXPECT_EQ(days[0]["late_minutes"], 0);
  EXPECT_EQ(call("GET", figures).json()["days"].size(), 28U);

  for (const char* wrong :
       {"presence?date=2026-02-10", "presence?minutes=1", "presence?date=x", "presence?day=2026-02-09",
        "daily_figures?to=2026-02-10", "daily_figures?from=2026-02-09&to=2026-02-08", "daily_figures?from=2025-01-01"})
    EXPECT_EQ(call("GET", std::string("/api/report/") + wrong).status, 400) << wrong;
  for (const char* path : {"presence", "daily_figures"})
    EXPECT_EQ(call("GET", std::string("/api/report/") + path + "?employee=nobody").status, 404) << path;
  add_user("kitchen.figures", {.roles = {{"viewer"}}, .departments = {{"Kitchen"}}});
  sign_in("kitchen.figures");
  EXPECT_EQ(call("GET", presence).json()["slots"][8]["present"], 0);
  EXPECT_EQ(call("GET", figures + "&from=2026-02-09").json()["days"][0]["late"], 0);
  set_clock("2026-01-05T12:00:00+07:00");
}

void ApiStories::import_story() {
  new_person("Ida", "Import", {{"employee_code", "I1"}, {"department", "Import"}});
  const std::string csv =
      "employee_id,name,department,shoe_size\nI1,Ida Import,Lists,38\nI2,Igor Import,Lists,44\nI3,,Lists,1\n";
  const auto post = [&](const Json& body) { return call("POST", "/api/employees/import", body); };
  const auto preview = post({{"content", csv}, {"preview", true}});
  ASSERT_EQ(preview.status, 200) << preview.body;
  const auto told = preview.json();
  EXPECT_EQ(told["added"], 1);
  EXPECT_EQ(told["changed"], 1);
  EXPECT_EQ(told["left_out"], 1);
  EXPECT_EQ(told["problems"][0]["line"], 4);
  EXPECT_THAT(told["ignored_columns"], ElementsAre("shoe_size"));
  ASSERT_EQ(told["rows"].size(), 2U);
  EXPECT_EQ(told["rows"][0]["action"], "change");
  EXPECT_THAT(told["rows"][0]["fields"], ElementsAre("department"));
  EXPECT_EQ(call("GET", "/api/employees/I2").status, 404) << "a preview changes nothing";
  EXPECT_EQ(audit_count("person.import"), 0);
  auto done = post({{"content", csv}}).json();
  EXPECT_EQ(done["preview"], false);
  done["preview"] = true;
  EXPECT_EQ(done, told) << "what was told is what was done";
  EXPECT_EQ(call("GET", "/api/employees/I1").json()["department"], "Lists");
  EXPECT_EQ(call("GET", "/api/employees/I2").json()["name"], "Igor Import");
  EXPECT_EQ(post({{"content", csv}}).json()["unchanged"], 2);
  const auto json = post({{"format", "json"}, {"content", R"([{"nik":"I4","nama":"Ismail","jabatan":"Cook"}])"}});
  EXPECT_EQ(json.json()["added"], 1) << json.body;
  EXPECT_EQ(call("GET", "/api/employees/I4").json()["role"], "Cook");

  EXPECT_THAT(faults(post(Json::object())), ElementsAre("content"));
  EXPECT_THAT(faults(post({{"content", csv}, {"format", "xlsx"}})), ElementsAre("format"));
  EXPECT_THAT(faults(post({{"content", "{"}, {"format", "json"}})), ElementsAre("content"));
  EXPECT_EQ(call("POST", "/api/employees/import", std::string(5 << 20, ' ')).status, 413);
  add_user("kitchen.import", {.roles = {{"hr"}}, .departments = {{"Kitchen"}}});
  sign_in("kitchen.import");
  EXPECT_EQ(post({{"content", csv}}).status, 403);
  sign_in("siti");

  const auto would = call("GET", "/api/employees/I2/erasure");
  ASSERT_EQ(would.status, 200) << would.body;
  EXPECT_EQ(call("GET", "/api/employees/nobody/erasure").status, 404);
  const auto erased = call("DELETE", "/api/employees/I2").json();
  EXPECT_EQ(would.json()["would_erase"], erased["erased"]);
}

void ApiStories::backups_story() {
  EXPECT_EQ(call("GET", "/api/backups").json(), Json::array());
  EXPECT_EQ(call("POST", "/api/backups", Json{{"file", "/etc/passwd"}}).status, 400);
  const auto made = call("POST", "/api/backups");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string name = made.json()["name"];
  EXPECT_GT(made.json()["bytes"], 1000);
  EXPECT_EQ(call("POST", "/api/backups").status, 409) << "there is one of this second";
  EXPECT_EQ(call("GET", "/api/backups").json(), Json::array({made.json()}));
  const auto file = call("GET", "/api/backups/" + name);
  EXPECT_EQ(file.status, 200);
  EXPECT_THAT(file.body, testing::AnyOf(testing::StartsWith("SQLite format 3"), testing::StartsWith("PGDMP")));
  EXPECT_EQ(static_cast<std::int64_t>(file.body.size()), made.json()["bytes"]);
  EXPECT_THAT(file.head, HasSubstr(name.substr(0, 5)));
  for (const char* other : {"hadir.db", "..%2fhadir.db", "hadir-20260105T050001Z.db"})
    for (const char* method : {"GET", "DELETE"})
      EXPECT_EQ(call(method, std::string("/api/backups/") + other).status, 404) << method << other;
  EXPECT_EQ(audit_count("backup.make"), 1);
  EXPECT_EQ(audit_count("backup.download"), 1);
  EXPECT_EQ(call("DELETE", "/api/backups/" + name).status, 200);
  EXPECT_EQ(call("GET", "/api/backups").json(), Json::array());
}

}  // namespace hadir
