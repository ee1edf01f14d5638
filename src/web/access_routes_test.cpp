// Signing in and what follows from it, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "web/page_files.hpp"
#include "web/test_server.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AccessRoutesTest : public WebServerTest {
 protected:
  json credentials(const std::string& name, const std::string& password = good_password) {
    return {{"name", name}, {"password", password}};
  }
  static std::string code_of(const WireReply& reply) { return reply.json().at("error").at("code"); }
  std::int64_t audited(const std::string& action) {
    return database_->audit().find({.from = {}, .to = {}, .actor = {}, .subject = {}, .action = action}, {})->total;
  }
  std::string add_user(const std::string& name, const json& more) {
    json body = credentials(name);
    body.update(more);
    const auto reply = post("/api/users", body);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.json().at("id");
  }
};

TEST_F(AccessRoutesTest, NobodyGetsInBeforeTheSetUpAndTheLinkIsGoodOnce) {
  start_server();
  const WireReply nobody = get("/api/cameras");
  EXPECT_EQ(nobody.status, 401);
  EXPECT_EQ(code_of(nobody), "unauthenticated");
  EXPECT_TRUE(nobody.has_header("www-authenticate: bearer"));
  EXPECT_EQ(post("/api/auth/login", credentials("admin", "admin")).status, 401) << "there is no default password";
  const auto token = access_->sign_in.new_setup_token().value().value();
  json body = credentials("siti", "short");
  body["token"] = token;
  const WireReply weak = post("/api/auth/setup", body);
  EXPECT_EQ(weak.status, 400);
  EXPECT_TRUE(weak.json()["error"]["fields"].contains("password")) << weak.body;
  body["password"] = good_password;
  const WireReply made = post("/api/auth/setup", body);
  ASSERT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(made.json()["user"]["name"], "siti");
  EXPECT_EQ(made.json()["permissions"].size(), permission_count);
  EXPECT_THAT(made.body, Not(HasSubstr(good_password)));
  EXPECT_EQ(post("/api/auth/setup", body).status, 401);
  use_session(made);
  EXPECT_EQ(get("/api/cameras").status, 200);
}

TEST_F(AccessRoutesTest, TheCookieIsKeptFromScriptsAndOtherSites) {
  start();
  const WireReply reply = post("/api/auth/login", credentials("siti"));
  ASSERT_EQ(reply.status, 200);
  const auto line = reply.head.substr(reply.head.find("set-cookie: "));
  EXPECT_THAT(line.substr(0, line.find("\r\n")), AllOf(HasSubstr("httponly"), HasSubstr("samesite=strict"),
                                                       HasSubstr("path=/"), Not(HasSubstr("domain"))));
  EXPECT_THAT(line.substr(0, line.find("\r\n")), Not(HasSubstr("secure"))) << "http on this machine";
  EXPECT_TRUE(reply.has_header("cache-control: no-store"));
}

TEST_F(AccessRoutesTest, BehindTlsTheCookieIsSecure) {
  options_.gate.is_behind_tls = true;
  start_server();
  json body = credentials("siti");
  body["token"] = access_->sign_in.new_setup_token().value().value();
  const WireReply reply = post("/api/auth/setup", body);
  ASSERT_EQ(reply.status, 200);
  EXPECT_THAT(reply.raw_head, AllOf(HasSubstr("Set-Cookie: __Host-hadir="), HasSubstr("Secure")));
  EXPECT_TRUE(reply.has_header("strict-transport-security: max-age="));
}

TEST_F(AccessRoutesTest, EachSigningInMakesANewSessionAndEndsTheOldOne) {
  start();
  const std::string before = cookie_;
  const WireReply again = post("/api/auth/login", credentials("siti"));
  EXPECT_NE(again.cookie("hadir_session"), before);
  EXPECT_EQ(get("/api/auth/session").status, 401) << "the old cookie";
  use_session(again);
  EXPECT_EQ(get("/api/auth/session").json()["csrf_token"], csrf_);
  EXPECT_EQ(post("/api/auth/logout", json::object()).status, 200);
  EXPECT_EQ(get("/api/auth/session").status, 401);
}

TEST_F(AccessRoutesTest, WrongPasswordsSayNothingAndAreSlowed) {
  start();
  sign_out();
  const WireReply wrong = post("/api/auth/login", credentials("siti", "wrong"));
  const WireReply unknown = post("/api/auth/login", credentials("nobody", "wrong"));
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(wrong.body, unknown.body);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(post("/api/auth/login", credentials("siti", "wrong")).status, 401);
  const WireReply slowed = post("/api/auth/login", credentials("siti"));
  EXPECT_EQ(slowed.status, 429);
  EXPECT_TRUE(slowed.has_header("retry-after: 1\r\n")) << slowed.head;
  EXPECT_EQ(audited("user.login_failed"), 6);
  clock_.set(clock_.now() + 1s);
  EXPECT_EQ(post("/api/auth/login", credentials("siti")).status, 200);
}

TEST_F(AccessRoutesTest, MalformedCredentialsAreClearlyRefused) {
  start();
  sign_out();
  for (const char* body : {"", "[]", "{}", "{\"name\":7,\"password\":\"x\"}", "{\"name\":\"x\"}", "not json",
                           "{\"name\":null,\"password\":null}"}) {
    const WireReply reply = request("POST", "/api/auth/login", {{"content-type", "application/json"}}, body);
    EXPECT_EQ(reply.status, 400) << body << reply.body;
  }
  const WireReply form = request("POST", "/api/auth/login", {{"content-type", "application/x-www-form-urlencoded"}},
                                 "name=siti&password=x");
  EXPECT_EQ(form.status, 415);
  EXPECT_EQ(post("/api/auth/login", credentials("siti", std::string(5000, 'x'))).status, 400);
  EXPECT_EQ(post("/api/auth/login", credentials("' OR 1=1 --", "x")).status, 401);
}

TEST_F(AccessRoutesTest, WhatChangesSomethingNeedsTheTokenAndOurPage) {
  start();
  const std::string body = "{}";
  const auto log_out = [&](std::map<std::string, std::string> headers) {
    return request("POST", "/api/auth/logout", std::move(headers), body);
  };
  for (const char* token : {"", "wrong"}) {
    const WireReply reply = log_out({{"x-csrf-token", token}});
    EXPECT_EQ(reply.status, 403);
    EXPECT_EQ(code_of(reply), "csrf");
  }
  for (const char* origin : {"https://evil.example", "null", "http://localhost:1", "http://localhost.evil.example"})
    EXPECT_EQ(log_out({{"origin", origin}}).status, 403) << origin;
  EXPECT_EQ(log_out({{"sec-fetch-site", "cross-site"}}).status, 403);
  EXPECT_EQ(log_out({{"sec-fetch-site", "same-site"}}).status, 403);
  EXPECT_EQ(get("/api/auth/session").status, 200) << "still signed in";
  EXPECT_EQ(log_out({{"origin", "http://localhost"}, {"sec-fetch-site", "same-origin"}}).status, 200);
  // Nor may another site sign somebody in here.
  EXPECT_EQ(request("POST", "/api/auth/login", {{"origin", "https://evil.example"}}, credentials("siti").dump()).status,
            403);
}

TEST_F(AccessRoutesTest, ProgramsUseTokensThatAreRenewedOnceAndRevoked) {
  start();
  sign_out();
  const WireReply first = post("/api/auth/token", credentials("siti"));
  ASSERT_EQ(first.status, 200) << first.body;
  EXPECT_EQ(first.json()["token_type"], "Bearer");
  EXPECT_EQ(first.json()["expires_in"], 600);
  EXPECT_EQ(first.cookie("hadir_session"), "");
  const auto with = [&](const std::string& token) {
    return request("GET", "/api/auth/session", {{"authorization", "Bearer " + token}}).status;
  };
  const std::string access = first.json()["access_token"];
  EXPECT_EQ(with(access), 200);
  EXPECT_EQ(with(access + "x"), 401);
  EXPECT_EQ(with(first.json()["refresh_token"]), 401);
  EXPECT_EQ(request("POST", "/api/auth/logout", {{"authorization", "Bearer nonsense"}}, "{}").status, 401);
  const json refresh{{"refresh_token", first.json()["refresh_token"]}};
  const WireReply second = post("/api/auth/token/refresh", refresh);
  ASSERT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(with(second.json()["access_token"]), 200);
  EXPECT_EQ(post("/api/auth/token/refresh", refresh).status, 401) << "used twice";
  EXPECT_EQ(with(second.json()["access_token"]), 401) << "the whole session has ended";
  const json third = post("/api/auth/token", credentials("siti")).json();
  EXPECT_EQ(post("/api/auth/token/revoke", {{"refresh_token", third["refresh_token"]}}).status, 200);
  EXPECT_EQ(post("/api/auth/token/revoke", {{"refresh_token", "nonsense"}}).status, 200);
  EXPECT_EQ(with(third["access_token"]), 401);
  const json fourth = post("/api/auth/token", credentials("siti")).json();
  clock_.set(clock_.now() + 10min);
  EXPECT_EQ(with(fourth["access_token"]), 401) << "too old";
}

TEST_F(AccessRoutesTest, APasswordIsChangedWithTheOldOne) {
  start();
  const std::string before = cookie_;
  EXPECT_EQ(post("/api/auth/password", {{"old_password", "wrong"}, {"new_password", "delapan kuda lari"}}).status, 400);
  const WireReply changed =
      post("/api/auth/password", {{"old_password", good_password}, {"new_password", "delapan kuda lari"}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(get("/api/auth/session").status, 401) << "the old cookie";
  use_session(changed);
  EXPECT_EQ(get("/api/auth/session").status, 200);
  sign_out();
  EXPECT_EQ(post("/api/auth/login", credentials("siti")).status, 401);
  EXPECT_EQ(post("/api/auth/login", credentials("siti", "delapan kuda lari")).status, 200);
}

TEST_F(AccessRoutesTest, SessionsAreSeenAndEndedByTheirOwner) {
  start();
  const json other = post("/api/auth/token", credentials("siti")).json();
  const json sessions = get("/api/auth/sessions").json();
  ASSERT_EQ(sessions.size(), 2U);
  const auto theirs = std::ranges::find(sessions, "token", [](const json& one) { return one.at("kind"); });
  ASSERT_NE(theirs, sessions.end());
  EXPECT_EQ(theirs->at("address"), "127.0.0.1");
  EXPECT_EQ(theirs->at("is_this_one"), false);
  const std::string path = "/api/auth/sessions/" + theirs->at("id").get<std::string>();
  const std::string mine = cookie_;
  sign_out();
  sign_in_as("viewer");
  EXPECT_EQ(request("DELETE", path, {}).status, 404) << "somebody else's";
  sign_out();
  EXPECT_EQ(
      request("GET", "/api/auth/session", {{"authorization", "Bearer " + other.at("access_token").get<std::string>()}})
          .status,
      200);
  cookie_ = mine;
  csrf_ = access_->identity.csrf_token(mine);
  EXPECT_EQ(request("DELETE", path, {}).status, 200);
  EXPECT_EQ(request("GET", "/api/auth/session",
                    {{"authorization", "Bearer " + other.at("access_token").get<std::string>()}, {"cookie", ""}})
                .status,
            401);
}

TEST_F(AccessRoutesTest, UsersAreAddedChangedInvitedAndRemoved) {
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

TEST_F(AccessRoutesTest, WhoIsNarrowedToACameraSeesNoOther) {
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

TEST_F(AccessRoutesTest, RolesOfOnesOwn) {
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

TEST_F(AccessRoutesTest, KeysAreShownOnceAndHaveTheirOwnLimits) {
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

TEST_F(AccessRoutesTest, TheAuditLogTellsWhoDidWhatAndWhoReadIt) {
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

TEST_F(AccessRoutesTest, PagesOfOtherOriginsMayCallOnlyWhereTheyAreAllowed) {
  options_.gate.allowed_origins = {"https://dash.example.org"};
  start();
  const auto ask = [&](const std::string& origin) {
    return request("OPTIONS", "/api/cameras", {{"origin", origin}, {"access-control-request-method", "GET"}});
  };
  const WireReply allowed = ask("https://dash.example.org");
  EXPECT_EQ(allowed.status, 204);
  EXPECT_TRUE(allowed.has_header("access-control-allow-origin: https://dash.example.org"));
  EXPECT_THAT(allowed.head, Not(HasSubstr("access-control-allow-credentials")));
  EXPECT_THAT(ask("https://evil.example").head, Not(HasSubstr("access-control-allow-origin")));
  const WireReply read = request("GET", "/api/cameras", {{"origin", "https://evil.example"}});
  EXPECT_THAT(read.head, Not(HasSubstr("access-control-allow-origin")));
}

TEST_F(AccessRoutesTest, StrangersWhoKnockTooOftenWait) {
  options_.gate.unknown_per_second = 0.001;
  options_.gate.burst = 5;
  start();  // takes one
  const std::string cookie = cookie_;
  sign_out();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(get("/api/cameras").status, 401) << i;
  const WireReply slowed = get("/api/cameras");
  EXPECT_EQ(slowed.status, 429);
  EXPECT_THAT(slowed.head, HasSubstr("retry-after: "));
  EXPECT_EQ(post("/api/auth/login", credentials("siti")).status, 429);
  cookie_ = cookie;
  EXPECT_EQ(get("/api/cameras").status, 200) << "whoever is signed in is not held up";
}

TEST_F(AccessRoutesTest, TheAddressComesFromATrustedProxyAlone) {
  start();
  const auto address_after = [&](const std::string& forwarded) {
    request("POST", "/api/auth/login", {{"x-forwarded-for", forwarded}}, credentials("siti", "wrong").dump());
    return database_->audit()
        .find({.from = {}, .to = {}, .actor = {}, .subject = {}, .action = "user.login_failed"}, {})
        ->rows.front()
        .address;
  };
  EXPECT_EQ(address_after("10.9.9.9"), "127.0.0.1");
}

TEST_F(AccessRoutesTest, BehindATrustedProxyTheLastAddressCounts) {
  options_.gate.trusted_proxies = {"127.0.0.1", "10.0.0.2"};
  start();
  request("POST", "/api/auth/login", {{"x-forwarded-for", "1.1.1.1, 10.9.9.9, 10.0.0.2"}},
          credentials("siti", "wrong").dump());
  EXPECT_EQ(database_->audit()
                .find({.from = {}, .to = {}, .actor = {}, .subject = {}, .action = "user.login_failed"}, {})
                ->rows.front()
                .address,
            "10.9.9.9");
}

/// Every address there is, asked by nobody, by every built-in role and without the CSRF token. The table is the routes
/// themselves, so that a new one is tested from its first day.
class EveryRouteTest : public AccessRoutesTest {
 protected:
  static std::string method_of(const Route& route) {
    switch (route.method) {
      case drogon::Get:
        return "GET";
      case drogon::Post:
        return "POST";
      case drogon::Put:
        return "PUT";
      case drogon::Delete:
        return "DELETE";
      case drogon::Patch:
        return "PATCH";
      default:
        return "";
    }
  }
  static std::string name_of(const Route& route) { return method_of(route) + " " + route.path; }
  /// An address of the route that names nothing that exists.
  static std::string path_of(const Route& route) {
    std::string path;
    bool inside = false;
    for (const char c : route.path) {
      if (c == '{') path += "no-such-thing";
      inside = c == '{' || (inside && c != '}');
      if (!inside && c != '}') path += c;
    }
    return path;
  }
  static bool changes(const Route& route) { return route.method != drogon::Get; }
  /// Ends the session it is asked by: left out where the session is needed again.
  static bool ends_session(const Route& route) { return route.path == "/api/auth/logout"; }
  /// A body that no route takes: allowed callers get 400, 404 or 415, and nothing changes.
  WireReply ask(const Route& route) {
    return request(method_of(route), path_of(route), {}, changes(route) ? R"({"no_such_field":1})" : "");
  }
};

TEST_F(EveryRouteTest, IsClosedToWhoIsNotSignedIn) {
  start();
  sign_out();
  std::vector<std::string> open;
  for (const Route& route : server_->routes()) {
    ASSERT_NE(method_of(route), "") << route.path;
    const int status = ask(route).status;
    if (route.access.is_open()) {
      open.push_back(name_of(route));
      // Those take secrets of their own, and refuse others with 401.
      EXPECT_TRUE(status != 401 || route.path.starts_with("/api/auth/")) << name_of(route);
      EXPECT_NE(status, 403) << name_of(route);
    } else {
      EXPECT_EQ(status, 401) << name_of(route);
    }
  }
  // What is open is written down here, so that nothing becomes so by mistake.
  std::set<std::string> meant{"GET /",
                              "GET /healthz",
                              "GET /readyz",
                              "POST /api/auth/setup",
                              "POST /api/auth/login",
                              "POST /api/auth/token",
                              "POST /api/auth/token/refresh",
                              "POST /api/auth/token/revoke",
                              "GET /api/openapi.json",
                              "GET /api/docs"};
  for (const PageFile& file : page_files()) meant.insert("GET " + std::string(file.path));
  for (const std::string& name : open) EXPECT_TRUE(meant.contains(name)) << name;
}

TEST_F(EveryRouteTest, LetsInTheRolesThatMayAndNoOthers) {
  start();
  for (const BuiltInRole& role : built_in_roles()) {
    sign_in_as(std::string(role.name));
    for (const Route& route : server_->routes()) {
      if (route.access.is_open() || ends_session(route)) continue;
      if (route.path.ends_with("/stream.mjpg") && route.method == drogon::Get &&
          role.permissions.has(*route.access.permission()))
        continue;  // "no-such-thing" answers 404 all the same, but a stream would not end
      if (route.path == "/api/system/shutdown" || route.path == "/api/system/restart")
        if (role.permissions.has(Permission::system_admin)) continue;  // would be done
      const bool may = !route.access.permission() || role.permissions.has(*route.access.permission());
      const WireReply reply = ask(route);
      if (may) {
        EXPECT_NE(reply.status, 401) << role.name << " " << name_of(route);
        EXPECT_NE(reply.status, 403) << role.name << " " << name_of(route) << reply.body;
      } else {
        EXPECT_EQ(reply.status, 403) << role.name << " " << name_of(route);
      }
      EXPECT_LT(reply.status, 500) << role.name << " " << name_of(route) << reply.body;
    }
  }
}

TEST_F(EveryRouteTest, ThatChangesSomethingNeedsTheCsrfToken) {
  start();
  csrf_ = "";
  int asked = 0;
  for (const Route& route : server_->routes()) {
    if (!changes(route) || route.access.is_open()) continue;
    const WireReply reply = ask(route);
    EXPECT_EQ(reply.status, 403) << name_of(route);
    EXPECT_EQ(code_of(reply), "csrf") << name_of(route);
    ++asked;
  }
  EXPECT_GT(asked, 10);
}

}  // namespace
}  // namespace hadir
