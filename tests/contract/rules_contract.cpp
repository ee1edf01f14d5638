// Versions of rules, exceptions, outages, alerts and notifications, on every database.
#include "contract/database_contract.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

class RulesContract : public DatabaseContract {
 protected:
  ScheduleVersion schedule(const std::string& id, Instant from) {
    ScheduleVersion version;
    version.id = ScheduleId(id);
    version.valid_from = from;
    version.work_hours = {.start = 22h, .end = 6h};
    version.lunch_break = HoursOfDay{.start = 2h, .end = 2h + 30min};
    version.working_days.days = 0b1000001;
    version.grace = 10min;
    version.mode = ScheduleMode::manual;
    version.manual_tracking = false;
    version.paused = true;
    version.pause_until = from + 2h;
    version.changed_by = "ani";
    version.remarks = "stock-taking";
    version.created_at = from - 1h;
    return version;
  }
  Violation violation(const std::string& id, const std::string& person, Instant opened) {
    Violation alert;
    alert.id = AlertId(id);
    alert.person = PersonId(person);
    alert.day = monday;
    alert.camera = CameraId("CAM1");
    alert.last_seen = opened - 60s;
    alert.opened_at = opened;
    alert.schedule = {.version = ScheduleId("v1"),
                      .work_hours = "08:00-17:00",
                      .lunch_break = "12:00-13:00",
                      .mode = ScheduleMode::manual,
                      .tracking_active = true,
                      .in_work_hours = true,
                      .in_lunch_break = false,
                      .paused = true};
    return alert;
  }
};

TEST_P(RulesContract, SchedulesComeBackAsAddedAndAreNeverReplaced) {
  auto& rules = database_->rules();
  const auto night = schedule("v2", morning + 1h);
  auto plain = ScheduleVersion{};
  plain.id = ScheduleId("v1");
  plain.valid_from = morning;
  plain.lunch_break = std::nullopt;
  ASSERT_TRUE(rules.add(night));
  ASSERT_TRUE(rules.add(plain));
  EXPECT_THAT(rules.schedules().value(), ElementsAre(plain, night)) << "by the moment they begin";
  EXPECT_EQ(rules.add(night).error().kind, ErrorKind::conflict);
  EXPECT_EQ(rules.add(schedule("v3", morning)).error().kind, ErrorKind::conflict) << "that moment is taken";
  EXPECT_EQ(rules.schedules()->size(), 2U);
}

TEST_P(RulesContract, PoliciesShiftsRulesAndOutages) {
  auto& rules = database_->rules();
  SitePolicy policy;
  policy.valid_from = morning;
  policy.time_zone = "Asia/Jakarta";
  policy.day_starts_at = 240min;
  policy.present_timeout = 61s;
  policy.alert_threshold = 1500ms;
  policy.alert_min_interval = 5min;
  policy.first_in_overwrite = true;
  policy.auto_attendance = false;
  policy.bands = {.auto_check_in = 0.71, .auto_check_out = 0.72, .manual_review = 0.61, .duplicate_window = 7min};
  ASSERT_TRUE(rules.add(policy));
  EXPECT_THAT(rules.policies().value(), ElementsAre(policy));
  EXPECT_EQ(rules.add(policy).error().kind, ErrorKind::conflict);

  Shift shift;
  shift.id = ShiftId("night");
  shift.valid_from = morning;
  shift.name = "Malam";
  shift.hours = {.start = 22h, .end = 6h};
  shift.lunch_break = HoursOfDay{.start = 1h, .end = 2h};
  shift.working_days = Weekdays{0b0000011};
  shift.expected_duration = 7h;
  shift.grace = 5min;
  shift.organisation = "PT Satu";
  shift.created_at = morning;
  shift.updated_at = morning + 1ms;
  auto later = shift;
  later.valid_from += 24h;
  later.is_active = false;
  later.lunch_break.reset();
  later.working_days.reset();
  ASSERT_TRUE(rules.add(later));
  ASSERT_TRUE(rules.add(shift));
  EXPECT_THAT(rules.shifts().value(), ElementsAre(shift, later));
  EXPECT_EQ(rules.add(shift).error().kind, ErrorKind::conflict);

  AttendanceRule rule;
  rule.id = AttendanceRuleId("std");
  rule.valid_from = morning;
  rule.name = "Standard";
  rule.department = "Plant 2";
  rule.hours = HoursOfDay{.start = 8h, .end = 17h};
  rule.min_presence_percentage = 87.5;
  rule.bands.manual_review = 0.55;
  rule.created_at = morning;
  auto without = rule;
  without.valid_from += 1h;
  without.hours.reset();
  ASSERT_TRUE(rules.add(rule));
  ASSERT_TRUE(rules.add(without));
  EXPECT_THAT(rules.rules().value(), ElementsAre(rule, without));

  CameraOutage outage{.camera = CameraId("CAM1"), .from = morning, .until = std::nullopt};
  ASSERT_TRUE(rules.put(outage));
  outage.until = morning + 1h;
  ASSERT_TRUE(rules.put(outage));
  const CameraOutage lasting{.camera = CameraId("CAM2"), .from = morning + 2h, .until = std::nullopt};
  ASSERT_TRUE(rules.put(lasting));
  EXPECT_THAT(rules.outages(std::nullopt, std::nullopt).value(), ElementsAre(outage, lasting));
  EXPECT_THAT(rules.outages(morning + 30min, morning + 40min).value(), ElementsAre(outage));
  EXPECT_THAT(rules.outages(morning + 1h, morning + 2h).value(), ElementsAre());
  EXPECT_THAT(rules.outages(morning + 99h, morning + 100h).value(), ElementsAre(lasting)) << "it still lasts";
}

TEST_P(RulesContract, AssignmentsAndExceptions) {
  add_person("p1");
  auto& rules = database_->rules();
  const ShiftAssignment own{.id = ShiftAssignmentId("a1"),
                            .person = PersonId("p1"),
                            .department = "",
                            .shift = ShiftId("night"),
                            .valid_from = morning,
                            .created_at = morning};
  const ShiftAssignment ended{.id = ShiftAssignmentId("a2"),
                              .person = std::nullopt,
                              .department = "Plant 2",
                              .shift = std::nullopt,
                              .valid_from = morning + 1h,
                              .created_at = morning};
  ASSERT_TRUE(rules.add(ended));
  ASSERT_TRUE(rules.add(own));
  EXPECT_THAT(rules.assignments().value(), ElementsAre(own, ended));
  auto nobody = own;
  nobody.id = ShiftAssignmentId("a3");
  nobody.person = PersonId("p9");
  EXPECT_EQ(rules.add(nobody).error().kind, ErrorKind::not_found);

  AttendanceException leave;
  leave.id = AttendanceExceptionId("e1");
  leave.person = PersonId("p1");
  leave.day = monday;
  leave.type = ExceptionType::leave;
  leave.reason = "sakit";
  leave.created_at = morning;
  AttendanceException holiday;
  holiday.id = AttendanceExceptionId("e0");
  holiday.day = monday + std::chrono::days(1);
  holiday.requires_approval = false;
  ASSERT_TRUE(rules.put(holiday));
  ASSERT_TRUE(rules.put(leave));
  leave.approved = true;
  leave.approved_by = "ani";
  leave.approved_at = morning + 1h;
  leave.withdrawn_at = morning + 2h;
  ASSERT_TRUE(rules.put(leave));
  EXPECT_THAT(rules.exceptions().value(), ElementsAre(leave, holiday));

  ASSERT_TRUE(database_->persons().remove(PersonId("p1")));
  EXPECT_THAT(rules.assignments().value(), ElementsAre(ended));
  EXPECT_THAT(rules.exceptions().value(), ElementsAre(holiday));
}

TEST_P(RulesContract, AlertsAreFoundByPersonDayAndTime) {
  add_person("p1");
  add_person("p2");
  auto& alerts = database_->alerts();
  const auto one = violation("a1", "p1", morning);
  auto two = violation("a2", "p1", morning + 1h);
  auto other = violation("a3", "p2", morning + 2h);
  other.day = monday + std::chrono::days(1);
  for (const auto& alert : {two, one, other}) ASSERT_TRUE(alerts.put(alert));
  EXPECT_EQ(alerts.violation(AlertId("a1")).value(), one);
  EXPECT_FALSE(alerts.violation(AlertId("a9")).value());
  EXPECT_THAT(alerts.of_day(PersonId("p1"), monday).value(), ElementsAre(one, two));
  two.resolved_at = morning + 90min;
  ASSERT_TRUE(alerts.put(two));
  EXPECT_THAT(alerts.unresolved(PersonId("p1")).value(), ElementsAre(one));
  EXPECT_EQ(alerts.put(violation("a4", "p1", morning)).error().kind, ErrorKind::conflict);

  const auto all = alerts.find({.from = {}, .to = {}, .person = {}}, {.offset = 0, .limit = 2}).value();
  EXPECT_EQ(all.total, 3);
  EXPECT_THAT(names(all.rows), ElementsAre("a3", "a2"));
  EXPECT_THAT(names(alerts.find({.from = {}, .to = {}, .person = {}}, {.offset = 2, .limit = 2})->rows),
              ElementsAre("a1"));
  EXPECT_THAT(names(alerts.find({.from = morning + 1ms, .to = morning + 2h, .person = {}}, {})->rows),
              ElementsAre("a2"));
  EXPECT_THAT(names(alerts.find({.from = {}, .to = {}, .person = PersonId("p1"), .unresolved_only = true}, {})->rows),
              ElementsAre("a1"));

  ASSERT_TRUE(alerts.remove(AlertId("a1")));
  EXPECT_EQ(alerts.remove(AlertId("a1")).error().kind, ErrorKind::not_found);
  EXPECT_EQ(alerts.remove_opened(morning + 2h, std::nullopt).value(), 1);
  EXPECT_EQ(alerts.remove_opened(std::nullopt, std::nullopt).value(), 1);
}

TEST_P(RulesContract, NotificationsAreReadOnceForAll) {
  add_person("p1");
  auto& alerts = database_->alerts();
  const Notification lost{.id = NotificationId("n1"),
                          .type = NotificationType::employee_lost,
                          .person = PersonId("p1"),
                          .camera = CameraId("CAM1"),
                          .alert = AlertId("a1"),
                          .message = "Ana left",
                          .created_at = morning};
  const Notification dark{.id = NotificationId("n2"),
                          .type = NotificationType::camera_down,
                          .person = std::nullopt,
                          .camera = CameraId("CAM2"),
                          .alert = std::nullopt,
                          .message = "CAM2 is dark",
                          .created_at = morning + 1s};
  ASSERT_TRUE(alerts.add(lost));
  ASSERT_TRUE(alerts.add(dark));
  EXPECT_THAT(alerts.notifications(false, {})->rows, ElementsAre(dark, lost));
  ASSERT_TRUE(alerts.mark_read(dark.id));
  EXPECT_EQ(alerts.mark_read(NotificationId("n9")).error().kind, ErrorKind::not_found);
  EXPECT_THAT(alerts.notifications(true, {})->rows, ElementsAre(lost));
  EXPECT_EQ(alerts.mark_all_read().value(), 1);
  EXPECT_EQ(alerts.notifications(true, {})->total, 0);
  EXPECT_EQ(alerts.remove_notifications_before(morning + 1s).value(), 1);
  EXPECT_EQ(alerts.notifications(false, {})->total, 1);
}

TEST_P(RulesContract, NothingOfAnErasedPersonIsLeft) {
  add_person("p1");
  ASSERT_TRUE(database_->alerts().put(violation("a1", "p1", morning)));
  ASSERT_TRUE(database_->alerts().add({.id = NotificationId("n1"),
                                       .person = PersonId("p1"),
                                       .camera = {},
                                       .alert = {},
                                       .message = "Somebody left",
                                       .created_at = morning}));
  ASSERT_TRUE(database_->images().add({.id = PersonImageId("i1"), .person = PersonId("p1"), .path = "x", .face = {}}));
  ASSERT_TRUE(database_->persons().remove(PersonId("p1")));
  EXPECT_EQ(database_->alerts().find({.from = {}, .to = {}, .person = {}}, {})->total, 0);
  EXPECT_EQ(database_->alerts().notifications(false, {})->total, 0);
  EXPECT_TRUE(database_->images().of_person(PersonId("p1"))->empty());
}

INSTANTIATE_TEST_SUITE_P(All, RulesContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
