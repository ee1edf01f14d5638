// What the recorder makes of sightings by the rules of the database: alerts, statuses, closed days, recomputation.
#include <gmock/gmock.h>

#include "app/facts/explain.hpp"
#include "app/facts/facts_fixture_test.hpp"
#include "app/facts/recomputation.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// An office that works 08:00 to 17:00 since the beginning of the year; `morning` is Monday, 07:55.
class FactJudgementTest : public FactsFixture {
 protected:
  FactJudgementTest() {
    ScheduleVersion schedule;
    schedule.id = ScheduleId("first");
    schedule.valid_from = morning - std::chrono::days(4);
    EXPECT_TRUE(database_->rules().add(schedule));
    add_person("p1", "E0001", "Ana");
    EXPECT_TRUE(recorder_.expire(morning - 1s));
  }
  RecordedFacts record(const std::string& id, Millis after) {
    return recorder_.record(std::vector{known(id, after, "p1", "jpeg")}).value();
  }
  RecordedFacts tell(Millis after) { return recorder_.expire(morning + after).value(); }
  AttendanceStatus status(LocalDay day) { return database_->attendance().day(PersonId("p1"), day).value()->status; }
  std::vector<Notification> notifications() { return database_->alerts().notifications(false, {}).value().rows; }
  std::vector<Violation> violations() { return database_->alerts().of_day(PersonId("p1"), monday).value(); }
  Recomputation recomputed(bool apply = false) {
    return recompute_records(*database_, rules(), monday, monday, morning + 24h, apply).value();
  }

  FactRecorder recorder_{*database_, pictures_, rules()};
};

TEST_F(FactJudgementTest, AnAbsenceOpensAnAlertAndTheReturnResolvesIt) {
  record("s1", 0s);
  record("s2", 10min);  // 08:05
  EXPECT_THAT(tell(10min + 60s).opened, IsEmpty());
  const auto left = tell(10min + 61s);
  ASSERT_THAT(left.opened, SizeIs(1));
  EXPECT_EQ(left.opened[0].opened_at, morning + 11min);
  EXPECT_EQ(left.opened[0].schedule.work_hours, "08:00-17:00");
  EXPECT_EQ(left.opened[0].schedule.version, ScheduleId("first"));
  ASSERT_THAT(left.notifications, SizeIs(1));
  EXPECT_EQ(left.notifications[0].message, "Ana was last seen on CAM1 at 08:05");
  EXPECT_EQ(left.notifications[0].type, NotificationType::employee_lost);
  EXPECT_THAT(tell(20min).opened, IsEmpty()) << "once";

  const auto back = record("s3", 30min);
  ASSERT_THAT(back.resolved, SizeIs(1));
  EXPECT_EQ(back.resolved[0].resolved_at, morning + 30min);
  // 08:01 to 08:05 was found when it was over: in the log, but nobody was told to look.
  EXPECT_THAT(violations(), SizeIs(2));
  EXPECT_THAT(notifications(), SizeIs(1));
}

TEST_F(FactJudgementTest, OutsideTheHoursNobodyIsAccused) {
  record("s1", 0s);
  EXPECT_THAT(tell(4min).opened, IsEmpty());
  EXPECT_THAT(tell(6min + 1s).opened, SizeIs(1)) << "a minute after the hours began";
}

TEST_F(FactJudgementTest, ALateSightingTakesBackWhatWasTold) {
  record("s1", 10min);
  ASSERT_THAT(tell(12min).opened, SizeIs(1));
  const auto late = record("s2", 10min + 50s);
  ASSERT_THAT(late.taken_back, SizeIs(1));
  EXPECT_EQ(late.taken_back[0].kind, EdgeKind::exit);
  EXPECT_THAT(late.withdrawn, SizeIs(1));
  const auto edges = database_->attendance().edges_of(PersonId("p1"), morning, morning + 1h).value();
  ASSERT_THAT(edges, SizeIs(1));
  EXPECT_EQ(edges[0].kind, EdgeKind::enter);
  EXPECT_EQ(database_->attendance().presence(PersonId("p1")).value()->status, PresenceStatus::available);
  EXPECT_EQ(database_->attendance().presence(PersonId("p1")).value()->changed_at, morning + 10min);
  const auto after = tell(12min + 1s);
  ASSERT_THAT(after.opened, SizeIs(1));
  EXPECT_EQ(after.opened[0].opened_at, morning + 11min + 50s);
  EXPECT_THAT(violations(), SizeIs(1));
}

TEST_F(FactJudgementTest, ADayIsClosedWhenItsWindowHasPassed) {
  add_person("p2", "E0002", "Ben");
  record("s1", 0s);
  record("s2", 5h);
  EXPECT_EQ(status(monday), AttendanceStatus::present);
  const auto midnight = 16h + 5min;
  tell(midnight - 1ms);
  EXPECT_EQ(status(monday), AttendanceStatus::present);
  const auto closed = tell(midnight);
  EXPECT_THAT(closed.attendance, SizeIs(2));
  EXPECT_EQ(status(monday), AttendanceStatus::left_early);
  const auto absent = database_->attendance().day(PersonId("p2"), monday).value();
  ASSERT_TRUE(absent);
  EXPECT_EQ(absent->status, AttendanceStatus::absent);
  EXPECT_EQ(absent->entry_type, EntryType::system);
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/first_in.jpg"), "jpeg");
  // Sightings that come from the spool the day after are judged as those of a closed day.
  record("s3", 9h + 6min);
  EXPECT_EQ(status(monday), AttendanceStatus::present);
}

TEST_F(FactJudgementTest, SomebodyEnrolledLaterHasADayThatCloses) {
  const auto all = [&] { return database_->attendance().days(monday - std::chrono::days(3), monday).value(); };
  ASSERT_TRUE(database_->persons().remove(PersonId("p1")));
  FactRecorder alone(*database_, pictures_, rules());
  ASSERT_TRUE(alone.expire(morning));
  add_person("p2", "E0002", "Ben");
  ASSERT_TRUE(alone.expire(morning + 15h));
  EXPECT_THAT(all(), IsEmpty());
  ASSERT_TRUE(alone.expire(morning + 16h + 5min));
  const auto days = all();
  ASSERT_THAT(days, SizeIs(1)) << "and not those before anybody looked";
  EXPECT_EQ(days[0].person, PersonId("p2"));
  EXPECT_EQ(days[0].status, AttendanceStatus::absent);
}

TEST_F(FactJudgementTest, AfterARestartTheDaysBetweenAreClosed) {
  record("s1", 0s);
  FactRecorder restarted(*database_, pictures_, rules());
  ASSERT_TRUE(restarted.expire(morning + 40h));
  EXPECT_EQ(status(monday), AttendanceStatus::left_early);
}

TEST_F(FactJudgementTest, WhatWasEnteredByHandStays) {
  AttendanceDay manual;
  manual.person = PersonId("p1");
  manual.day = monday;
  manual.entry_type = EntryType::manual;
  manual.status = AttendanceStatus::on_leave;
  ASSERT_TRUE(database_->attendance().put_day(manual));
  record("s1", 0s);
  tell(17h);
  EXPECT_EQ(status(monday), AttendanceStatus::on_leave);
  EXPECT_FALSE(database_->attendance().day(PersonId("p1"), monday).value()->first_in);
  for (const auto& one : recomputed(true).differences) EXPECT_NE(one.record, "attendance");
  EXPECT_EQ(status(monday), AttendanceStatus::on_leave);
}

TEST_F(FactJudgementTest, AnApprovedLeaveIsJudgedAtOnce) {
  record("s1", 5h);
  EXPECT_EQ(status(monday), AttendanceStatus::pending_review) << "seen first at 12:55";
  AttendanceException leave;
  leave.id = AttendanceExceptionId("x1");
  leave.person = PersonId("p1");
  leave.day = monday;
  leave.type = ExceptionType::leave;
  leave.approved = true;
  leave.approved_at = morning + 6h;
  ASSERT_TRUE(database_->rules().put(leave));
  const auto changed = recorder_.rules_changed(std::vector{monday}).value();
  EXPECT_THAT(changed.attendance, SizeIs(1));
  EXPECT_EQ(status(monday), AttendanceStatus::on_leave);
}

TEST_F(FactJudgementTest, ANewScheduleChangesNothingJudged) {
  record("s1", 30min);  // 08:25
  EXPECT_EQ(status(monday), AttendanceStatus::late);
  auto later = database_->rules().schedules().value().back();
  later.id = ScheduleId("second");
  later.valid_from = morning + 1h;
  later.work_hours = {.start = 9h, .end = 18h};
  ASSERT_TRUE(database_->rules().add(later));
  ASSERT_TRUE(recorder_.rules_changed({}));
  record("s2", 2h);
  tell(24h);
  EXPECT_EQ(status(monday), AttendanceStatus::late);
  EXPECT_THAT(recomputed().differences, IsEmpty());
}

TEST_F(FactJudgementTest, AnotherDepartmentChangesNothingJudged) {
  Shift late;
  late.id = ShiftId("late");
  late.name = "Late";
  late.valid_from = morning - std::chrono::days(4);
  late.hours = hours_from("14:00-22:00").value();
  ShiftAssignment of_kitchen;
  of_kitchen.id = ShiftAssignmentId("a1");
  of_kitchen.department = "kitchen";
  of_kitchen.shift = late.id;
  of_kitchen.valid_from = late.valid_from;
  ASSERT_TRUE(database_->rules().add(late));
  ASSERT_TRUE(database_->rules().add(of_kitchen));
  record("s1", 0s);
  record("s2", 5h);
  add_person("p2", "E0002", "Ben");
  tell(24h);
  ASSERT_EQ(status(monday), AttendanceStatus::left_early) << "of the office";

  for (const char* id : {"p1", "p2"}) {
    auto person = database_->persons().get(PersonId(id)).value();
    person.department = "kitchen";
    if (person.id == PersonId("p2")) person.status = PersonStatus::archived;
    person.updated_at = morning + 25h;
    ASSERT_TRUE(database_->persons().update(person));
  }
  FactRecorder started_anew(*database_, pictures_, rules());
  ASSERT_TRUE(started_anew.expire(morning + 26h));
  EXPECT_EQ(status(monday), AttendanceStatus::left_early) << "they were not of the kitchen then";
  const auto absent = database_->attendance().day(PersonId("p2"), monday).value();
  ASSERT_TRUE(absent) << "who is archived now was to come then";
  EXPECT_EQ(absent->status, AttendanceStatus::absent);
  EXPECT_THAT(recomputed().differences, IsEmpty());
  const auto next = started_anew.record(std::vector{known("s3", 30h, "p1", "jpeg")}).value();
  ASSERT_THAT(next.attendance, SizeIs(1));
  EXPECT_EQ(next.attendance[0].day.status, AttendanceStatus::present) << "13:55, by the hours of the kitchen";
}

TEST_F(FactJudgementTest, ADarkCameraAccusesNobodyAndIsTold) {
  record("s1", 10min);
  ASSERT_THAT(tell(12min).opened, SizeIs(1));
  const auto dark = recorder_.camera_dark(CameraId("CAM1"), morning + 10min + 5s, morning + 13min).value();
  EXPECT_THAT(dark.withdrawn, SizeIs(1)) << "the outage was found out too late";
  ASSERT_THAT(dark.notifications, SizeIs(1));
  EXPECT_EQ(dark.notifications[0].type, NotificationType::camera_down);
  EXPECT_EQ(dark.notifications[0].message, "CAM1 gives no pictures since 08:05");
  EXPECT_TRUE(recorder_.camera_dark(CameraId("CAM1"), morning + 10min + 5s, morning + 14min).value().empty());
  EXPECT_THAT(tell(30min).opened, IsEmpty());
  EXPECT_THAT(recorder_.camera_back(CameraId("CAM1"), morning + 31min).value().notifications, SizeIs(1));
  EXPECT_TRUE(recorder_.camera_back(CameraId("CAM1"), morning + 31min).value().empty());
  EXPECT_THAT(tell(32min).opened, IsEmpty());
  EXPECT_THAT(tell(32min + 1s).opened, SizeIs(1));
}

TEST_F(FactJudgementTest, NobodyLeftWhileTheProgramDidNotRun) {
  record("s1", 10min);
  FactRecorder restarted(*database_, pictures_, rules());
  ASSERT_TRUE(restarted.was_off(morning + 2h));
  EXPECT_THAT(restarted.expire(morning + 2h + 60s)->opened, IsEmpty());
  const auto left = restarted.expire(morning + 2h + 61s);
  ASSERT_TRUE(left);
  ASSERT_THAT(left->opened, SizeIs(1));
  EXPECT_EQ(left->opened[0].opened_at, morning + 2h + 1min) << "a minute to be seen again";
}

TEST_F(FactJudgementTest, ADayWhoseJournalWasPurgedKeepsItsMarks) {
  record("s1", 0s);
  record("s2", 2h);
  tell(24h);
  const auto before = *database_->attendance().day(PersonId("p1"), monday).value();
  const auto alerts = violations();
  ASSERT_FALSE(alerts.empty());
  ASSERT_TRUE(database_->sightings().remove_between({}, {}));
  ASSERT_TRUE(recorder_.rules_changed(std::vector{monday}));
  record("s3", -1min);  // from a spool
  const auto after = *database_->attendance().day(PersonId("p1"), monday).value();
  EXPECT_EQ(after.first_in->sighting, before.first_in->sighting);
  EXPECT_EQ(after.last_out->sighting, before.last_out->sighting);
  EXPECT_EQ(after.status, before.status);
  EXPECT_EQ(violations(), alerts);
}

TEST_F(FactJudgementTest, OtherSettingsAreANewVersion) {
  EXPECT_THAT(database_->rules().policies().value(), SizeIs(1));
  auto settings = rules();
  settings.since = morning + 1h;
  FactRecorder same(*database_, pictures_, settings);
  ASSERT_TRUE(same.expire(morning + 1h));
  EXPECT_THAT(database_->rules().policies().value(), SizeIs(1));
  settings.present_timeout = 120s;
  FactRecorder other(*database_, pictures_, settings);
  ASSERT_TRUE(other.expire(morning + 1h));
  const auto policies = database_->rules().policies().value();
  ASSERT_THAT(policies, SizeIs(2));
  EXPECT_EQ(policies[1].valid_from, morning + 1h);
  EXPECT_EQ(policies[1].present_timeout, 120s);
}

TEST_F(FactJudgementTest, ADatabaseWithoutAScheduleGetsTheUsualOne) {
  ASSERT_TRUE(add_first_schedule(*database_, morning));
  EXPECT_THAT(database_->rules().schedules().value(), SizeIs(1)) << "it had one";
  reopen();
  ASSERT_TRUE(add_first_schedule(*database_, morning));
  const auto schedules = database_->rules().schedules().value();
  ASSERT_THAT(schedules, SizeIs(1));
  EXPECT_EQ(schedules[0].valid_from, morning);
  EXPECT_EQ(to_text(schedules[0].work_hours), "08:00-17:00");
}

TEST_F(FactJudgementTest, RecomputationFindsAndMendsWhatIsWrong) {
  record("s1", 0s);
  record("s2", 3h);
  record("s3", 9h + 10min);
  tell(24h);
  EXPECT_THAT(recomputed().differences, IsEmpty());

  auto day = *database_->attendance().day(PersonId("p1"), monday).value();
  day.status = AttendanceStatus::late;
  day.last_out.reset();
  ASSERT_TRUE(database_->attendance().put_day(day));
  const auto alerts = violations();
  ASSERT_THAT(alerts, SizeIs(2));
  ASSERT_TRUE(database_->alerts().remove(alerts[0].id));
  const auto edges = database_->attendance().edges_of(PersonId("p1"), morning, morning + 24h).value();
  ASSERT_THAT(edges, SizeIs(6));
  ASSERT_TRUE(database_->attendance().remove_edge(edges[1]));

  const auto found = recomputed();
  std::vector<std::string> records;
  for (const auto& one : found.differences) records.push_back(one.record);
  EXPECT_THAT(records, ElementsAre("attendance", "violation", "presence edge"));
  EXPECT_THAT(found.differences[0].kept, HasSubstr("LATE"));
  EXPECT_THAT(found.differences[0].computed, HasSubstr("PRESENT"));
  EXPECT_EQ(found.people, 1U);
  EXPECT_EQ(found.sightings, 3U);
  EXPECT_EQ(status(monday), AttendanceStatus::late) << "only compared";

  EXPECT_THAT(recomputed(true).differences, SizeIs(3));
  EXPECT_THAT(recomputed().differences, IsEmpty());
  EXPECT_EQ(status(monday), AttendanceStatus::present);
  EXPECT_EQ(violations(), alerts);
}

TEST_F(FactJudgementTest, ADayWithoutItsJournalIsLeftAlone) {
  record("s1", 0s);
  tell(24h);
  ASSERT_TRUE(database_->sightings().remove_between({}, {}));
  const auto made = recomputed(true);
  EXPECT_THAT(made.differences, IsEmpty());
  EXPECT_FALSE(made.without_journal.empty());
  EXPECT_EQ(status(monday), AttendanceStatus::left_early);
}

TEST_F(FactJudgementTest, RecomputationWantsItsDaysInOrder) {
  const auto made = recompute_records(*database_, rules(), monday, monday - std::chrono::days(1), morning, false);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::invalid_input);
}

TEST_F(FactJudgementTest, ExplainsByCodeIdOrName) {
  record("s1", 30min);
  for (const char* who : {"E0001", "p1", "Ana"}) {
    const auto explained = explain_person_day(*database_, rules(), who, monday, morning + 1h);
    ASSERT_TRUE(explained) << who;
    EXPECT_EQ(explained->person.name, "Ana");
    EXPECT_FALSE(explained->day.differs);
    EXPECT_THAT(text_of(explained->day, "Ana", *rules().site), HasSubstr("first in at 08:25, after 08:15"));
  }
  EXPECT_EQ(explain_person_day(*database_, rules(), "Zoe", monday, morning).error().kind, ErrorKind::not_found);
  add_person("p2", "E0002", "Ana");
  const auto two = explain_person_day(*database_, rules(), "Ana", monday, morning);
  ASSERT_FALSE(two);
  EXPECT_THAT(two.error().message, HasSubstr("2 people are called Ana"));
}

TEST_F(FactJudgementTest, ALastOutPictureWaitsForItsDelay) {
  auto settings = rules();
  settings.last_out_delay = 120s;
  FactRecorder patient(*database_, pictures_, settings);
  ASSERT_TRUE(patient.record(std::vector{known("s1", 10min, "p1", "first"), known("s2", 11min, "p1", "passing")}));
  ASSERT_TRUE(patient.expire(morning + 12min + 50s));
  EXPECT_FALSE(pictures_.get("attendance_captures/2026-01-05/E0001/last_out.jpg")) << "the EXIT alone is not enough";
  EXPECT_EQ(database_->attendance().day(PersonId("p1"), monday).value()->last_out->at, morning + 11min);
  ASSERT_TRUE(patient.record(std::vector{known("s3", 12min + 55s, "p1", "leaving")}));
  ASSERT_TRUE(patient.expire(morning + 14min));
  EXPECT_FALSE(pictures_.get("attendance_captures/2026-01-05/E0001/last_out.jpg"));
  ASSERT_TRUE(patient.expire(morning + 15min));
  EXPECT_EQ(picture("attendance_captures/2026-01-05/E0001/last_out.jpg"), "leaving");
}

}  // namespace
}  // namespace hadir
