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

}  // namespace
}  // namespace hadir
