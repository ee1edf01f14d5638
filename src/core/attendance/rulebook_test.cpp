#include "core/attendance/rulebook.hpp"

#include <gtest/gtest.h>

#include "core/attendance/rules_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;

struct Moment {
  const char* name;
  const char* at;
  bool tracked;
  bool in_hours;
  bool in_lunch;
};

class OfficeMoments : public testing::TestWithParam<Moment> {};

TEST_P(OfficeMoments, HaveTheirState) {
  const auto rules = Rulebook::from(office()).value();
  const auto state = rules.state_at(local(GetParam().at));
  EXPECT_EQ(state.tracking_active, GetParam().tracked);
  EXPECT_EQ(state.in_work_hours, GetParam().in_hours);
  EXPECT_EQ(state.in_lunch_break, GetParam().in_lunch);
  EXPECT_EQ(state.work_hours, "08:00-17:00");
  EXPECT_EQ(state.lunch_break, "12:00-13:00");
  EXPECT_EQ(state.mode, ScheduleMode::automatic);
  EXPECT_EQ(state.version, ScheduleId("first"));
}

INSTANTIATE_TEST_SUITE_P(All, OfficeMoments,
                         testing::Values(Moment{"before", "2026-01-05 07:59:59", false, false, false},
                                         Moment{"begins", "2026-01-05 08:00", true, true, false},
                                         Moment{"lunch_begins", "2026-01-05 12:00", false, true, true},
                                         Moment{"lunch_ends", "2026-01-05 13:00", true, true, false},
                                         Moment{"ends", "2026-01-05 17:00", false, false, false},
                                         Moment{"saturday", "2026-01-10 09:00", false, false, false}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Rulebook, BeforeTheFirstScheduleNobodyIsTracked) {
  const auto rules = Rulebook::from(office()).value();
  EXPECT_EQ(rules.state_at(local("2025-11-28 09:00")), ScheduleState{});
  EXPECT_FALSE(rules.terms_at(ana(), local("2025-11-28 09:00")));
}

TEST(Rulebook, ManualModeGoesBeforeTheHoursAndAPauseBeforeBoth) {
  auto contents = office();
  auto version = contents.schedules.back();
  version.valid_from = local("2026-01-05 10:00");
  version.mode = ScheduleMode::manual;
  version.manual_tracking = false;
  contents.schedules.push_back(version);
  version.valid_from = local("2026-01-05 18:00");
  version.manual_tracking = true;
  contents.schedules.push_back(version);
  version.valid_from = local("2026-01-05 20:00");
  version.paused = true;
  version.pause_until = local("2026-01-05 21:00");
  contents.schedules.push_back(version);
  const auto rules = Rulebook::from(contents).value();
  EXPECT_TRUE(rules.state_at(local("2026-01-05 09:59:59")).tracking_active);
  EXPECT_FALSE(rules.state_at(local("2026-01-05 10:00")).tracking_active);
  EXPECT_EQ(rules.state_at(local("2026-01-05 10:00")).mode, ScheduleMode::manual);
  EXPECT_TRUE(rules.state_at(local("2026-01-05 19:00")).tracking_active) << "outside the hours";
  EXPECT_FALSE(rules.state_at(local("2026-01-05 20:30")).tracking_active);
  EXPECT_TRUE(rules.state_at(local("2026-01-05 20:30")).paused);
  EXPECT_TRUE(rules.state_at(local("2026-01-05 21:00")).tracking_active) << "the pause ended by itself";
}

TEST(Rulebook, APauseWithoutAnEndLastsUntilTheNextVersion) {
  auto contents = office();
  contents.schedules.back().paused = true;
  auto resumed = contents.schedules.back();
  resumed.paused = false;
  resumed.valid_from = local("2026-01-07 09:00");
  contents.schedules.push_back(resumed);
  const auto rules = Rulebook::from(contents).value();
  EXPECT_FALSE(rules.state_at(local("2026-01-06 10:00")).tracking_active);
  EXPECT_TRUE(rules.state_at(local("2026-01-07 09:00")).tracking_active);
}

TEST(Rulebook, EarlierMomentsKeepTheirVersion) {
  auto contents = office();
  auto later = contents.schedules.back();
  later.valid_from = local("2026-01-05 09:00");
  later.work_hours = {.start = 10h, .end = 19h};
  contents.schedules.push_back(later);
  const auto rules = Rulebook::from(contents).value();
  EXPECT_EQ(rules.terms_at(ana(), local("2026-01-05 08:59:59"))->hours.start, 8h);
  EXPECT_EQ(rules.terms_at(ana(), local("2026-01-05 09:00"))->hours.start, 10h);
}

TEST(Rulebook, ANewVersionDoesNotReachIntoThePast) {
  std::vector<ScheduleVersion> versions(2);
  versions[0].valid_from = local("2026-01-05 09:00");
  versions[1].valid_from = local("2026-01-09 09:00");
  const std::span<const ScheduleVersion> known(versions);
  EXPECT_EQ(earliest_valid_from(known, local("2026-01-06 09:00")), local("2026-01-06 09:00"));
  EXPECT_EQ(earliest_valid_from(known, local("2026-01-09 09:00")), local("2026-01-09 09:00") + 1ms);
}

TEST(Rulebook, TheShiftGoesBeforeTheRuleAndTheRuleBeforeTheSchedule) {
  auto contents = office();
  AttendanceRule rule;
  rule.id = AttendanceRuleId("r");
  rule.name = "Plant";
  rule.department = "plant";
  rule.valid_from = local("2025-12-01 00:00");
  rule.hours = HoursOfDay{.start = 7h, .end = 15h};
  rule.bands.auto_check_in = 0.9;
  contents.rules.push_back(rule);
  auto rules = Rulebook::from(contents).value();
  const auto at = local("2026-01-05 09:00");
  EXPECT_EQ(rules.terms_at(ana(), at)->hours, rule.hours);
  EXPECT_EQ(rules.bands_at(ana(), at).auto_check_in, 0.9);
  auto other = ana();
  other.department = "office";
  EXPECT_EQ(rules.terms_at(other, at)->hours.start, 8h);
  EXPECT_EQ(rules.bands_at(other, at).auto_check_in, 0.7);

  contents.shifts.push_back(shift_of("06:00-14:00"));
  contents.assignments.push_back(assigned());
  rules = Rulebook::from(contents).value();
  EXPECT_EQ(rules.terms_at(ana(), at)->hours.start, 6h);
  EXPECT_TRUE(rules.terms_at(ana(), at)->of_shift);
  EXPECT_EQ(rules.terms_at(ana(), at)->expected, 8h);

  auto ended = contents.shifts.back();
  ended.valid_from = local("2026-01-05 08:00");
  ended.is_active = false;
  contents.shifts.push_back(ended);
  EXPECT_EQ(Rulebook::from(contents).value().terms_at(ana(), at)->hours.start, 7h) << "the shift is no more";
}

TEST(Rulebook, APersonsOwnShiftGoesBeforeTheDepartments) {
  auto contents = office();
  contents.shifts.push_back(shift_of("06:00-14:00"));
  auto late = shift_of("14:00-22:00");
  late.id = ShiftId("s2");
  contents.shifts.push_back(late);
  ShiftAssignment department;
  department.department = "plant";
  department.shift = ShiftId("s2");
  department.valid_from = local("2026-01-01 00:00");
  contents.assignments = {assigned("2025-12-15 00:00"), department};
  auto rules = Rulebook::from(contents).value();
  EXPECT_EQ(rules.shift_at(ana(), local("2026-01-05 09:00"))->id, ShiftId("s1"));
  auto other = ana();
  other.id = PersonId("p2");
  EXPECT_EQ(rules.shift_at(other, local("2026-01-05 09:00"))->id, ShiftId("s2"));
  EXPECT_EQ(rules.shift_at(other, local("2025-12-31 23:59")), nullptr);
}

TEST(Rulebook, SomebodyIsOfTheDepartmentTheyWereOfThen) {
  auto contents = office();
  contents.shifts.push_back(shift_of("22:00-06:00"));
  contents.assignments.push_back(assigned());
  contents.assignments.back().person.reset();
  contents.assignments.back().department = "plant";
  contents.rules.emplace_back();
  contents.rules.back().id = AttendanceRuleId("r1");
  contents.rules.back().valid_from = local("2025-12-01 00:00");
  contents.rules.back().department = "plant";
  contents.rules.back().bands.auto_check_in = 0.9;
  auto who = ana();
  who.department = "office";
  who.expected = false;
  const auto moved = local("2026-01-07 12:00");
  who.former.push_back({.until = moved, .department = "plant", .expected = true});
  const auto rules = Rulebook::from(contents).value();
  EXPECT_TRUE(rules.shift_at(who, moved - 1ms));
  EXPECT_FALSE(rules.shift_at(who, moved));
  EXPECT_EQ(rules.bands_at(who, moved - 1ms).auto_check_in, 0.9);
  EXPECT_NE(rules.bands_at(who, moved).auto_check_in, 0.9);
  EXPECT_TRUE(rules.bands_vary(who, moved - 1h, moved + 1h));
  EXPECT_FALSE(rules.bands_vary(ana(), moved - 1h, moved + 1h));
  const LocalDay wednesday{std::chrono::year{2026} / 1 / 7};
  EXPECT_TRUE(rules.expects(who, wednesday)) << "they were to come when the day began";
  EXPECT_FALSE(rules.expects(who, wednesday + std::chrono::days(1)));
  EXPECT_FALSE(rules.state_at(who, local("2026-01-08 09:00")).tracking_active) << "nobody waits for them any more";
}

TEST(Rulebook, ANightShiftBelongsToTheDayItBegan) {
  auto contents = office();
  contents.shifts.push_back(shift_of("22:00-06:00"));
  contents.assignments.push_back(assigned());
  const auto rules = Rulebook::from(contents).value();
  const LocalDay monday{std::chrono::year{2026} / 1 / 5};
  EXPECT_EQ(rules.day_of(ana(), local("2026-01-05 21:50")), monday);
  EXPECT_EQ(rules.day_of(ana(), local("2026-01-06 00:00")), monday);
  EXPECT_EQ(rules.day_of(ana(), local("2026-01-06 06:10")), monday);
  EXPECT_EQ(rules.day_of(ana(), local("2026-01-06 14:00")), monday + std::chrono::days(1));
  EXPECT_EQ(rules.closes_at(ana(), monday), local("2026-01-06 14:00"));
  EXPECT_TRUE(rules.state_at(ana(), local("2026-01-06 03:00")).in_work_hours);
  auto other = ana();
  other.id = PersonId("p2");
  EXPECT_EQ(rules.day_of(other, local("2026-01-06 00:00")), monday + std::chrono::days(1));
  EXPECT_EQ(rules.closes_at(other, monday), local("2026-01-06 00:00"));
}

TEST(Rulebook, FridaysNightShiftRunsIntoSaturday) {
  auto contents = office();
  contents.schedules.back().work_hours = {.start = 22h, .end = 6h};
  contents.schedules.back().lunch_break = HoursOfDay{.start = 1h, .end = 2h};
  const auto rules = Rulebook::from(contents).value();
  EXPECT_TRUE(rules.state_at(local("2026-01-10 05:00")).tracking_active) << "Saturday morning";
  EXPECT_FALSE(rules.state_at(local("2026-01-10 01:30")).tracking_active) << "at lunch";
  EXPECT_FALSE(rules.state_at(local("2026-01-10 23:00")).tracking_active) << "Saturday night";
  EXPECT_FALSE(rules.state_at(local("2026-01-05 05:00")).tracking_active) << "Sunday's night";
}

TEST(SiteCalendar, AHoleInTheClockEndsWhereItEnds) {
  // 2026-03-08, New York: 02:00 to 03:00 does not exist.
  const SiteCalendar site{.zone = std::chrono::locate_zone("America/New_York"), .day_starts_at = 150min};
  const LocalDay day{std::chrono::year{2026} / 3 / 8};
  EXPECT_EQ(format_utc(site.begin_of(day)), "2026-03-08T07:00:00.000Z");
  EXPECT_EQ(site.day_of(site.begin_of(day)), day);
  EXPECT_EQ(site.day_of(site.begin_of(day) - 1ms), day - std::chrono::days(1));
  EXPECT_EQ(site.end_of(day) - site.begin_of(day), 23h + 30min);
}

TEST(SiteCalendar, AnHourShownTwiceBeginsADayOnce) {
  // 2026-11-01, New York: 01:00 to 02:00 comes twice.
  const SiteCalendar site{.zone = std::chrono::locate_zone("America/New_York"), .day_starts_at = 90min};
  const LocalDay day{std::chrono::year{2026} / 11 / 1};
  EXPECT_EQ(format_utc(site.begin_of(day)), "2026-11-01T05:30:00.000Z");
  for (int minute = 0; minute < 180; ++minute)
    EXPECT_EQ(site.day_of(site.begin_of(day) + std::chrono::minutes(minute)), day) << minute;
  EXPECT_EQ(site.day_of(site.begin_of(day) - 1ms), day - std::chrono::days(1));
  EXPECT_EQ(site.end_of(day) - site.begin_of(day), 25h);
}

TEST(Rulebook, WorkHoursKeepTheWallClockOverAChange) {
  const auto rules = Rulebook::from(office("Europe/Berlin")).value();
  EXPECT_TRUE(rules.state_at(local("2026-03-27 08:00", "Europe/Berlin")).tracking_active);
  EXPECT_TRUE(rules.state_at(local("2026-03-30 08:00", "Europe/Berlin")).tracking_active);
  EXPECT_FALSE(rules.state_at(local("2026-03-30 08:00", "Europe/Berlin") - 1ms).tracking_active);
}

TEST(AttendanceException, CountsWhenApproved) {
  AttendanceException leave;
  leave.created_at = local("2026-01-05 09:00");
  EXPECT_FALSE(leave.counts());
  leave.approved = true;
  leave.approved_at = local("2026-01-06 09:00");
  EXPECT_TRUE(leave.counts());
  EXPECT_FALSE(leave.counted_at(local("2026-01-06 08:59")));
  EXPECT_TRUE(leave.counted_at(local("2026-01-06 09:00")));
  leave.withdrawn_at = local("2026-01-07 09:00");
  EXPECT_FALSE(leave.counts());
  EXPECT_TRUE(leave.counted_at(local("2026-01-06 10:00")));
  leave = {};
  leave.requires_approval = false;
  EXPECT_TRUE(leave.counts());
}

}  // namespace
}  // namespace hadir
