#include "app/schedule/schedule_desk.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include "app/configuration/tracking_mode.hpp"
#include "app/facts/facts_fixture_test.hpp"
#include "app/facts/site_schedule.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

class ScheduleDeskTest : public FactsFixture {
 protected:
  ScheduleDeskTest() {
    std::filesystem::create_directories(folder_);
    EXPECT_TRUE(adopt_tracking_mode(*database_, file_, morning));
  }
  ~ScheduleDeskTest() override { std::filesystem::remove_all(folder_); }
  static ScheduleChange change(Instant now) {
    return {.now = now, .by = "siti", .remarks = "", .valid_from = std::nullopt};
  }
  std::vector<Notification> notifications() {
    return database_->alerts().notifications(false, {.offset = 0, .limit = 50}).value().rows;
  }

  static inline const ScheduleDesk::Also nothing_else = [](const ScheduleVersion&) { return Status{}; };
  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / ("hadir-desk-" + std::to_string(::getpid()));
  const std::filesystem::path file_ = folder_ / "tracking_mode.json";
  int told_ = 0;
  ScheduleDesk desk_{*database_, file_, rules(), [this](const Notification&) {
                       ++told_;
                       return Status{};
                     }};
};

TEST_F(ScheduleDeskTest, APauseHoldsUntilItsEnd) {
  const auto saved = desk_.pause(morning + 2h, change(morning + 1h), nothing_else);
  ASSERT_TRUE(saved) << saved.error().message;
  EXPECT_EQ(saved->changed_by, "siti");
  EXPECT_EQ(told_, 1);
  EXPECT_FALSE(desk_.at(morning + 30min)->state.paused) << "what was judged is not judged again";
  EXPECT_TRUE(desk_.at(morning + 90min)->state.paused);
  EXPECT_FALSE(desk_.at(morning + 90min)->state.tracking_active);
  EXPECT_FALSE(desk_.at(morning + 2h)->state.paused);
  EXPECT_TRUE((*read_tracking_mode(file_))->paused);
  ASSERT_THAT(notifications(), SizeIs(1));
  EXPECT_EQ(notifications()[0].type, NotificationType::schedule_changed);
  EXPECT_THAT(notifications()[0].message, HasSubstr("siti"));
}

TEST_F(ScheduleDeskTest, APauseWithoutEndIsTakenBack) {
  ASSERT_TRUE(desk_.pause(std::nullopt, change(morning + 1h), nothing_else));
  EXPECT_TRUE(desk_.at(morning + 48h)->state.paused);
  ASSERT_TRUE(desk_.resume(change(morning + 3h), nothing_else));
  EXPECT_TRUE(desk_.at(morning + 2h)->state.paused);
  EXPECT_FALSE(desk_.at(morning + 4h)->state.paused);
}

TEST_F(ScheduleDeskTest, TwoChangesOfOneMomentBothHold) {
  ASSERT_TRUE(desk_.pause(std::nullopt, change(morning + 1h), nothing_else));
  ASSERT_TRUE(desk_.set_mode(ScheduleMode::manual, true, change(morning + 1h), nothing_else));
  const auto after = desk_.at(morning + 1h + 2ms);
  EXPECT_TRUE(after->version.paused);
  EXPECT_EQ(after->version.mode, ScheduleMode::manual);
}

TEST_F(ScheduleDeskTest, APauseIntoThePastIsRefused) {
  const auto refused = desk_.pause(morning, change(morning + 1h), nothing_else);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::invalid_input);
  EXPECT_THAT(refused.error().message, HasSubstr("until: "));
  EXPECT_EQ(told_, 0);
}

TEST_F(ScheduleDeskTest, ManualModeDecidesWhateverTheHours) {
  ASSERT_TRUE(desk_.set_mode(ScheduleMode::manual, true, change(morning + 1h), nothing_else));
  EXPECT_TRUE(desk_.at(morning + 15h)->state.tracking_active) << "at night";
  ASSERT_TRUE(desk_.set_mode(ScheduleMode::manual, false, change(morning + 16h), nothing_else));
  EXPECT_FALSE(desk_.at(morning + 25h)->state.tracking_active) << "in work hours";
  ASSERT_TRUE(desk_.set_mode(ScheduleMode::automatic, true, change(morning + 26h), nothing_else));
  EXPECT_TRUE(desk_.at(morning + 26h + 1min)->state.tracking_active);
}

TEST_F(ScheduleDeskTest, NewHoursMayHoldFromLaterOn) {
  const ScheduleHours hours{
      .work_hours = {.start = 9h, .end = 18h}, .lunch_break = std::nullopt, .working_days = Weekdays{}, .grace = 5min};
  auto later = change(morning);
  later.valid_from = morning + 24h;
  ASSERT_TRUE(desk_.save(hours, later, nothing_else));
  EXPECT_EQ(to_text(desk_.at(morning + 23h)->version.work_hours), "08:00-17:00");
  EXPECT_EQ(to_text(desk_.at(morning + 25h)->version.work_hours), "09:00-18:00");
  EXPECT_EQ(to_text((*read_tracking_mode(file_))->work_hours), "08:00-17:00") << "the file says what holds now";
  later.valid_from = morning - 1h;
  EXPECT_EQ(desk_.save(hours, later, nothing_else).error().kind, ErrorKind::invalid_input);
  ScheduleHours never = hours;
  never.working_days.days.reset();
  EXPECT_THAT(desk_.save(never, change(morning), nothing_else).error().message, HasSubstr("working_days: "));
}

TEST_F(ScheduleDeskTest, WithoutAWordInTheAuditLogNothingChanges) {
  const ScheduleDesk::Also fails = [](const ScheduleVersion&) { return fail(ErrorKind::unavailable, "no log"); };
  EXPECT_FALSE(desk_.pause(std::nullopt, change(morning + 1h), fails));
  EXPECT_FALSE(desk_.at(morning + 2h)->state.paused);
  EXPECT_THAT(desk_.versions().value(), SizeIs(1));
  EXPECT_THAT(notifications(), SizeIs(0));
  EXPECT_EQ(told_, 0);
}

}  // namespace
}  // namespace hadir
