// Users, roles, API keys and the audit log, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/access_test.hpp"

namespace hadir {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

using AdminRoutesTest = AccessTest;

TEST_F(AdminRoutesTest, UsersAreAddedChangedInvitedAndRemoved) {
  start();
  EXPECT_EQ(post("/api/users", {{"name", "budi"}, {"password", "short"}}).status, 400);
  EXPECT_EQ(post("/api/users", {{"name", "bu di"}}).status, 400);
  EXPECT_EQ(post("/api/users", {{"name", "budi"}, {"roles", {"nothing"}}}).status, 404);
  EXPECT_EQ(post("/api/users", {{"name", "budi"}, {"is_root", true}}).status, 400) << "an unknown field";
  const std::string id = add_user("budi", {{"roles", {"viewer"}}, {"departments", {"Plant"}}, {"cameras", {"CAM1"}}});
  EXPECT_EQ(post("/api/users", credentials("budi")).status, 409);
  EXPECT_EQ(get("/api/users").json().size(), 2U);
  const json budi = get("/api/users/" + id).json();
  EXPECT_EQ(budi["departments"], json({"Plant"}));
  EXPECT_FALSE(budi.contains("password_hash"));
  EXPECT_EQ(get("/api/users/nobody").status, 404);
  EXPECT_EQ(request("PUT", "/api/users/" + id, {}, R"({"roles":["hr"],"departments":[]})").status, 200);
  EXPECT_EQ(get("/api/users/" + id).json()["roles"], json({"hr"}));
  EXPECT_EQ(get("/api/users/" + id).json()["departments"], json::array());
  EXPECT_EQ(get("/api/users/" + id).json()["cameras"], json({"CAM1"})) << "what is not named stays";
  const WireReply invited = post("/api/users/" + id + "/invite", json::object());
  ASSERT_EQ(invited.status, 201);
  EXPECT_THAT(invited.json()["setup_path"].get<std::string>(), testing::StartsWith("/setup#"));
  EXPECT_EQ(post("/api/users/" + id + "/password", {{"password", "delapan kuda lari"}}).status, 200);
  EXPECT_EQ(post("/api/users/" + id + "/unlock", json::object()).status, 200);
  EXPECT_EQ(request("DELETE", "/api/users/" + id, {}).status, 200);
  EXPECT_EQ(get("/api/users/" + id).status, 404);
  const std::string me = get("/api/auth/session").json()["user"]["id"];
  EXPECT_EQ(request("DELETE", "/api/users/" + me, {}).status, 409) << "the last administrator";
}

TEST_F(AdminRoutesTest, WhoIsNarrowedToACameraSeesNoOther) {
  cameras_[1].enabled = true;
  live_.show("CAM2", 1);
  start();
  add_user("dewi", {{"roles", {"viewer"}}, {"cameras", {"CAM1"}}});
  use_session(post("/api/auth/login", credentials("dewi")));
  const json cameras = get("/api/cameras").json();
  ASSERT_EQ(cameras.size(), 1U);
  EXPECT_EQ(cameras[0]["id"], "CAM1");
  EXPECT_EQ(get("/api/cameras/CAM1/snapshot.jpg").status, 200);
  const WireReply hidden = get("/api/cameras/CAM2/snapshot.jpg");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(hidden.body, get("/api/cameras/CAM9/snapshot.jpg").body) << "as if it were not there";
  EXPECT_EQ(get("/api/cameras/CAM2/stream.mjpg").status, 404);
}

TEST_F(AdminRoutesTest, RolesOfOnesOwn) {
  start();
  EXPECT_EQ(get("/api/roles").json().size(), built_in_roles().size());
  const std::string guard = R"({"description":"door","permissions":["cameras:read"]})";
  EXPECT_EQ(request("PUT", "/api/roles/guard", {}, guard).status, 200);
  EXPECT_EQ(request("PUT", "/api/roles/guard", {}, R"({"permissions":["everything"]})").status, 400);
  EXPECT_EQ(request("PUT", "/api/roles/admin", {}, guard).status, 409);
  sign_in_as("guard");
  EXPECT_EQ(get("/api/cameras").status, 200);
  EXPECT_EQ(get("/api/employees").status, 403);
  EXPECT_EQ(get("/api/roles").status, 403);
}

TEST_F(AdminRoutesTest, KeysAreShownOnceAndHaveTheirOwnLimits) {
  start();
  const WireReply made = post("/api/api_keys", {{"name", "payroll"}, {"permissions", {"attendance:read"}}});
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string key = made.json()["key"];
  EXPECT_THAT(get("/api/api_keys").body, Not(HasSubstr(key)));
  EXPECT_EQ(get("/api/api_keys").json()[0]["prefix"], key.substr(0, 10));
  sign_out();
  const auto with = [&](const std::string& header, const std::string& value, const std::string& path) {
    return request("GET", path, {{header, value}}).status;
  };
  EXPECT_EQ(with("x-api-key", key, "/api/report/attendance"), 200);
  EXPECT_EQ(with("authorization", "Bearer " + key, "/api/report/attendance"), 200);
  EXPECT_EQ(with("authorization", "bearer " + key, "/api/report/attendance"), 200);
  EXPECT_EQ(with("x-api-key", key, "/api/users"), 403) << "less than its user";
  EXPECT_EQ(with("x-api-key", key + "x", "/api/report/attendance"), 401);
  EXPECT_EQ(with("authorization", "Basic " + key, "/api/report/attendance"), 401);
  EXPECT_EQ(
      request("POST", "/api/auth/password", {{"x-api-key", key}}, R"({"old_password":"x","new_password":"y"})").status,
      403);
  const WireReply logged_in = post("/api/auth/login", credentials("siti"));
  use_session(logged_in);
  EXPECT_EQ(request("DELETE", "/api/api_keys/" + made.json()["id"].get<std::string>(), {}).status, 200);
  EXPECT_EQ(request("GET", "/api/report/attendance", {{"x-api-key", key}, {"cookie", ""}}).status, 401);
}

TEST_F(AdminRoutesTest, TheAuditLogTellsWhoDidWhatAndWhoReadIt) {
  start();
  add_user("budi", {{"roles", {"viewer"}}});
  const json log = get("/api/audit?action=user.add").json();
  ASSERT_EQ(log["total"], 1);
  EXPECT_EQ(log["entries"][0]["actor"], "siti");
  EXPECT_EQ(log["entries"][0]["detail"]["name"], "budi");
  EXPECT_EQ(log["entries"][0]["address"], "127.0.0.1");
  EXPECT_EQ(audited("audit.read"), 1);
  EXPECT_EQ(get("/api/audit?page_size=1").json()["entries"].size(), 1U);
  EXPECT_EQ(get("/api/audit?from=yesterday").status, 400);
  EXPECT_EQ(get("/api/audit?page=0").status, 400);
  const json chain = get("/api/audit/verify").json();
  EXPECT_EQ(chain["whole"], true);
  EXPECT_TRUE(chain["first_broken"].is_null());
  EXPECT_EQ(chain["entries"], database_->audit().find({.from = {}, .to = {}, .actor = {}, .subject = {}}, {})->total);
  EXPECT_EQ(audited("audit.verify"), 1);
  sign_in_as("hr");
  EXPECT_EQ(get("/api/audit").status, 403);
}

}  // namespace
}  // namespace hadir
