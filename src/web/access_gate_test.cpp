// Who is let through to a route and who is not, over the wire.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "web/access_test.hpp"
#include "web/page_files.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;
using testing::Not;

using AccessGateTest = AccessTest;

TEST_F(AccessGateTest, PagesOfOtherOriginsMayCallOnlyWhereTheyAreAllowed) {
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

TEST_F(AccessGateTest, StrangersWhoKnockTooOftenWait) {
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

TEST_F(AccessGateTest, TheAddressComesFromATrustedProxyAlone) {
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

TEST_F(AccessGateTest, BehindATrustedProxyTheLastAddressCounts) {
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
class EveryRouteTest : public AccessGateTest {
 protected:
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
    return request(route.method_word(), path_of(route), {}, changes(route) ? R"({"no_such_field":1})" : "");
  }
};

TEST_F(EveryRouteTest, IsClosedToWhoIsNotSignedIn) {
  start();
  sign_out();
  std::vector<std::string> open;
  for (const Route& route : server_->routes()) {
    ASSERT_STRNE(route.method_word(), "OTHER") << route.path;
    const int status = ask(route).status;
    if (route.access.is_open()) {
      open.push_back(route.name());
      // Those take secrets of their own, and refuse others with 401.
      EXPECT_TRUE(status != 401 || route.path.starts_with("/api/auth/")) << route.name();
      EXPECT_NE(status, 403) << route.name();
    } else {
      EXPECT_EQ(status, 401) << route.name();
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
        EXPECT_NE(reply.status, 401) << role.name << " " << route.name();
        EXPECT_NE(reply.status, 403) << role.name << " " << route.name() << reply.body;
      } else {
        EXPECT_EQ(reply.status, 403) << role.name << " " << route.name();
      }
      EXPECT_LT(reply.status, 500) << role.name << " " << route.name() << reply.body;
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
    EXPECT_EQ(reply.status, 403) << route.name();
    EXPECT_EQ(code_of(reply), "csrf") << route.name();
    ++asked;
  }
  EXPECT_GT(asked, 10);
}

}  // namespace
}  // namespace hadir
