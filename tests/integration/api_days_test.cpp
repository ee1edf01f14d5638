// Days, lists and backups over the API, on SQLite; api_postgres_test.cpp runs the same stories on PostgreSQL.
#include "integration/api_stories.hpp"

namespace hadir {
namespace {

class ApiDaysTest : public ApiStories {};

TEST_F(ApiDaysTest, DaysAreCorrectedApprovedTakenBackAndExplained) {
  start_api();
  corrections_story();
}

TEST_F(ApiDaysTest, WhatCamerasWereNotSureOfIsDecided) {
  start_api();
  reviews_story();
}

TEST_F(ApiDaysTest, HolidaysAndLeaveCountOnceTheyAreApproved) {
  start_api();
  exceptions_story();
}

TEST_F(ApiDaysTest, ChartsGetTheirFigures) {
  start_api();
  figures_story();
}

TEST_F(ApiDaysTest, ListsOfPeopleAreShownBeforeTheyAreTaken) {
  start_api();
  import_story();
}

TEST_F(ApiDaysTest, BackupsAreMadeAndDownloaded) {
  start_api();
  backups_story();
}

TEST_F(ApiDaysTest, WhoAsksTooOftenWaitsAndHoldsUpNobodyElse) {
  options_.gate.caller_per_second = options_.gate.heavy_per_second = 0.001;
  options_.gate.caller_burst = 20;
  options_.gate.heavy_burst = 2;
  start_api();
  const auto preview = [&] {
    return call("POST", "/api/employees/import", Json{{"content", "employee_id,name\nE1,Ana\n"}, {"preview", true}});
  };
  EXPECT_EQ(preview().status, 200);
  EXPECT_EQ(preview().status, 200);
  const auto heavy = preview();
  EXPECT_EQ(heavy.status, 429);
  EXPECT_TRUE(heavy.has_header("retry-after: 1000\r\n")) << heavy.head;
  int answered = 0;
  while (answered < 20 && call("GET", "/api/employees").status == 200) ++answered;
  EXPECT_EQ(answered, 17) << "what was refused as heavy counts, too";
  EXPECT_EQ(call("GET", "/api/cameras").status, 429);
  ASSERT_TRUE(access_->accounts.add_user("budi", good_password, {.roles = {{"viewer"}}}, {"test", ""}));
  sign_in("budi");
  EXPECT_EQ(call("GET", "/api/employees").status, 200);
}

TEST_F(ApiDaysTest, ListsAreKeptUntilSomethingChanges) {
  start_api();
  new_person("Ana", "First", {{"department", "Plant"}});
  const auto tag_of = [](const WireReply& reply) {
    const auto at = reply.head.find("etag: ");
    return at == std::string::npos ? "" : reply.head.substr(at + 6, reply.head.find("\r\n", at) - at - 6);
  };
  for (const char* list : {"/api/employees", "/api/report/attendance"}) {
    const auto first = call("GET", list);
    const auto tag = tag_of(first);
    ASSERT_NE(tag, "") << list;
    EXPECT_EQ(call("GET", list, "", {{"if-none-match", tag}}).status, 304) << list;
    EXPECT_EQ(call("GET", list).body, first.body);
    const auto packed = request("GET", list, {{"accept-encoding", "gzip"}});
    EXPECT_TRUE(packed.has_header("content-encoding: gzip")) << packed.head;
    EXPECT_EQ(packed.body.substr(0, 2), "\x1f\x8b");
    new_person("Ben", list, {{"department", "Plant"}});
    const auto changed = call("GET", list, "", {{"if-none-match", tag}});
    EXPECT_EQ(changed.status, 200) << list;
    EXPECT_THAT(changed.body, testing::HasSubstr("Ben"));
    EXPECT_EQ(call("GET", std::string(list) + "?page=0").status, 400) << "what is wrong is not kept";
    EXPECT_EQ(call("GET", std::string(list) + "?page=0").status, 400);
  }
  // What others see is not given to somebody who sees less.
  ASSERT_TRUE(access_->accounts.add_user("kitchen", good_password,
                                         {.roles = {{"viewer"}}, .departments = {{"Kitchen"}}}, {"test", ""}));
  sign_in("kitchen");
  EXPECT_EQ(call("GET", "/api/employees").json(), Json::array());
  sign_in("siti");
  EXPECT_EQ(call("GET", "/api/employees").json().size(), 3U);
  // Cameras change lists, too, without any request.
  const auto before = call("GET", "/api/employees").json();
  Presence presence{.person = PersonId(before[0]["id"].get<std::string>()),
                    .status = PresenceStatus::available,
                    .last_seen = clock_.now(),
                    .camera = CameraId("CAM1"),
                    .changed_at = clock_.now()};
  ASSERT_TRUE(database_->attendance().put_presence(presence));
  feed_.publish({});
  EXPECT_EQ(call("GET", "/api/employees").json()[0]["status"], "AVAILABLE");
}

}  // namespace
}  // namespace hadir
