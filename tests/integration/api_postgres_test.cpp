// The stories of the API on PostgreSQL. One server a process: all of them in one test.
#include "integration/api_stories.hpp"

#include "integration/postgres_options.hpp"

namespace hadir {
namespace {

class ApiPostgresTest : public ApiStories {};

TEST_F(ApiPostgresTest, TheStoriesHoldThereToo) {
  PostgresServer server;
  const auto options = new_database(server, "hadir_api");
  auto opened = open_postgres(options, SecretKey::random());
  ASSERT_TRUE(opened) << opened.error().message;
  use(std::move(*opened));
  backups_ = std::make_unique<BackupFolder>(folder_ / "backups", ".dump", postgres_upkeep(options));
  start_api();
  people_story();
  refusals_story();
  search_story();
  attendance_story();
  erasure_story();
  hostile_story();
  narrowing_story();
  accounts_story();
  cameras_story();
  schedule_story();
  notifications_story();
  reset_story();
  corrections_story();
  reviews_story();
  exceptions_story();
  figures_story();
  import_story();
  backups_story();
  system_story();
  server_.reset();
  access_.reset();
  database_.reset();
}

}  // namespace
}  // namespace hadir
