#include "core/attendance/violations.hpp"

#include <format>

#include <gtest/gtest.h>

#include "core/attendance/rules_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;

const LocalDay monday{std::chrono::year{2026} / 1 / 5};

/// "09:01:00-09:05:00 09:20:00-": opened and resolved on the wall clock.
std::string found(const Rulebook::Contents& contents, const std::vector<const char*>& seen, const char* now,
                  LocalDay day = monday) {
  std::vector<Sighting> sightings;
  for (const auto* at : seen) {
    Sighting sighting;
    sighting.id = SightingId(std::to_string(sightings.size()));
    sighting.camera = CameraId("CAM1");
    sighting.person = PersonId("p1");
    sighting.at = local(at);
    sightings.push_back(sighting);
  }
  std::string text;
  const auto clock = [](Instant at) {
    return format_iso8601(at, *std::chrono::locate_zone("Asia/Jakarta")).substr(11, 8);
  };
  for (const auto& one : violations_of(Rulebook::from(contents).value(), ana(), day, sightings, local(now))) {
    text += (text.empty() ? "" : " ") + clock(one.opened_at) + "-" + (one.resolved_at ? clock(*one.resolved_at) : "");
    EXPECT_TRUE(one.schedule.tracking_active);
    EXPECT_EQ(one.day, day);
    EXPECT_EQ(one.camera, CameraId("CAM1"));
  }
  return text;
}

struct Case {
  const char* name;
  std::vector<const char*> seen;
  const char* now;
  const char* expected;
};

class OfficeAbsences : public testing::TestWithParam<Case> {};

TEST_P(OfficeAbsences, AreFound) {
  EXPECT_EQ(found(office(), GetParam().seen, GetParam().now), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, OfficeAbsences,
    testing::Values(
        Case{"at_the_threshold_is_not_over_it", {"2026-01-05 09:00", "2026-01-05 09:01"}, "2026-01-05 09:01", ""},
        Case{"open", {"2026-01-05 09:00"}, "2026-01-05 09:01:01", "09:01:00-"},
        Case{"not_yet", {"2026-01-05 09:00"}, "2026-01-05 09:01", ""},
        Case{"resolved", {"2026-01-05 09:00", "2026-01-05 09:05"}, "2026-01-05 09:05", "09:01:00-09:05:00"},
        Case{"before_hours_it_counts_from_their_start", {"2026-01-05 07:30"}, "2026-01-05 10:00", "08:01:00-"},
        Case{"back_in_time", {"2026-01-05 07:30", "2026-01-05 08:01"}, "2026-01-05 08:01:30", ""},
        Case{"begun_before_lunch", {"2026-01-05 11:59"}, "2026-01-05 12:30", ""},
        Case{"just_before_lunch", {"2026-01-05 11:58:59"}, "2026-01-05 12:30", "11:59:59-"},
        Case{"lunch_that_lasts", {"2026-01-05 12:10", "2026-01-05 13:10"}, "2026-01-05 13:11", "13:01:00-13:10:00"},
        Case{
            "silent_at_lunch", {"2026-01-05 12:10", "2026-01-05 12:50", "2026-01-05 13:00:30"}, "2026-01-05 13:01", ""},
        Case{"going_home", {"2026-01-05 16:59"}, "2026-01-06 07:00", ""},
        Case{"gone_too_soon", {"2026-01-05 16:00", "2026-01-06 07:50"}, "2026-01-06 07:51", "16:01:00-07:50:00"},
        Case{"no_second_day_for_one_absence", {"2026-01-05 17:30"}, "2026-01-06 12:00", ""},
        Case{"at_most_one_a_minute",
             {"2026-01-05 09:00", "2026-01-05 09:01:05", "2026-01-05 09:02:07", "2026-01-05 09:05"},
             "2026-01-05 09:05:01",
             "09:01:00-09:01:05 09:02:05-09:02:07 09:03:07-09:05:00"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(Violations, TheRateIsLimitedAPerson) {
  auto contents = office();
  contents.policies.back().alert_min_interval = 10min;
  EXPECT_EQ(found(contents, {"2026-01-05 09:00", "2026-01-05 09:02", "2026-01-05 09:04", "2026-01-05 09:30"},
                  "2026-01-05 09:30"),
            "09:01:00-09:02:00 09:11:00-09:30:00");
}

TEST(Violations, AreSilentOnHolidaysAndLeaveAsFarAsTheseWereKnown) {
  auto contents = office();
  AttendanceException leave;
  leave.day = monday;
  leave.person = PersonId("p1");
  leave.type = ExceptionType::leave;
  leave.approved = true;
  leave.approved_at = local("2026-01-05 10:00");
  contents.exceptions.push_back(leave);
  EXPECT_EQ(found(contents, {"2026-01-05 09:00", "2026-01-05 09:30", "2026-01-05 11:00"}, "2026-01-05 12:00"),
            "09:01:00-09:30:00 09:31:00-11:00:00");
  contents.exceptions.back().approved_at = local("2026-01-04 10:00");
  EXPECT_EQ(found(contents, {"2026-01-05 09:00", "2026-01-05 09:30"}, "2026-01-05 12:00"), "");
}

TEST(Violations, AreSilentWhilePausedAndInManualModeOff) {
  auto contents = office();
  auto version = contents.schedules.back();
  version.valid_from = local("2026-01-05 09:00");
  version.paused = true;
  version.pause_until = local("2026-01-05 10:00");
  contents.schedules.push_back(version);
  EXPECT_EQ(found(contents, {"2026-01-05 09:10"}, "2026-01-05 11:00"), "10:01:00-") << "the pause ended";
  contents.schedules.back().paused = false;
  contents.schedules.back().mode = ScheduleMode::manual;
  contents.schedules.back().manual_tracking = false;
  EXPECT_EQ(found(contents, {"2026-01-05 09:10"}, "2026-01-05 11:00"), "");
  contents.schedules.back().manual_tracking = true;
  EXPECT_EQ(found(contents, {"2026-01-05 19:10"}, "2026-01-05 20:00"), "19:11:00-") << "whatever the hours";
}

TEST(Violations, ADarkCameraAccusesNobody) {
  auto contents = office();
  contents.outages.push_back(
      {.camera = CameraId("CAM1"), .from = local("2026-01-05 09:00:30"), .until = local("2026-01-05 09:30")});
  EXPECT_EQ(found(contents, {"2026-01-05 09:00"}, "2026-01-05 09:30"), "");
  EXPECT_EQ(found(contents, {"2026-01-05 09:00"}, "2026-01-05 09:40"), "09:31:00-") << "a minute to be seen again";
  contents.outages.back().until.reset();
  EXPECT_EQ(found(contents, {"2026-01-05 09:00"}, "2026-01-05 12:00"), "");
  contents.outages.back().camera = CameraId("CAM2");
  EXPECT_EQ(found(contents, {"2026-01-05 09:00"}, "2026-01-05 12:00"), "09:01:00-");
}

TEST(Violations, ANightShiftIsTrackedOverMidnight) {
  auto contents = office();
  contents.shifts.push_back(shift_of("22:00-06:00"));
  contents.assignments.push_back(assigned());
  EXPECT_EQ(found(contents, {"2026-01-05 23:59:30", "2026-01-06 00:10"}, "2026-01-06 00:10:10"), "00:00:30-00:10:00");
}

TEST(Violations, KeepTheScheduleOfTheirMoment) {
  auto contents = office();
  auto version = contents.schedules.back();
  version.id = ScheduleId("second");
  version.valid_from = local("2026-01-05 10:00");
  version.work_hours = {.start = 9h, .end = 18h};
  version.lunch_break.reset();
  contents.schedules.push_back(version);
  std::vector<Sighting> sightings(2);
  sightings[0].at = local("2026-01-05 09:00");
  sightings[1].at = local("2026-01-05 11:00");
  const auto all = violations_of(Rulebook::from(contents).value(), ana(), monday, sightings, local("2026-01-05 12:00"));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].schedule.version, ScheduleId("first"));
  EXPECT_EQ(all[0].schedule.work_hours, "08:00-17:00");
  EXPECT_EQ(all[0].schedule.lunch_break, "12:00-13:00");
  EXPECT_EQ(all[1].schedule.version, ScheduleId("second"));
  EXPECT_EQ(all[1].schedule.work_hours, "09:00-18:00");
  EXPECT_EQ(all[1].schedule.lunch_break, "");
}

TEST(Violations, VisitorsMayLeave) {
  auto who = ana();
  who.expected = false;
  std::vector<Sighting> sightings(1);
  sightings[0].at = local("2026-01-05 09:00");
  EXPECT_TRUE(
      violations_of(Rulebook::from(office()).value(), who, monday, sightings, local("2026-01-05 12:00")).empty());
}

}  // namespace
}  // namespace hadir
