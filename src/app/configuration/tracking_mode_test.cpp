#include "app/configuration/tracking_mode.hpp"

#include <fstream>

#include <unistd.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

using testing::HasSubstr;

class TrackingMode : public testing::Test {
 protected:
  TrackingMode() : folder_(std::filesystem::temp_directory_path() / ("hadir-mode-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder_);
  }
  ~TrackingMode() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& text) { std::ofstream(file_) << text; }

  const std::filesystem::path folder_;
  const std::filesystem::path file_ = folder_ / "config" / "tracking_mode.json";
};

TEST_F(TrackingMode, IsNothingWithoutAFile) {
  const auto read = read_tracking_mode(file_);
  ASSERT_TRUE(read);
  EXPECT_FALSE(*read);
}

TEST_F(TrackingMode, ReadsWhatItWrote) {
  ScheduleVersion schedule;
  schedule.mode = ScheduleMode::manual;
  schedule.manual_tracking = false;
  schedule.paused = true;
  schedule.pause_until = parse_iso8601("2026-01-05T12:00:00Z").value();
  schedule.work_hours = hours_from("22:00-06:00").value();
  schedule.lunch_break.reset();
  schedule.working_days = weekdays_from("5,6").value();
  schedule.grace = std::chrono::minutes(7);
  ASSERT_TRUE(write_tracking_mode(file_, schedule));
  const auto read = read_tracking_mode(file_);
  ASSERT_TRUE(read);
  EXPECT_EQ(**read, schedule);
  EXPECT_TRUE(same_schedule(**read, schedule));
  EXPECT_FALSE(same_schedule(**read, ScheduleVersion{}));
  EXPECT_FALSE(std::filesystem::exists(file_.string() + ".new"));
  ASSERT_TRUE(write_tracking_mode(file_, ScheduleVersion{}));
  EXPECT_EQ(**read_tracking_mode(file_), ScheduleVersion{});
}

TEST_F(TrackingMode, RefusesByNameAndSaysWhatIsAllowed) {
  std::filesystem::create_directories(file_.parent_path());
  for (const auto& [text, message] : {std::pair{R"({"mode": "auto"})", "mode: must be \"AUTO\" or \"MANUAL\""},
                                      {R"({"work_hours": "8-17"})", "work_hours: must be hours such as"},
                                      {R"({"working_days": [7]})", "working_days: must be numbers from 0"},
                                      {R"({"paused": 1})", "paused: must be true or false"},
                                      {R"({"pause_until": "12:00"})", "pause_until: must be a time"},
                                      {R"({"mode": )", "not valid JSON"}}) {
    write(text);
    const auto read = read_tracking_mode(file_);
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(read.error().message, HasSubstr(message));
    EXPECT_THAT(read.error().message, HasSubstr("tracking_mode.json"));
  }
}

TEST_F(TrackingMode, SaysWhenItCannotBeWritten) {
  write("");
  std::ofstream(folder_ / "config") << "a file where the folder should be";
  const auto written = write_tracking_mode(file_, ScheduleVersion{});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(written.error().message, HasSubstr("tracking_mode.json"));
}

}  // namespace
}  // namespace hadir
