#include "app/facts/site_schedule.hpp"

#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "app/configuration/tracking_mode.hpp"
#include "app/facts/facts_fixture_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

class SiteScheduleTest : public FactsFixture {
 protected:
  SiteScheduleTest() : folder_(std::filesystem::temp_directory_path() / ("hadir-site-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~SiteScheduleTest() override { std::filesystem::remove_all(folder_); }
  std::vector<ScheduleVersion> versions() { return database_->rules().schedules().value(); }

  const std::filesystem::path folder_;
  const std::filesystem::path file_ = folder_ / "tracking_mode.json";
};

TEST_F(SiteScheduleTest, ANewSiteGetsTheUsualHoursAndTheirFile) {
  ASSERT_TRUE(adopt_tracking_mode(*database_, file_, morning));
  ASSERT_THAT(versions(), SizeIs(1));
  EXPECT_EQ(versions()[0].valid_from, morning);
  EXPECT_TRUE(same_schedule(**read_tracking_mode(file_), ScheduleVersion{}));
  ASSERT_TRUE(adopt_tracking_mode(*database_, file_, morning + 1h));
  EXPECT_THAT(versions(), SizeIs(1)) << "nothing new";
}

TEST_F(SiteScheduleTest, AFileThatSaysSomethingElseIsANewVersion) {
  ASSERT_TRUE(adopt_tracking_mode(*database_, file_, morning));
  std::ofstream(file_) << R"({"mode": "MANUAL", "manual_tracking": false})";
  ASSERT_TRUE(adopt_tracking_mode(*database_, file_, morning + 1h));
  ASSERT_THAT(versions(), SizeIs(2));
  EXPECT_EQ(versions()[1].valid_from, morning + 1h);
  EXPECT_EQ(versions()[1].mode, ScheduleMode::manual);
  EXPECT_EQ(versions()[0].mode, ScheduleMode::automatic);
  ASSERT_TRUE(adopt_tracking_mode(*database_, file_, morning + 2h));
  EXPECT_THAT(versions(), SizeIs(2));
}

TEST_F(SiteScheduleTest, SavingIsAVersionFromNowOn) {
  ASSERT_TRUE(adopt_tracking_mode(*database_, file_, morning));
  auto paused = versions().back();
  paused.valid_from = Instant{};
  paused.paused = true;
  const auto saved = save_schedule(*database_, file_, paused, morning);
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->valid_from, morning + 1ms) << "another version begins at that moment";
  EXPECT_TRUE((*read_tracking_mode(file_))->paused);
  paused.valid_from = morning - 1s;
  const auto past = save_schedule(*database_, file_, paused, morning);
  ASSERT_FALSE(past);
  EXPECT_EQ(past.error().kind, ErrorKind::invalid_input);
  EXPECT_THAT(past.error().message, HasSubstr("valid_from"));
  paused.valid_from = morning + 24h;
  paused.paused = false;
  ASSERT_TRUE(save_schedule(*database_, file_, paused, morning));
  EXPECT_TRUE((*read_tracking_mode(file_))->paused) << "tomorrow's is not yet in force";
}

TEST_F(SiteScheduleTest, ABrokenFileIsNotOverwritten) {
  std::ofstream(file_) << R"({"mode": 7})";
  const auto adopted = adopt_tracking_mode(*database_, file_, morning);
  ASSERT_FALSE(adopted);
  EXPECT_EQ(adopted.error().kind, ErrorKind::invalid_input);
  EXPECT_THAT(versions(), SizeIs(0));
}

}  // namespace
}  // namespace hadir
