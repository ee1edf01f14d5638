// What happens to an operator: a full disk, a folder that cannot be written, a damaged or too new database, a wrong
// password. Each is one clear line or a degraded health, and nothing is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <thread>

#include "program.hpp"
#include "recorded_facts.hpp"
#include "store/key_file.hpp"
#include "store/sqlite_database.hpp"
#include "support/postgres_server.hpp"
#include "support/shared_assets.hpp"
#include "support/small_disk.hpp"
#include "wait_for.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

class TroubleTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.write("site/config/parameter_config.json",
                  Json{{"time_zone", "UTC"}, {"event_min_interval_sec", 0.2}, {"present_timeout_sec", 2}}.dump());
  }
  void add_camera() {
    const auto clip = shared_asset("media/short_hamilton_clip.mp4").string();
    folder_.write("site/camera_configs/CAM1/config.json",
                  Json{{"name", "Stage"}, {"rtsp_url", clip}, {"enabled", true}, {"loop", true}}.dump());
  }
  Finished run(std::vector<std::string> arguments) {
    for (const auto& more : {std::string("--config-dir"), site_.string(), std::string("--data"), data_.string()})
      arguments.push_back(more);
    return run_hadir(arguments);
  }
  void make_database() {
    const auto made = run_hadir({"db", "migrate", "--data", data_.string()});
    ASSERT_EQ(made.exit, 0) << made.err;
  }
  /// It ends at once, with a line that names what is wrong.
  static void expect_refusal(const Finished& ended, const std::string& names, const std::string& says) {
    EXPECT_NE(ended.exit, 0);
    EXPECT_LT(ended.exit, 128) << "it crashed";
    const auto line = ended.err.find("hadir: ");
    ASSERT_NE(line, std::string::npos) << ended.err;
    EXPECT_THAT(ended.err.substr(line), HasSubstr(names));
    EXPECT_THAT(ended.err.substr(line), HasSubstr(says));
    EXPECT_EQ(std::ranges::count(ended.err.substr(line), '\n'), 1) << ended.err;
  }

  TestFolder folder_;
  fs::path site_ = folder_.path() / "site";
  fs::path data_ = folder_.path() / "data";
};

TEST_F(TroubleTest, ADamagedDatabaseIsNamedAndLeftAsItIs) {
  make_database();
  const auto file = data_ / "hadir.db";
  const std::string garbage(8192, 'x');
  std::ofstream(file, std::ios::binary | std::ios::trunc) << garbage;
  expect_refusal(run({"serve"}), file.string(), "is not a SQLite database");
  EXPECT_EQ(read_text(file), garbage) << "whatever can be saved of it is still there";
}

TEST_F(TroubleTest, ADatabaseOfANewerProgramIsNamedAndLeftAsItIs) {
  make_database();
  const auto file = data_ / "hadir.db";
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(raw, "INSERT INTO schema_migrations VALUES (9999, 'later', 'abc', '2030')", nullptr, nullptr,
                         nullptr),
            SQLITE_OK);
  sqlite3_close(raw);
  expect_refusal(run({"serve"}), file.string(), "newer than schema");
  EXPECT_NE(run_hadir({"db", "migrate", "--data", data_.string()}).exit, 0);
}

TEST_F(TroubleTest, AFolderThatCannotBeWrittenIsNamed) {
  SmallDisk disk(data_, 64);
  make_database();
  if (disk.is_there()) {
    ASSERT_TRUE(disk.make_read_only()) << std::strerror(errno);
  } else {
    for (const auto& entry : fs::directory_iterator(data_)) fs::permissions(entry, fs::perms::owner_read);
    fs::permissions(data_, fs::perms::owner_read | fs::perms::owner_exec);
  }
  expect_refusal(run({"serve"}), data_.string(), disk.is_there() ? "Read-only file system" : "Permission denied");
  if (!disk.is_there()) fs::permissions(data_, fs::perms::owner_all);
}

TEST_F(TroubleTest, AWrongPasswordIsSaidWithoutSayingIt) {
  PostgresServer server;
  server.create_database("site");
  const std::pair<const char*, std::string> variables[] = {{"POSTGRES_HOST", server.host()},
                                                           {"POSTGRES_PORT", std::to_string(server.port())},
                                                           {"POSTGRES_DB", "site"},
                                                           {"POSTGRES_USER", PostgresServer::user},
                                                           {"POSTGRES_PASSWORD", "mistaken"}};
  for (const auto& [name, value] : variables) ::setenv(name, value.c_str(), 1);
  const auto refused = run({"serve"});
  for (const auto& [name, value] : variables) ::unsetenv(name);
  expect_refusal(refused, "127.0.0.1", "password authentication failed");
  EXPECT_THAT(refused.err, Not(HasSubstr("mistaken")));
  EXPECT_FALSE(fs::exists(data_ / "hadir.db")) << "SQLite is not taken instead";
}

TEST_F(TroubleTest, AFullDiskDegradesAndLosesNothing) {
  SmallDisk disk(data_, 24);
  if (!disk.is_there()) GTEST_SKIP() << "only root may mount a small disk";
  add_camera();
  const auto enrolled =
      run({"enroll", "--name", "Lin-Manuel Miranda", shared_asset("faces/people/lin-manuel-miranda.png").string()});
  ASSERT_EQ(enrolled.exit, 0) << enrolled.err;
  ServedHadir hadir(site_, data_, "debug");
  ASSERT_TRUE(hadir.ready()) << hadir.log();
  const auto recorded_more = [&](std::size_t than) {
    for (int i = 0; i < 600 && acknowledged_in(hadir.log()).size() <= than; ++i) std::this_thread::sleep_for(100ms);
    return acknowledged_in(hadir.log()).size() > than;
  };
  ASSERT_TRUE(recorded_more(2)) << hadir.log();

  disk.fill();
  const auto full = [](const Json& health) {
    for (const auto& item : health.at("items"))
      if (item.at("status") == "degraded" && (item.at("reason").get<std::string>().contains("No space left") ||
                                              item.at("reason").get<std::string>().contains("full")))
        return true;
    return false;
  };
  const auto told = wait_for(hadir, "/healthz", full);
  EXPECT_TRUE(full(told)) << told.dump(1);
  std::this_thread::sleep_for(5s);  // under load, with no room at all
  EXPECT_EQ(hadir.get("/api/cameras").first, 200) << "it goes on serving";

  disk.free();
  const auto known = acknowledged_in(hadir.log()).size();
  EXPECT_TRUE(recorded_more(known)) << hadir.log();
  const auto well = wait_for(hadir, "/healthz", [](const Json& health) { return health.at("status") == "ok"; });
  EXPECT_EQ(well.at("status"), "ok") << well.dump(1);
  EXPECT_EQ(hadir.stop(), 0) << hadir.log();
  EXPECT_THAT(hadir.log(), HasSubstr(" 0 left in it, 0 lost"));

  const auto key = read_or_create_key(data_ / "hadir.key");
  ASSERT_TRUE(key) << key.error().message;
  const auto database = open_sqlite(data_ / "hadir.db", *key);
  ASSERT_TRUE(database) << database.error().message;
  std::set<std::string> recorded;
  for (const auto& sighting : journal_of(**database)) recorded.insert(sighting.id.str());
  for (const auto& id : acknowledged_in(hadir.log())) EXPECT_TRUE(recorded.contains(id)) << "lost: " << id;
  EXPECT_TRUE(contradictions_in(**database).empty()) << contradictions_in(**database).front();
  const auto torn = torn_pictures_below(data_);
  EXPECT_TRUE(torn.empty()) << torn.front();
  const auto checked = run_hadir({"db", "check", "--data", data_.string()});
  EXPECT_EQ(checked.exit, 0) << checked.out;
}

TEST_F(TroubleTest, WithoutRecognitionCamerasAreShownAndNothingIsComputed) {
  add_camera();
  ::setenv("FACE_RECOGNITION_ENABLED", "false", 1);
  {
    ServedHadir hadir(site_, data_);
    ::unsetenv("FACE_RECOGNITION_ENABLED");
    ASSERT_TRUE(hadir.ready()) << hadir.log();
    const auto shown = [](const Json& cameras) { return cameras.at(0).at("status") == "ONLINE"; };
    EXPECT_TRUE(shown(wait_for(hadir, "/api/cameras", shown)));
    const auto [status, stream] = hadir.get("/api/cameras/CAM1/stream.mjpg");
    EXPECT_EQ(status, 200);
    EXPECT_THAT(stream, HasSubstr("image/jpeg"));
    EXPECT_EQ(hadir.stop(), 0) << hadir.log();
    EXPECT_THAT(hadir.log(), HasSubstr("facts: 0 came"));
    EXPECT_THAT(hadir.log(), HasSubstr("nobody is looked for"));
  }
}

}  // namespace
}  // namespace hadir
