// PostgreSQL goes away and comes back under load: cameras go on, nothing is lost and nothing is there twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "program.hpp"
#include "recorded_facts.hpp"
#include "store/key_file.hpp"
#include "store/postgres_database.hpp"
#include "support/postgres_server.hpp"
#include "support/shared_assets.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;
using namespace std::chrono_literals;

/// Chooses PostgreSQL for the programs this process starts.
class ChosenPostgres {
 public:
  explicit ChosenPostgres(const PostgresServer& server) {
    setenv("POSTGRES_HOST", server.host().c_str(), 1);
    setenv("POSTGRES_PORT", std::to_string(server.port()).c_str(), 1);
    setenv("POSTGRES_DB", "site", 1);
    setenv("POSTGRES_USER", PostgresServer::user, 1);
    setenv("POSTGRES_PASSWORD", PostgresServer::password, 1);
  }
  ChosenPostgres(const ChosenPostgres&) = delete;
  ChosenPostgres& operator=(const ChosenPostgres&) = delete;
  ~ChosenPostgres() {
    for (const char* name : {"POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD"})
      unsetenv(name);
  }
};

std::string database_status(const ServedHadir& hadir) {
  const auto health = Json::parse(hadir.get("/healthz").second, nullptr, false);
  if (health.is_discarded()) return "no answer";
  for (const auto& item : health.at("items"))
    if (item.at("part") == "database") return item.at("status");
  return "not told";
}

bool comes_to(const ServedHadir& hadir, const std::string& status) {
  for (int i = 0; i < 300; ++i) {
    if (database_status(hadir) == status) return true;
    std::this_thread::sleep_for(100ms);
  }
  return false;
}

std::uint64_t frames_analysed(const ServedHadir& hadir) {
  std::uint64_t frames = 0;
  for (const auto& camera : Json::parse(hadir.get("/api/cameras").second))
    frames += camera.at("counters").at("frames_analysed").get<std::uint64_t>();
  return frames;
}

TEST(OutageTest, ADatabaseThatComesAndGoesCostsNothing) {
  const TestFolder folder;
  const auto clip = shared_asset("media/short_hamilton_clip.mp4").string();
  for (const char* camera : {"CAM1", "CAM2", "CAM3"})
    folder.write(std::string("site/camera_configs/") + camera + "/config.json",
                 Json{{"name", camera}, {"rtsp_url", clip}, {"enabled", true}, {"loop", true}}.dump());
  folder.write("site/config/parameter_config.json",
               Json{{"time_zone", "UTC"}, {"event_min_interval_sec", 0.2}, {"present_timeout_sec", 2}}.dump());
  const auto site = folder.path() / "site";
  const auto data = folder.path() / "data";

  PostgresServer server;
  server.create_database("site");
  const ChosenPostgres chosen(server);
  const auto enrolled = run_hadir({"enroll", "--data", data.string(), "--config-dir", site.string(), "--name",
                                   "Lin-Manuel Miranda", shared_asset("faces/people/lin-manuel-miranda.png").string()});
  ASSERT_EQ(enrolled.exit, 0) << enrolled.err;
  ServedHadir hadir(site, data, "debug");
  ASSERT_TRUE(hadir.ready()) << hadir.log();
  constexpr int outages = 10;
  for (int i = 0; i < outages; ++i) {
    SCOPED_TRACE("outage " + std::to_string(i));
    const auto known = acknowledged_in(hadir.log()).size();
    for (int wait = 0; wait < 300 && acknowledged_in(hadir.log()).size() <= known; ++wait)
      std::this_thread::sleep_for(100ms);
    // Sometimes as an operator stops it, sometimes as a crash does.
    if (i % 2 == 0)
      server.stop();
    else
      server.kill();
    ASSERT_TRUE(comes_to(hadir, "degraded")) << hadir.log();
    const auto analysed = frames_analysed(hadir);
    bool goes_on = false;
    for (int wait = 0; wait < 100 && !goes_on; ++wait) {
      std::this_thread::sleep_for(100ms);
      goes_on = frames_analysed(hadir) >= analysed + 10;
    }
    EXPECT_TRUE(goes_on) << "the cameras wait for the database";
    server.start();
    ASSERT_TRUE(comes_to(hadir, "ok")) << hadir.log();
  }
  EXPECT_EQ(hadir.stop(), 0) << hadir.log();
  EXPECT_THAT(hadir.log(), HasSubstr(" 0 left in it, 0 lost"));
  EXPECT_EQ(hadir.log().find(PostgresServer::password), std::string::npos) << "the password leaked";

  const auto key = read_or_create_key(data / "hadir.key");
  ASSERT_TRUE(key) << key.error().message;
  const auto database = open_postgres({.host = server.host(),
                                       .port = server.port(),
                                       .database = "site",
                                       .user = PostgresServer::user,
                                       .password = PostgresServer::password},
                                      *key);
  ASSERT_TRUE(database) << database.error().message;
  std::set<std::string> recorded;
  for (const auto& sighting : journal_of(**database)) EXPECT_TRUE(recorded.insert(sighting.id.str()).second);
  const auto acknowledged = acknowledged_in(hadir.log());
  EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(outages));
  for (const auto& id : acknowledged) EXPECT_TRUE(recorded.contains(id)) << "lost: " << id;
  EXPECT_TRUE(contradictions_in(**database).empty()) << contradictions_in(**database).front();
  const auto torn = torn_pictures_below(data);
  EXPECT_TRUE(torn.empty()) << torn.front();
}

}  // namespace
}  // namespace hadir
