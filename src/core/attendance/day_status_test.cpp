#include "core/attendance/day_status.hpp"

#include <gtest/gtest.h>

#include "core/attendance/rules_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;

const LocalDay monday{std::chrono::year{2026} / 1 / 5};

AttendanceDay day_of(const char* in, const char* out, float confidence = 0.95F) {
  const auto mark = [&](const char* text) -> std::optional<AttendanceMark> {
    if (*text == '\0') return std::nullopt;
    AttendanceMark made;
    made.at = local(text);
    made.confidence = confidence;
    return made;
  };
  AttendanceDay day;
  day.person = PersonId("p1");
  day.day = monday;
  day.first_in = mark(in);
  day.last_out = mark(out);
  return day;
}

std::string judged(const Rulebook::Contents& contents, const std::optional<AttendanceDay>& day, bool closed,
                   LocalDay working_day = monday) {
  const auto status = judge_day(Rulebook::from(contents).value(), ana(), working_day, day, closed);
  if (!status) return "-";
  EXPECT_FALSE(status->reason.code.empty());
  EXPECT_FALSE(status->reason.text.empty());
  return to_text(status->status);
}

struct Case {
  const char* name;
  const char* in;
  const char* out;
  bool closed;
  const char* expected;
};

class OfficeDays : public testing::TestWithParam<Case> {};

TEST_P(OfficeDays, HaveTheirStatus) {
  const auto& [name, in, out, closed, expected] = GetParam();
  const auto day = *in == '\0' ? std::nullopt : std::optional(day_of(in, out));
  EXPECT_EQ(judged(office(), day, closed), expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, OfficeDays,
    testing::Values(Case{"on_time", "2026-01-05 07:55", "2026-01-05 17:05", true, "PRESENT"},
                    Case{"at_the_end_of_grace", "2026-01-05 08:15", "2026-01-05 16:45", true, "PRESENT"},
                    Case{"late", "2026-01-05 08:15:01", "2026-01-05 17:05", true, "LATE"},
                    Case{"late_at_once", "2026-01-05 08:20", "", false, "LATE"},
                    Case{"left_early", "2026-01-05 08:00", "2026-01-05 16:44:59", true, "LEFT_EARLY"},
                    Case{"not_yet_early", "2026-01-05 08:00", "2026-01-05 09:00", false, "PRESENT"},
                    Case{"late_goes_before_early", "2026-01-05 09:00", "2026-01-05 15:00", true, "LATE"},
                    Case{"seen_once", "2026-01-05 08:00", "", true, "LEFT_EARLY"},
                    Case{"nobody_yet", "", "", false, "-"}, Case{"absent", "", "", true, "ABSENT"},
                    Case{"first_seen_at_midday", "2026-01-05 12:00", "2026-01-05 17:00", true, "PENDING_REVIEW"},
                    Case{"first_seen_just_before_midday", "2026-01-05 11:59:59", "2026-01-05 17:00", true, "LATE"},
                    Case{"first_seen_in_the_evening", "2026-01-05 16:00", "2026-01-05 17:00", false, "PENDING_REVIEW"}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST(DayStatus, WithoutAScheduleNobodyIsLateOrAbsent) {
  auto contents = office();
  contents.schedules.clear();
  EXPECT_EQ(judged(contents, day_of("2026-01-05 11:00", "2026-01-05 12:00"), true), "PRESENT");
  EXPECT_EQ(judged(contents, std::nullopt, true), "-");
}

TEST(DayStatus, AWeekendIsNoAbsence) {
  EXPECT_EQ(judged(office(), std::nullopt, true, monday + std::chrono::days(5)), "-");
}

TEST(DayStatus, NobodyIsAbsentBeforeTheyWereKnownNorAsAVisitor) {
  const auto rules = Rulebook::from(office()).value();
  auto who = ana();
  who.known_since = local("2026-01-06 00:00");
  EXPECT_FALSE(judge_day(rules, who, monday, std::nullopt, true));
  who.known_since = local("2026-01-05 23:59");
  EXPECT_TRUE(judge_day(rules, who, monday, std::nullopt, true));
  who.expected = false;
  EXPECT_FALSE(judge_day(rules, who, monday, std::nullopt, true));
}

TEST(DayStatus, UnsureMarksWaitForAReview) {
  EXPECT_EQ(judged(office(), day_of("2026-01-05 08:00", "", 0.69F), false), "PENDING_REVIEW");
  EXPECT_EQ(judged(office(), day_of("2026-01-05 08:00", "", 0.7F), false), "PRESENT");
  auto day = day_of("2026-01-05 08:00", "2026-01-05 17:00");
  day.last_out->confidence = 0.65F;
  EXPECT_EQ(judged(office(), day, false), "PRESENT") << "it may still move";
  EXPECT_EQ(judged(office(), day, true), "PENDING_REVIEW");
}

TEST(DayStatus, TheShiftSaysBetterThanNoon) {
  auto contents = office();
  contents.shifts.push_back(shift_of("14:00-22:00"));
  contents.assignments.push_back(assigned());
  EXPECT_EQ(judged(contents, day_of("2026-01-05 13:55", "2026-01-05 22:01"), true), "PRESENT");
  EXPECT_EQ(judged(contents, day_of("2026-01-05 14:01", "2026-01-05 22:01"), true), "LATE") << "no grace";
  EXPECT_EQ(judged(contents, day_of("2026-01-05 16:30", "2026-01-05 22:01"), true), "LATE");
}

TEST(DayStatus, ANightShiftIsLateAndEarlyOnItsOwnDays) {
  auto contents = office();
  contents.shifts.push_back(shift_of("22:00-06:00"));
  contents.assignments.push_back(assigned());
  EXPECT_EQ(judged(contents, day_of("2026-01-05 21:55", "2026-01-06 06:05"), true), "PRESENT");
  EXPECT_EQ(judged(contents, day_of("2026-01-06 00:10", "2026-01-06 06:05"), true), "LATE");
  EXPECT_EQ(judged(contents, day_of("2026-01-05 21:55", "2026-01-06 02:00"), true), "LEFT_EARLY");
}

TEST(DayStatus, EachEndIsJudgedByTheVersionOfItsMoment) {
  auto contents = office();
  auto later = contents.schedules.back();
  later.valid_from = local("2026-01-05 10:00");
  later.work_hours = {.start = 10h, .end = 15h};
  contents.schedules.push_back(later);
  EXPECT_EQ(judged(contents, day_of("2026-01-05 09:00", "2026-01-05 15:00"), true), "LATE") << "by the first version";
  EXPECT_EQ(judged(contents, day_of("2026-01-05 08:00", "2026-01-05 15:00"), true), "PRESENT") << "by the second";
  EXPECT_EQ(judged(contents, day_of("2026-01-05 08:00", "2026-01-05 09:30"), true), "LEFT_EARLY") << "by the first";
}

TEST(DayStatus, ExceptionsNameTheDay) {
  struct {
    ExceptionType type;
    bool own;
    bool approved;
    const char* seen;
    const char* unseen;
  } const cases[] = {{ExceptionType::holiday, false, true, "HOLIDAY", "HOLIDAY"},
                     {ExceptionType::leave, true, true, "ON_LEAVE", "ON_LEAVE"},
                     {ExceptionType::leave, true, false, "LATE", "ABSENT"},
                     {ExceptionType::special_event, false, true, "PRESENT", "HOLIDAY"},
                     {ExceptionType::special_event, true, true, "PRESENT", "ON_LEAVE"}};
  for (const auto& tested : cases) {
    auto contents = office();
    AttendanceException exception;
    exception.day = monday;
    exception.type = tested.type;
    if (tested.own) exception.person = PersonId("p1");
    exception.approved = tested.approved;
    contents.exceptions.push_back(exception);
    EXPECT_EQ(judged(contents, day_of("2026-01-05 09:00", ""), false), tested.seen) << to_text(tested.type);
    EXPECT_EQ(judged(contents, std::nullopt, true), tested.unseen) << to_text(tested.type);
    EXPECT_EQ(judged(contents, std::nullopt, false), "-");
    exception.person = PersonId("p2");
    contents.exceptions = {exception};
    EXPECT_EQ(judged(contents, std::nullopt, true), "ABSENT") << "another's";
  }
}

TEST(DayStatus, OnesOwnLeaveGoesBeforeEverybodysHoliday) {
  auto contents = office();
  contents.exceptions.resize(2);
  for (auto& exception : contents.exceptions) {
    exception.day = monday;
    exception.approved = true;
  }
  contents.exceptions[1].type = ExceptionType::leave;
  contents.exceptions[1].person = PersonId("p1");
  EXPECT_EQ(judged(contents, std::nullopt, true), "ON_LEAVE");
}

TEST(DayStatus, TooShortAPresenceWaitsForAReview) {
  auto contents = office();
  AttendanceRule rule;
  rule.name = "Nine tenths";
  rule.min_presence_percentage = 95;
  contents.rules.push_back(rule);
  EXPECT_EQ(judged(contents, day_of("2026-01-05 08:10", "2026-01-05 16:46"), true), "PRESENT") << "95.5 %";
  EXPECT_EQ(judged(contents, day_of("2026-01-05 08:14", "2026-01-05 16:46"), true), "PENDING_REVIEW") << "94.8 %";
  EXPECT_EQ(judged(contents, day_of("2026-01-05 08:14", "2026-01-05 16:46"), false), "PRESENT");
}

struct Sure {
  const char* name;
  const char* at;
  float confidence;
  const char* action;
};

class Decisions : public testing::TestWithParam<Sure> {};

TEST_P(Decisions, FollowConfidenceAndTimeOfDay) {
  const auto rules = Rulebook::from(office()).value();
  const auto made = decide(rules, ana(), GetParam().confidence, local(GetParam().at), std::nullopt);
  EXPECT_STREQ(to_text(made.action), GetParam().action) << made.reason;
}

INSTANTIATE_TEST_SUITE_P(All, Decisions,
                         testing::Values(Sure{"morning", "2026-01-05 11:59:59", 0.7F, "check_in"},
                                         Sure{"midday", "2026-01-05 12:00", 0.99F, "review"},
                                         Sure{"end_of_midday", "2026-01-05 15:59:59", 0.99F, "review"},
                                         Sure{"evening", "2026-01-05 16:00", 0.7F, "check_out"},
                                         Sure{"unsure", "2026-01-05 09:00", 0.69F, "review"},
                                         Sure{"hardly_sure", "2026-01-05 09:00", 0.6F, "review"},
                                         Sure{"not_sure", "2026-01-05 09:00", 0.59F, "ignored"},
                                         Sure{"not_sure_at_midday", "2026-01-05 13:00", 0.59F, "ignored"}),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Decisions, AreNotToldTwiceWithinFiveMinutes) {
  const auto rules = Rulebook::from(office()).value();
  const AutoMoment before{.action = AutoAction::check_in, .at = local("2026-01-05 08:00")};
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-05 08:05"), before).action, AutoAction::duplicate);
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-05 07:56"), before).action, AutoAction::duplicate);
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-05 08:05:01"), before).action, AutoAction::check_in);
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-05 16:01"), before).action, AutoAction::check_out);
}

TEST(Decisions, FollowTheShiftWhereThereIsOne) {
  auto contents = office();
  contents.shifts.push_back(shift_of("22:00-06:00"));
  contents.assignments.push_back(assigned());
  const auto rules = Rulebook::from(contents).value();
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-05 21:55"), std::nullopt).action, AutoAction::check_in);
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-06 06:05"), std::nullopt).action, AutoAction::check_out);
  EXPECT_EQ(decide(rules, ana(), 0.9F, local("2026-01-06 01:59"), std::nullopt).action, AutoAction::check_in);
}

}  // namespace
}  // namespace hadir
