#include <format>

#include "integration/api_stories.hpp"

namespace hadir {

using Json = nlohmann::json;

void ApiStories::hostile_story() {
  const auto id = new_person("Hostile", "Target", {{"employee_code", "H1"}});
  const std::pair<std::string, int> bodies[] = {
      {"{", 400},
      {"not json", 400},
      {"[]", 400},
      {"null", 400},
      {"{\"first_name\":\"\xFF\xFE\"}", 400},
      {"{\"first_name\":\"a\\u0000b\"}", 400},
      {"{\"first_name\":\"a\",\"first_name\":\"b\"}", 400},
      {"{\"first_name\":" + std::string(50'000, '['), 400},
      {std::string(50'000, '{'), 400},
      {"{\"first_name\":1e400}", 400},
      {"{\"first_name\":{\"$ne\":null}}", 400},
      {"{\"first_name\":\"" + std::string(300'000, 'a') + "\"}", 413},
  };
  for (const auto& [body, status] : bodies) {
    const auto reply = call("POST", "/api/v1/persons", body);
    EXPECT_EQ(reply.status, status) << body.substr(0, 60);
    EXPECT_FALSE(reply.json()["error"]["message"].get<std::string>().empty()) << body.substr(0, 60);
  }
  EXPECT_EQ(
      call("POST", "/api/v1/persons", "first_name=x", {{"content-type", "application/x-www-form-urlencoded"}}).status,
      415);
  EXPECT_EQ(call("POST", "/api/v1/persons").status, 400);
  // A whole request that is too large is refused before it is read.
  {
    WireClient client(port_);
    client.send(
        std::format("POST /api/v1/persons HTTP/1.1\r\nhost: localhost\r\ncookie: hadir_session={}\r\n"
                    "x-csrf-token: {}\r\ncontent-type: application/json\r\ncontent-length: 999999999\r\n\r\n",
                    cookie_, csrf_));
    EXPECT_EQ(read_reply(client, "POST").status, 413);
  }
  // Texts that would mean something to a database or a file system are texts.
  for (const std::string text :
       {"'; DROP TABLE persons; --", "../../etc/passwd", "Robert\\\"); --", "%00", "<script>"}) {
    const auto reply = call("POST", "/api/v1/persons", Json{{"first_name", text}, {"employee_code", text}});
    ASSERT_EQ(reply.status, 201) << reply.body;
    EXPECT_EQ(reply.json()["data"]["first_name"], text);
    EXPECT_EQ(status_of("DELETE", "/api/v1/persons/" + reply.json()["data"]["id"].get<std::string>()), 204);
  }
  for (const char* target :
       {"/api/employees/%27%20OR%20%271%27=%271", "/api/employees/..%2f..%2fetc%2fpasswd", "/api/employees/%00",
        "/api/employees/%FF", "/api/v1/persons/1;DROP%20TABLE%20persons", "/api/v1/attendance/%2e%2e",
        "/api/employees/H1/photos/..%2f..%2fhadir.db", "/api/employees/H1/photos/%00"})
    EXPECT_THAT(call("GET", target).status, testing::AnyOf(400, 404)) << target;
  for (const char* target :
       {"/api/v1/persons?page=99999999999999999999", "/api/v1/persons?page=-9223372036854775808",
        "/api/v1/persons/search?q=%FF", "/api/v1/persons/search?q=%00", "/api/v1/persons?department=%C3%28",
        "/api/v1/persons?page=1&page=2", "/api/v1/attendance?from_date=2026-02-30",
        "/api/report/attendance?date=%27%3B--", "/api/v1/attendance?from_date=0000-00-00"})
    EXPECT_EQ(call("GET", target).status, 400) << target;
  // Pictures: what is none, and more than is taken.
  for (const std::string data : {"", "!!!!", "Zm9v=", "data:text/plain,abc"}) {
    const auto reply = call("POST", "/api/v1/persons/" + id + "/enroll", Json{{"frame_data", data}});
    EXPECT_EQ(reply.status, 400) << data;
    EXPECT_THAT(faults(reply), testing::ElementsAre("frame_data"));
  }
  const auto large =
      call("POST", "/api/v1/persons/" + id + "/enroll", Json{{"frame_data", std::string(11'300'000, 'A')}});
  EXPECT_EQ(large.status, 400);
  EXPECT_THAT(faults(large), testing::ElementsAre("frame_data"));
  EXPECT_EQ(call("GET", "/api/employees/H1").status, 200) << "still alive";
}

/// What users, sessions, keys and the audit log answer is as specified; what they mean is tested with them.
void ApiStories::accounts_story() {
  EXPECT_EQ(status_of("GET", "/api/auth/session"), 200);
  EXPECT_EQ(status_of("GET", "/api/auth/sessions"), 200);
  const auto user =
      call("POST", "/api/users", Json{{"name", "rudi"}, {"password", good_password}, {"roles", {"viewer"}}});
  ASSERT_EQ(user.status, 201) << user.body;
  const std::string id = user.json()["id"];
  EXPECT_EQ(status_of("GET", "/api/users"), 200);
  EXPECT_EQ(status_of("GET", "/api/users/" + id), 200);
  EXPECT_EQ(status_of("PUT", "/api/users/" + id, {{"display_name", "Rudi"}}), 200);
  EXPECT_EQ(status_of("POST", "/api/users/" + id + "/password", {{"password", "delapan burung terbang"}}), 200);
  EXPECT_EQ(status_of("POST", "/api/users/" + id + "/invite"), 201);
  EXPECT_EQ(status_of("POST", "/api/users/" + id + "/unlock"), 200);
  EXPECT_EQ(status_of("GET", "/api/roles"), 200);
  EXPECT_EQ(status_of("PUT", "/api/roles/gate", {{"permissions", {"cameras:read"}}}), 200);
  EXPECT_EQ(status_of("DELETE", "/api/roles/gate"), 200);
  const auto key = call("POST", "/api/api_keys", Json{{"name", "payroll"}});
  ASSERT_EQ(key.status, 201) << key.body;
  EXPECT_EQ(status_of("GET", "/api/api_keys"), 200);
  EXPECT_EQ(status_of("DELETE", "/api/api_keys/" + key.json()["id"].get<std::string>()), 200);
  const auto tokens = call("POST", "/api/auth/token", Json{{"name", "siti"}, {"password", good_password}});
  ASSERT_EQ(tokens.status, 200) << tokens.body;
  const auto fresh = call("POST", "/api/auth/token/refresh", Json{{"refresh_token", tokens.json()["refresh_token"]}});
  ASSERT_EQ(fresh.status, 200) << fresh.body;
  EXPECT_EQ(status_of("POST", "/api/auth/token/revoke", {{"refresh_token", fresh.json()["refresh_token"]}}), 200);
  EXPECT_EQ(status_of("GET", "/api/audit?action=user.add"), 200);
  EXPECT_EQ(call("GET", "/api/audit/verify").json()["whole"], true);
  EXPECT_EQ(status_of("DELETE", "/api/users/" + id), 200);
  EXPECT_EQ(status_of("GET", "/healthz"), 200);
  EXPECT_EQ(status_of("GET", "/readyz"), 200);
  EXPECT_EQ(status_of("GET", "/api/cameras"), 200);
  EXPECT_EQ(status_of("GET", "/api/tracking/state"), 200);
  EXPECT_EQ(status_of("GET", "/api/report/alerts"), 200);
}

}  // namespace hadir
