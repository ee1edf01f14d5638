// People over both APIs, on SQLite; api_postgres_test.cpp runs the same stories on PostgreSQL.
#include "integration/api_stories.hpp"

namespace hadir {
namespace {

class ApiPeopleTest : public ApiStories {};

TEST_F(ApiPeopleTest, BothApisAreViewsOfTheSamePeople) {
  start_api();
  people_story();
}

TEST_F(ApiPeopleTest, WrongPeopleAreRefusedByField) {
  start_api();
  refusals_story();
}

TEST_F(ApiPeopleTest, PeopleAreFoundWhateverCaseAndAccents) {
  start_api();
  search_story();
}

TEST_F(ApiPeopleTest, AttendanceIsEnteredAndRead) {
  start_api();
  attendance_story();
}

TEST_F(ApiPeopleTest, ErasingAPersonErasesAllOfThem) {
  start_api();
  erasure_story();
}

TEST_F(ApiPeopleTest, WhatStrangersSendIsAnsweredByOneClearMessage) {
  start_api();
  hostile_story();
}

TEST_F(ApiPeopleTest, DepartmentsNarrowEveryList) {
  start_api();
  narrowing_story();
}

TEST_F(ApiPeopleTest, AccountsAnswerAsSpecified) {
  start_api();
  accounts_story();
}

TEST_F(ApiPeopleTest, TheListIsSearchedFilteredAndSortedByTheServer) {
  start_api();
  const auto add = [&](const char* code, const char* name, Json more) {
    more["employee_id"] = code;
    more["name"] = name;
    const auto added = call("POST", "/api/employees", more);
    EXPECT_EQ(added.status, 201) << added.body;
  };
  add("P3", "Ana Putri",
      {{"department", "Plant"}, {"organization", "PT Maju"}, {"id_type", "KTP"}, {"id_number", "77"}});
  add("P1", "José Silva", {{"department", "Office"}, {"type", "visitor"}});
  add("P2", "Budi Santoso", {{"department", "Plant"}, {"person_status", "inactive"}});
  add("P4", "Citra Old", {{"department", "Plant"}, {"person_status", "archived"}});
  const auto codes = [&](const std::string& query) {
    std::vector<std::string> found;
    const auto reply = call("GET", "/api/employees" + query);
    EXPECT_EQ(reply.status, 200) << reply.body;
    for (const auto& one : reply.json()) found.push_back(one["employee_id"]);
    return found;
  };
  using testing::ElementsAre;
  EXPECT_THAT(codes(""), ElementsAre("P3", "P2", "P1")) << "by name, without those who are archived";
  EXPECT_THAT(codes("?person_status=all&sort=employee_id"), ElementsAre("P1", "P2", "P3", "P4"));
  EXPECT_THAT(codes("?person_status=archived"), ElementsAre("P4"));
  EXPECT_THAT(codes("?person_status=inactive"), ElementsAre("P2"));
  EXPECT_THAT(codes("?q=jose"), ElementsAre("P1"));
  EXPECT_THAT(codes("?q=old"), ElementsAre());
  EXPECT_THAT(codes("?q=old&person_status=all"), ElementsAre("P4"));
  EXPECT_THAT(codes("?q=77&department=Plant"), ElementsAre("P3"));
  EXPECT_THAT(codes("?type=visitor"), ElementsAre("P1"));
  EXPECT_THAT(codes("?department=Plant&sort=-name"), ElementsAre("P2", "P3"));
  EXPECT_THAT(codes("?page=2&page_size=2"), ElementsAre("P1"));
  EXPECT_TRUE(call("GET", "/api/employees?page_size=1").has_header("x-total-count: 3"));

  // Who has a face, and who was seen last.
  const PersonId ana(call("GET", "/api/employees/P3").json()["id"].get<std::string>());
  const PersonId jose(call("GET", "/api/employees/P1").json()["id"].get<std::string>());
  FaceTemplate face;
  face.id = TemplateId("t1");
  face.person = ana;
  face.model = {"test", "1"};
  face.embedding = Embedding::normalised(std::vector<float>{1, 0}).value();
  ASSERT_TRUE(database_->templates().add(std::span(&face, 1)));
  for (const auto& [person, minutes] : {std::pair(ana, 5), std::pair(jose, 9)}) {
    const Presence presence{.person = person,
                            .status = PresenceStatus::available,
                            .last_seen = clock_.now() + std::chrono::minutes(minutes),
                            .camera = CameraId("CAM1")};
    ASSERT_TRUE(database_->attendance().put_presence(presence));
  }
  EXPECT_THAT(codes("?enrolled=true"), ElementsAre("P3"));
  EXPECT_THAT(codes("?enrolled=false"), ElementsAre("P2", "P1"));
  EXPECT_THAT(codes("?sort=templates"), ElementsAre("P2", "P1", "P3"));
  EXPECT_THAT(codes("?sort=-templates"), ElementsAre("P3", "P1", "P2")) << "the name turned round, too";
  EXPECT_THAT(codes("?sort=-last_seen"), ElementsAre("P1", "P3", "P2"));
  EXPECT_THAT(codes("?sort=last_seen"), ElementsAre("P2", "P3", "P1"));

  for (const std::string wrong : {"sort=age", "person_status=gone", "type=robot", "enrolled=perhaps", "page=0"})
    EXPECT_THAT(faults(call("GET", "/api/employees?" + wrong)), ElementsAre(wrong.substr(0, wrong.find('='))));

  const auto changed = call("PUT", "/api/employees/P3", Json{{"id_number", "78"}, {"organization", ""}}).json();
  EXPECT_EQ(changed["id_number"], "78");
  EXPECT_EQ(changed["id_type"], "KTP");
  EXPECT_EQ(changed["organization"], "");
  EXPECT_EQ(call("GET", "/api/audit?page_size=100").body.find("\"78\""), std::string::npos)
      << "the audit log does without document numbers";
}

}  // namespace
}  // namespace hadir
