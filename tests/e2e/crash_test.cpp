// The server under live load is killed at random moments: what it said was recorded is there afterwards.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "program.hpp"
#include "recorded_facts.hpp"
#include "store/key_file.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using namespace std::chrono_literals;

/// 30 times, or $HADIR_CRASHES times at night.
int crashes() {
  const char* wanted = std::getenv("HADIR_CRASHES");
  return wanted != nullptr ? std::atoi(wanted) : 30;
}

TEST(CrashTest, NothingThatWasAcknowledgedIsLost) {
  const TestFolder folder;
  const auto site = folder.path() / "site";
  const auto prepared = run_hadir({"demo", "--data", site.string()});
  ASSERT_EQ(prepared.exit, 0) << prepared.err;
  folder.write("site/config/parameter_config.json",
               Json{{"time_zone", "UTC"}, {"event_min_interval_sec", 0.2}, {"present_timeout_sec", 2}}.dump());
  for (const char* more : {"CAM7", "CAM8", "CAM9"})
    fs::copy(site / "camera_configs/CAM1", site / "camera_configs" / more);

  const auto seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> later(0, 700);
  const fs::path log = site.string() + ".log";
  for (int i = 0; i < crashes(); ++i) {
    ServedHadir hadir(site, site, "debug");
    ASSERT_TRUE(hadir.ready()) << "it did not start again after crash " << i << "\n" << hadir.log();
    const auto known = acknowledged_in(hadir.log()).size();
    for (int wait = 0; wait < 300 && acknowledged_in(hadir.log()).size() <= known; ++wait)
      std::this_thread::sleep_for(100ms);
    EXPECT_GT(acknowledged_in(hadir.log()).size(), known) << "no load at crash " << i;
    std::this_thread::sleep_for(std::chrono::milliseconds(later(random)));
    hadir.kill();
  }

  // Once more, and to the end in good order: the spool is written.
  ServedHadir last(site, site, "debug");
  ASSERT_TRUE(last.ready()) << last.log();
  EXPECT_EQ(last.stop(), 0) << last.log();
  const auto key = read_or_create_key(site / "hadir.key");
  ASSERT_TRUE(key) << key.error().message;
  const auto database = open_sqlite(site / "hadir.db", *key);
  ASSERT_TRUE(database) << database.error().message;
  std::set<std::string> recorded;
  for (const auto& sighting : journal_of(**database)) recorded.insert(sighting.id.str());
  const auto acknowledged = acknowledged_in(read_text(log));
  EXPECT_GE(acknowledged.size(), static_cast<std::size_t>(crashes()));
  for (const auto& id : acknowledged) EXPECT_TRUE(recorded.contains(id)) << "lost: " << id;
  EXPECT_TRUE(contradictions_in(**database).empty()) << contradictions_in(**database).front();
  const auto torn = torn_pictures_below(site);
  EXPECT_TRUE(torn.empty()) << torn.front();
}

}  // namespace
}  // namespace hadir
