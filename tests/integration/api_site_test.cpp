// The site over the API on SQLite; api_postgres_test.cpp runs the same stories on PostgreSQL.
#include "app/facts/site_schedule.hpp"
#include "integration/api_stories.hpp"

namespace hadir {
namespace {

class ApiSiteTest : public ApiStories {};

TEST_F(ApiSiteTest, CamerasAreAddedChangedTriedOutAndRemoved) {
  start_api();
  cameras_story();
}

TEST_F(ApiSiteTest, TheScheduleIsChangedAndTellsOfIt) {
  start_api();
  schedule_story();
  notifications_story();
}

TEST_F(ApiSiteTest, TheSystemIsLookedAtAndChanged) {
  start_api();
  system_story();
}

TEST_F(ApiSiteTest, LogsAreEmptiedByDays) {
  start_api();
  reset_story();
}

TEST_F(ApiSiteTest, LiveClientsHearWhatHappens) {
  ASSERT_TRUE(adopt_tracking_mode(*database_, folder_ / "tracking_mode.json", clock_.now()));
  start_api();
  live_story();
}

}  // namespace
}  // namespace hadir
