#include "integration/api_stories.hpp"

#include <format>

namespace hadir {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using testing::UnorderedElementsAre;
using Json = nlohmann::json;

void ApiStories::people_story() {
  const auto made = call("POST", "/api/v1/persons",
                         Json{{"first_name", "John"},
                              {"last_name", "Doe"},
                              {"email", "john.doe@company.example"},
                              {"phone", "+1234567890"},
                              {"person_type", "employee"},
                              {"id_number", "EMP123456"},
                              {"id_type", "employee_id"},
                              {"department", "Engineering"},
                              {"organization", "ACME Corp"},
                              {"status", "active"}});
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(made.json()["meta"]["created"], true);
  const auto john = made.json()["data"];
  EXPECT_EQ(john["face_encoding_count"], 0);
  EXPECT_TRUE(john["enrolled_at"].is_null());
  EXPECT_EQ(john["createdAt"], "2026-01-05T12:00:00.000+07:00");
  const std::string id = john["id"];

  // The dashboard shows the same person, by code and by id.
  for (const auto& key : {std::string("EMP123456"), id}) {
    const auto shown = call("GET", "/api/employees/" + key);
    ASSERT_EQ(shown.status, 200) << shown.body;
    EXPECT_EQ(shown.json()["name"], "John Doe");
    EXPECT_EQ(shown.json()["status"], "UNAVAILABLE");
    EXPECT_EQ(shown.json()["person_status"], "active");
  }
  // What one writes the other shows.
  EXPECT_EQ(call("PUT", "/api/employees/EMP123456", Json{{"name", "John Smith"}, {"role", "Fitter"}}).status, 200);
  auto seen = call("GET", "/api/v1/persons/" + id).json()["data"];
  EXPECT_EQ(seen["first_name"], "John");
  EXPECT_EQ(seen["last_name"], "Smith");
  EXPECT_EQ(seen["email"], "john.doe@company.example");
  const auto changed = call("PUT", "/api/v1/persons/" + id, Json{{"department", "Sales"}, {"status", "inactive"}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(changed.json()["data"]["department"], "Sales");
  EXPECT_EQ(call("GET", "/api/employees/" + id).json()["department"], "Sales");
  EXPECT_EQ(call("GET", "/api/employees/" + id).json()["role"], "Fitter");

  const auto added = call("POST", "/api/employees", Json{{"name", "Ana Dewi Putri"}, {"department", "Plant"}});
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_THAT(added.json()["employee_id"].get<std::string>(), testing::StartsWith("E0"));
  const auto ana = call("GET", "/api/v1/persons/" + added.json()["id"].get<std::string>()).json()["data"];
  EXPECT_EQ(ana["first_name"], "Ana Dewi");
  EXPECT_EQ(ana["last_name"], "Putri");

  const auto page = call("GET", "/api/v1/persons?page=1&page_size=1&sort=-created_at&status=inactive&department=Sales");
  EXPECT_EQ(page.json()["meta"], (Json{{"page", 1}, {"pageSize", 1}, {"total", 1}, {"totalPages", 1}}));
  EXPECT_EQ(page.json()["data"][0]["id"], id);
  EXPECT_EQ(call("GET", "/api/v1/persons?page=1000000").json()["data"].size(), 0U);
  const auto summary = call("GET", "/api/v1/persons/summary").json()["data"];
  EXPECT_EQ(summary["persons_with_faces"], 0);
  EXPECT_EQ(summary["total_persons"], summary["by_type"]["employee"].get<int>() +
                                          summary["by_type"]["visitor"].get<int>() +
                                          summary["by_type"]["contractor"].get<int>());

  EXPECT_EQ(status_of("DELETE", "/api/v1/persons/" + id), 204);
  EXPECT_EQ(status_of("GET", "/api/v1/persons/" + id), 404);
  EXPECT_EQ(status_of("GET", "/api/employees/EMP123456"), 404);
  EXPECT_EQ(status_of("DELETE", "/api/v1/persons/" + id), 404);
  EXPECT_EQ(status_of("PUT", "/api/v1/persons/" + id, Json{{"department", "x"}}), 404);
  EXPECT_EQ(call("DELETE", "/api/employees/" + added.json()["id"].get<std::string>()).json()["ok"], true);
  EXPECT_EQ(audit_count("person.remove"), 2);
}

void ApiStories::refusals_story() {
  new_person("Rita", "One", {{"email", "rita@one.example"}, {"employee_code", "R1"}});
  const auto other = new_person("Rita", "Two", {{"employee_code", "R2"}});
  // Conflicts say whose field it is, on both APIs, on creation and change, whatever the case.
  const auto taken = [&](const WireReply& reply, const char* field) {
    EXPECT_EQ(reply.status, 409) << reply.body;
    EXPECT_EQ(reply.json()["error"]["code"], "conflict");
    EXPECT_THAT(faults(reply), ElementsAre(field));
  };
  taken(call("POST", "/api/v1/persons", Json{{"first_name", "X"}, {"email", "RITA@one.example"}}), "email");
  taken(call("POST", "/api/v1/persons", Json{{"first_name", "X"}, {"employee_code", "R1"}}), "employee_code");
  taken(call("POST", "/api/employees", Json{{"name", "X"}, {"employee_id", "R1"}}), "employee_id");
  taken(call("PUT", "/api/v1/persons/" + other, Json{{"email", "rita@one.example"}}), "email");
  taken(call("PUT", "/api/employees/R2", Json{{"employee_id", "R1"}}), "employee_id");

  const struct {
    const char* method;
    const char* target;
    Json body;
    const char* field;
  } wrong[] = {
      {"POST", "/api/v1/persons", Json::object(), "first_name"},
      {"POST", "/api/v1/persons", {{"first_name", ""}}, "first_name"},
      {"POST", "/api/v1/persons", {{"first_name", nullptr}}, "first_name"},
      {"POST", "/api/v1/persons", {{"first_name", 5}}, "first_name"},
      {"POST", "/api/v1/persons", {{"first_name", std::string(101, 'x')}}, "first_name"},
      {"POST", "/api/v1/persons", {{"first_name", "A"}, {"email", "no address"}}, "email"},
      {"POST", "/api/v1/persons", {{"first_name", "A"}, {"email", "a@b@c"}}, "email"},
      {"POST", "/api/v1/persons", {{"first_name", "A"}, {"person_type", "robot"}}, "person_type"},
      {"POST", "/api/v1/persons", {{"first_name", "A"}, {"status", "ACTIVE"}}, "status"},
      {"POST", "/api/v1/persons", {{"first_name", "A"}, {"firstname", "B"}}, "firstname"},
      {"POST",
       "/api/v1/persons",
       {{"first_name", "A"}, {"employee_code", "01900000-0000-7000-8000-000000000001"}},
       "employee_code"},
      {"POST", "/api/employees", Json::object(), "name"},
      {"POST", "/api/employees", {{"name", "A"}, {"type", 1}}, "type"},
      {"PUT", "/api/employees/R2", {{"name", ""}}, "name"},
      {"PUT", "/api/employees/R2", {{"status", "AVAILABLE"}}, "status"},
      {"GET", "/api/v1/persons?page=0", nullptr, "page"},
      {"GET", "/api/v1/persons?page=-1", nullptr, "page"},
      {"GET", "/api/v1/persons?page_size=101", nullptr, "page_size"},
      {"GET", "/api/v1/persons?status=gone", nullptr, "status"},
      {"GET", "/api/v1/persons?sort=password_hash", nullptr, "sort"},
      {"GET", "/api/v1/persons?departmnet=x", nullptr, "departmnet"},
      {"GET", "/api/v1/persons/search", nullptr, "q"},
      {"GET", "/api/v1/attendance?from_date=2026-01-05&to_date=2026-01-04", nullptr, "to_date"},
      {"GET", "/api/v1/attendance?from_date=yesterday", nullptr, "from_date"},
      {"GET", "/api/v1/attendance?status=PRESENT", nullptr, "status"},
      {"GET", "/api/v1/attendance/reports/daily?date=2099-01-01", nullptr, "date"},
      {"GET", "/api/v1/attendance/R2/statistics?from_date=1900-01-01", nullptr, "from_date"},
      {"POST", "/api/v1/attendance/check-in", Json::object(), "person_id"},
      {"POST",
       "/api/v1/attendance/check-in",
       {{"person_id", "R2"}, {"confidence_threshold", 1.5}},
       "confidence_threshold"},
      {"POST", "/api/v1/attendance/check-out", {{"person_id", 7}}, "person_id"},
      {"GET", "/api/report/attendance?date=2026-01-05&from=2026-01-04", nullptr, "date"},
      {"GET", "/api/report/attendance?from=2025-01-01&to=2026-01-01", nullptr, "from"},
      {"GET", "/api/report/attendance?format=xlsx", nullptr, "format"},
      {"GET", "/api/report/attendance?format=pdf", nullptr, "format"},
      {"GET", "/api/report/attendance?status=present", nullptr, "status"},
      {"GET", "/api/report/attendance?status=LATE,", nullptr, "status"},
      {"GET", "/api/report/alerts?format=xlsx", nullptr, "format"},
      {"GET", "/api/report/alerts?resolved=true&unresolved=true", nullptr, "resolved"},
      {"GET", "/api/report/alerts?date_from=2026-01-05&date_to=2026-01-01", nullptr, "date_to"},
      {"GET", "/api/report/alerts?unresolved=perhaps", nullptr, "unresolved"},
      {"GET", "/api/employees?page_size=1001", nullptr, "page_size"},
  };
  for (const auto& one : wrong) {
    const auto reply = call(one.method, one.target, one.body.is_null() ? std::string{} : one.body.dump());
    EXPECT_EQ(reply.status, 400) << one.method << " " << one.target << one.body << reply.body;
    EXPECT_THAT(faults(reply), Contains(one.field)) << one.target << one.body;
    if (reply.status == 400) {
      EXPECT_THAT(reply.json()["error"]["message"].get<std::string>(), HasSubstr(": ")) << one.target;
    }
  }
}

void ApiStories::search_story() {
  const auto asa = new_person("Åsa", "Öberg", {{"email", "asa@search.example"}});
  const auto lukasz = new_person("Łukasz", "Żółć");
  const auto strasse = new_person("Maria", "Großmann", {{"phone", "0812-77 88"}});
  const auto percent = new_person("100%", "Sure_Thing");
  const auto found = [&](const std::string& q) {
    const auto reply = call("GET", "/api/v1/persons/search?q=" + q);
    EXPECT_EQ(reply.status, 200) << reply.body;
    std::vector<std::string> ids;
    const auto json = reply.json();
    for (const auto& one : json["data"]) ids.push_back(one["id"]);
    return ids;
  };
  for (const char* q : {"asa", "ASA", "%C3%85SA", "%C3%A5sa", "A%CC%8Asa", "oberg", "%C3%B6BERG", "asa+oberg",
                        "oberg+asa", "ASA%40SEARCH.example"})
    EXPECT_THAT(found(q), ElementsAre(asa)) << q;
  EXPECT_THAT(found("lukasz"), ElementsAre(lukasz));
  EXPECT_THAT(found("ZOLC"), ElementsAre(lukasz));
  EXPECT_THAT(found("grossmann"), ElementsAre(strasse));
  EXPECT_THAT(found("GRO%C3%9FMANN"), ElementsAre(strasse));
  EXPECT_THAT(found("77+88"), ElementsAre(strasse));
  EXPECT_THAT(found("100%25"), ElementsAre(percent)) << "a percent sign is a letter";
  EXPECT_THAT(found("e_t"), ElementsAre(percent)) << "and so is an underscore";
  EXPECT_THAT(found("%25"), ElementsAre(percent));
  EXPECT_THAT(found("%27%20OR%201=1--"), ElementsAre());
  const auto searches = audit_count("person.search");
  EXPECT_GE(searches, 1);
  for (const char* again : {"q=oberg", "q=oberg", "q=oberg&sort=-name", ""})
    EXPECT_EQ(call("GET", std::string("/api/employees?") + again).status, 200);
  EXPECT_EQ(call("GET", "/api/employees?q=" + std::string(200, 'x')).status, 400);
  EXPECT_EQ(audit_count("person.search"), searches + 1) << "a list that is fetched again is one search";
  // A changed name is found anew.
  EXPECT_EQ(status_of("PUT", "/api/v1/persons/" + asa, {{"last_name", "Nyström"}}), 200);
  EXPECT_THAT(found("nystrom"), ElementsAre(asa));
  EXPECT_THAT(found("oberg"), ElementsAre());
  for (const auto& id : {asa, lukasz, strasse, percent}) EXPECT_EQ(status_of("DELETE", "/api/v1/persons/" + id), 204);
}

void ApiStories::attendance_story() {
  set_clock("2026-01-06T08:00:00+07:00");
  const auto id = new_person("Tono", "Works", {{"employee_code", "T1"}, {"department", "Day shift"}});
  auto state = call("GET", "/api/v1/attendance/status/" + id).json()["data"];
  EXPECT_EQ(state["checked_in"], false);
  EXPECT_TRUE(state["check_in_time"].is_null());

  EXPECT_EQ(call("POST", "/api/v1/attendance/check-out", Json{{"person_id", id}}).status, 409);
  const auto in = call("POST", "/api/v1/attendance/check-in", Json{{"person_id", id}, {"confidence_threshold", 0.7}});
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(in.json()["data"]["person_name"], "Tono Works");
  EXPECT_EQ(in.json()["data"]["check_in_time"], "2026-01-06T08:00:00.000+07:00");
  EXPECT_EQ(in.json()["data"]["confidence"], 1.0);
  const auto again = call("POST", "/api/v1/attendance/check-in", Json{{"person_id", id}});
  EXPECT_EQ(again.status, 409);
  EXPECT_THAT(again.json()["error"]["message"].get<std::string>(), HasSubstr("checked in already"));
  EXPECT_EQ(call("POST", "/api/v1/attendance/check-in", Json{{"person_id", "nobody"}}).status, 404);

  set_clock("2026-01-06T10:30:00+07:00");
  state = call("GET", "/api/v1/attendance/status/" + id).json()["data"];
  EXPECT_EQ(state["checked_in"], true);
  EXPECT_EQ(state["current_duration_minutes"], 150);

  set_clock("2026-01-06T16:15:30+07:00");
  const auto out = call("POST", "/api/v1/attendance/check-out", Json{{"person_id", id}});
  ASSERT_EQ(out.status, 200) << out.body;
  EXPECT_EQ(out.json()["data"]["duration_minutes"], 495);
  EXPECT_EQ(call("POST", "/api/v1/attendance/check-out", Json{{"person_id", id}}).status, 409);
  state = call("GET", "/api/v1/attendance/status/" + id).json()["data"];
  EXPECT_EQ(state["checked_in"], false);

  const auto list = call("GET", "/api/v1/attendance?person_id=" + id + "&from_date=2026-01-01&to_date=2026-01-31");
  ASSERT_EQ(list.status, 200) << list.body;
  ASSERT_EQ(list.json()["data"].size(), 1U);
  const auto day = list.json()["data"][0];
  EXPECT_EQ(day["attendance_date"], "2026-01-06");
  EXPECT_EQ(day["check_in_source"], "manual");
  EXPECT_EQ(day["is_manual"], true);
  EXPECT_EQ(day["duration_minutes"], 495);
  EXPECT_EQ(day["approved_by"], "siti");
  EXPECT_EQ(call("GET", "/api/v1/attendance/" + id).json()["data"], list.json()["data"]);
  EXPECT_EQ(call("GET", "/api/v1/attendance?status=absent&person_id=" + id).json()["meta"]["total"], 0);

  // The dashboard's report shows the same day.
  const auto report = call("GET", "/api/report/attendance?date=2026-01-06&employee=T1").json();
  ASSERT_EQ(report["rows"].size(), 1U);
  EXPECT_EQ(report["rows"][0]["entry_type"], "MANUAL");
  EXPECT_EQ(report["rows"][0]["first_in"], "2026-01-06T08:00:00.000+07:00");
  EXPECT_EQ(report["date"], "2026-01-06");
  const auto range = call("GET", "/api/report/attendance?from=2026-01-05&to=2026-01-06&department=Day%20shift").json();
  EXPECT_EQ(range["total"], 1) << "not yet known on the fifth";
  EXPECT_EQ(call("GET", "/api/report/attendance?date=2026-01-06&employee=nobody").status, 404);
  const auto of_status = [&](const std::string& status) {
    return call("GET", "/api/report/attendance?date=2026-01-06&employee=T1&status=" + status).json();
  };
  const auto status = report["rows"][0]["status"].get<std::string>();
  EXPECT_EQ(of_status("ABSENT," + status)["rows"], report["rows"]);
  EXPECT_EQ(of_status("ABSENT,ON_LEAVE")["total"], 0);
  EXPECT_EQ(of_status("ABSENT,ON_LEAVE")["counts"], report["counts"]) << "the counts are of all";
  const auto file = request("GET", "/api/report/attendance?date=2026-01-06&employee=T1&format=csv", {}, "");
  EXPECT_TRUE(file.has_header("content-type: text/csv"));
  EXPECT_TRUE(file.has_header("content-disposition: attachment; filename=\"attendance_2026-01-06.csv\""));
  EXPECT_THAT(file.body, StartsWith("\xEF\xBB\xBF"
                                    "date,employee_id,"));
  EXPECT_THAT(file.body, HasSubstr("\r\n2026-01-06,T1,"));
  EXPECT_THAT(file.body, HasSubstr(",2026-01-06 08:00:00,"));
  EXPECT_EQ(std::ranges::count(file.body, '\n'), 2);
  EXPECT_EQ(audit_count("report.export"), 1) << "who took it is noted";

  const auto daily = call("GET", "/api/v1/attendance/reports/daily?date=2026-01-06").json()["data"];
  EXPECT_EQ(daily["total_persons"], daily["present"].get<int>() + daily["absent"].get<int>());
  EXPECT_GE(daily["present"].get<int>(), 1);

  // An alert of that day, with the schedule of its moment.
  Violation alert;
  alert.id = AlertId("alert of " + id);
  alert.person = PersonId(id);
  alert.day = *parse_day("2026-01-06");
  alert.camera = CameraId("CAM1");
  alert.last_seen = *parse_iso8601("2026-01-06T10:00:00+07:00");
  alert.opened_at = *parse_iso8601("2026-01-06T10:01:00+07:00");
  alert.resolved_at = *parse_iso8601("2026-01-06T10:05:30+07:00");
  alert.schedule.work_hours = "08:00-17:00";
  ASSERT_TRUE(database_->alerts().put(alert));
  const auto alerts = call("GET", "/api/report/alerts?date_from=2026-01-06&date_to=2026-01-06&employee=T1").json();
  ASSERT_EQ(alerts["total"], 1);
  EXPECT_EQ(alerts["rows"][0]["camera"], "Main Entrance");
  EXPECT_EQ(alerts["rows"][0]["absence_seconds"], 330);
  EXPECT_EQ(alerts["rows"][0]["schedule"]["work_hours"], "08:00-17:00");
  EXPECT_EQ(call("GET", "/api/report/alerts?date_from=2026-01-06&date_to=2026-01-06&employee=T1&resolved=true").json(),
            alerts);
  const auto alert_file =
      request("GET", "/api/report/alerts?date_from=2026-01-06&date_to=2026-01-06&employee=T1&format=csv", {}, "");
  EXPECT_TRUE(alert_file.has_header("content-disposition: attachment; filename=\"alerts_2026-01-06_2026-01-06.csv\""));
  EXPECT_THAT(alert_file.body,
              HasSubstr(",Main Entrance,2026-01-06 10:00:00,2026-01-06 10:01:00,2026-01-06 10:05:30,330,"));
  for (const char* none : {"date_from=2026-01-05&date_to=2026-01-05", "date_from=2026-01-06&unresolved=true",
                           "date_from=2026-01-06&department=Nowhere"})
    EXPECT_EQ(call("GET", std::string("/api/report/alerts?employee=T1&") + none).json()["total"], 0) << none;

  // Two days later one day was missed.
  set_clock("2026-01-08T06:00:00+07:00");
  const auto statistics =
      call("GET", "/api/v1/attendance/" + id + "/statistics?from_date=2026-01-01&to_date=2026-01-31").json()["data"];
  EXPECT_EQ(statistics["days_present"], 1);
  EXPECT_EQ(statistics["total_working_days"].get<int>(), 1 + statistics["days_absent"].get<int>());
  for (const char* path :
       {"/api/v1/attendance/nobody", "/api/v1/attendance/nobody/statistics", "/api/v1/attendance/status/nobody"})
    EXPECT_EQ(call("GET", path).status, 404) << path;
  EXPECT_EQ(status_of("PUT", "/api/v1/persons/" + id, {{"status", "archived"}}), 200);
  EXPECT_EQ(call("POST", "/api/v1/attendance/check-in", Json{{"person_id", id}}).status, 409);
  EXPECT_EQ(
      call("GET", "/api/v1/attendance/" + id + "?from_date=2026-01-06&to_date=2026-01-06").json()["meta"]["total"], 1)
      << "an archived person keeps their attendance";
  set_clock("2026-01-05T12:00:00+07:00");
}

void ApiStories::erasure_story() {
  const auto id = new_person("Gone", "Soon", {{"employee_code", "G1"}});
  const PersonId person(id);
  const Bytes jpeg{0xFF, 0xD8, 0xFF, 0xD9};
  const auto kept = [&](const std::string& path) { return pictures_.get(path).has_value(); };
  for (const char* path : {"face_images/G1/001.jpg", "attendance_captures/2026-01-05/G1/first_in.jpg",
                           "attendance_captures/2026-01-05/G1/meta.json", "captures/CAM1/crop.jpg"})
    ASSERT_TRUE(pictures_.put(path, jpeg));
  FaceTemplate face;
  face.id = TemplateId("01900000-0000-7000-8000-0000000000f1");
  face.person = person;
  face.model = {"m", "00"};
  face.embedding = *Embedding::raw(std::array{1.F, 0.F});
  face.pose = "front";
  face.photo = "face_images/G1/001.jpg";
  face.created_at = clock_.now();
  ASSERT_TRUE(database_->templates().add(std::vector{face}));
  AttendanceDay day;
  day.person = person;
  day.day = *parse_day("2026-01-05");
  day.first_in = AttendanceMark{.at = clock_.now(),
                                .camera = CameraId("CAM1"),
                                .confidence = 0.9F,
                                .sighting = {},
                                .picture = "attendance_captures/2026-01-05/G1/first_in.jpg"};
  ASSERT_TRUE(database_->attendance().put_day(day));
  Sighting sighting;
  sighting.id = SightingId("01900000-0000-7000-8000-0000000000a1");
  sighting.camera = CameraId("CAM1");
  sighting.person = person;
  sighting.at = clock_.now();
  sighting.picture = "captures/CAM1/crop.jpg";
  ASSERT_TRUE(database_->sightings().add(sighting));

  const auto photos = call("GET", "/api/employees/G1/photos");
  ASSERT_EQ(photos.status, 200);
  ASSERT_EQ(photos.json().size(), 1U);
  const auto photo = call("GET", photos.json()[0]["url"].get<std::string>());
  EXPECT_EQ(photo.status, 200);
  EXPECT_EQ(photo.body, std::string(jpeg.begin(), jpeg.end()));
  EXPECT_EQ(call("GET", "/api/employees/G1/face_templates").json()[0]["pose"], "front");

  const auto erased = call("DELETE", "/api/employees/G1");
  ASSERT_EQ(erased.status, 200) << erased.body;
  EXPECT_EQ(
      erased.json()["erased"],
      (Json{
          {"templates", 1}, {"photos", 1}, {"captures", 2}, {"attendance_days", 1}, {"sightings_made_anonymous", 1}}));
  for (const char* path : {"face_images/G1/001.jpg", "attendance_captures/2026-01-05/G1/first_in.jpg",
                           "attendance_captures/2026-01-05/G1/meta.json", "captures/CAM1/crop.jpg"})
    EXPECT_FALSE(kept(path)) << path;
  EXPECT_EQ(database_->templates().of_person(person)->size(), 0U);
  EXPECT_FALSE(*database_->attendance().day(person, day.day));
  const auto left = database_->sightings().sighting(sighting.id);
  ASSERT_TRUE(left && *left);
  EXPECT_FALSE((*left)->person);
  EXPECT_EQ(call("GET", "/api/employees/G1/photos").status, 404);
}

void ApiStories::narrowing_story() {
  new_person("Nina", "Inside", {{"employee_code", "N1"}, {"department", "Kitchen"}});
  new_person("Olaf", "Outside", {{"employee_code", "N2"}, {"department", "Office"}});
  for (const char* code : {"N1", "N2"})
    EXPECT_EQ(call("POST", "/api/v1/attendance/check-in", Json{{"person_id", code}}).status, 200);
  const auto made = access_->accounts.add_user("kitchen.hr", good_password,
                                               {.roles = {{"hr"}}, .departments = {{"Kitchen"}}}, {"test", ""});
  ASSERT_TRUE(made) << made.error().message;
  sign_in("kitchen.hr");
  const auto codes = [&](const std::string& target, const char* list, const char* key) {
    std::vector<std::string> found;
    const auto json = call("GET", target).json();
    for (const auto& one : list[0] == '\0' ? json : json[list]) found.push_back(one[key]);
    return found;
  };
  EXPECT_THAT(codes("/api/employees", "", "employee_id"), ElementsAre("N1"));
  EXPECT_THAT(codes("/api/v1/persons", "data", "employee_code"), ElementsAre("N1"));
  EXPECT_THAT(codes("/api/v1/persons/search?q=side", "data", "employee_code"), ElementsAre("N1"));
  EXPECT_THAT(codes("/api/report/attendance", "rows", "employee_id"), ElementsAre("N1"));
  EXPECT_EQ(call("GET", "/api/v1/attendance").json()["meta"]["total"], 1);
  EXPECT_EQ(call("GET", "/api/v1/persons/summary").json()["data"]["total_persons"], 1);
  EXPECT_EQ(call("GET", "/api/v1/attendance/reports/daily").json()["data"]["total_persons"], 1);
  for (const char* target :
       {"/api/employees/N2", "/api/v1/persons/N2", "/api/employees/N2/photos", "/api/employees/N2/face_templates",
        "/api/v1/attendance/N2", "/api/v1/attendance/status/N2", "/api/v1/attendance?person_id=N2",
        "/api/report/attendance_captures?employee_id=N2"})
    EXPECT_EQ(call("GET", target).status, 404) << target;
  EXPECT_EQ(call("DELETE", "/api/employees/N2").status, 404);
  EXPECT_EQ(call("PUT", "/api/employees/N2", Json{{"name", "Mine"}}).status, 404);
  EXPECT_EQ(call("POST", "/api/v1/attendance/check-out", Json{{"person_id", "N2"}}).status, 404);
  EXPECT_THAT(faults(call("POST", "/api/employees", Json{{"name", "X"}, {"department", "Office"}})),
              ElementsAre("department"));
  EXPECT_THAT(faults(call("PUT", "/api/employees/N1", Json{{"department", "Office"}})), ElementsAre("department"));
  EXPECT_EQ(call("PUT", "/api/employees/N1", Json{{"role", "Cook"}}).status, 200);
  sign_in("siti");
  EXPECT_EQ(call("GET", "/api/employees/N2").status, 200);
}

}  // namespace hadir
