// Signing in and what follows from it, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "web/access_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using AccessRoutesTest = AccessTest;

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

}  // namespace
}  // namespace hadir
