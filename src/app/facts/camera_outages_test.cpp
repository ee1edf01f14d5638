// What is kept of a dark camera is kept together, or not at all.
#include <gmock/gmock.h>

#include "app/facts/facts_fixture_test.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

/// Alerts that take no notification while they are told so: as a disk that fills up within a transaction.
class RefusingAlerts final : public AlertRepository {
 public:
  explicit RefusingAlerts(AlertRepository& real) : real_(real) {}
  bool refuses = false;

  Status put(const Violation& violation) override { return real_.put(violation); }
  Status remove(const AlertId& id) override { return real_.remove(id); }
  Result<std::optional<Violation>> violation(const AlertId& id) const override { return real_.violation(id); }
  Result<std::vector<Violation>> of_day(const PersonId& person, LocalDay day) const override {
    return real_.of_day(person, day);
  }
  Result<std::vector<Violation>> unresolved(const PersonId& person) const override { return real_.unresolved(person); }
  Result<Page<Violation>> find(const ViolationFilter& filter, const Paging& paging) const override {
    return real_.find(filter, paging);
  }
  Result<std::int64_t> remove_opened(std::optional<Instant> from, std::optional<Instant> to) override {
    return real_.remove_opened(from, to);
  }
  Status add(const Notification& notification) override {
    if (refuses) return fail(ErrorKind::unavailable, "no space left");
    return real_.add(notification);
  }
  Result<Page<Notification>> notifications(bool unread_only, const Paging& paging) const override {
    return real_.notifications(unread_only, paging);
  }
  Status mark_read(const NotificationId& id) override { return real_.mark_read(id); }
  Result<std::int64_t> mark_all_read() override { return real_.mark_all_read(); }
  Result<std::int64_t> remove_notifications_before(Instant at) override {
    return real_.remove_notifications_before(at);
  }

 private:
  AlertRepository& real_;
};

/// A real database but for its alerts.
class DatabaseWithout final : public Database {
 public:
  DatabaseWithout(Database& real, AlertRepository& alerts) : real_(real), alerts_(alerts) {}
  PersonRepository& persons() override { return real_.persons(); }
  TemplateRepository& templates() override { return real_.templates(); }
  CameraRepository& cameras() override { return real_.cameras(); }
  SightingRepository& sightings() override { return real_.sightings(); }
  AttendanceRepository& attendance() override { return real_.attendance(); }
  RuleRepository& rules() override { return real_.rules(); }
  AlertRepository& alerts() override { return alerts_; }
  AccountRepository& accounts() override { return real_.accounts(); }
  PersonImageRepository& images() override { return real_.images(); }
  Outbox& outbox() override { return real_.outbox(); }
  AuditLog& audit() override { return real_.audit(); }
  Retention& retention() override { return real_.retention(); }
  Status in_transaction(const std::function<Status()>& work) override { return real_.in_transaction(work); }
  Status check() override { return real_.check(); }
  std::string describe() const override { return real_.describe(); }

 private:
  Database& real_;
  AlertRepository& alerts_;
};

class CameraOutagesTest : public FactsFixture {
 protected:
  CameraOutagesTest() {
    add_person("p1", "E0001", "Ana");
    EXPECT_TRUE(recorder_.expire(morning - 1s));
    EXPECT_TRUE(recorder_.record(std::vector{known("s1", 0s, "p1", "jpeg")}));
  }
  std::vector<CameraOutage> outages() { return database_->rules().outages({}, {}).value(); }
  std::vector<Notification> told() { return database_->alerts().notifications(false, {}).value().rows; }

  const CameraId camera_{"CAM1"};
  RefusingAlerts alerts_{database_->alerts()};
  DatabaseWithout without_{*database_, alerts_};
  FactRecorder recorder_{without_, pictures_, rules()};
};

TEST_F(CameraOutagesTest, AnOutageIsKeptWithItsNotificationOrNotAtAll) {
  alerts_.refuses = true;
  const auto refused = recorder_.camera_dark(camera_, morning + 1min, morning + 2min);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("no space left"));
  EXPECT_THAT(outages(), IsEmpty());
  alerts_.refuses = false;
  ASSERT_TRUE(recorder_.camera_dark(camera_, morning + 1min, morning + 3min));
  ASSERT_THAT(outages(), SizeIs(1));
  EXPECT_FALSE(outages()[0].until);
  EXPECT_THAT(told(), SizeIs(1));
  EXPECT_THAT(recorder_.camera_dark(camera_, morning + 1min, morning + 4min)->notifications, IsEmpty()) << "once";
}

TEST_F(CameraOutagesTest, ItsEndIsKeptWithItsNotificationOrNotAtAll) {
  ASSERT_TRUE(recorder_.camera_dark(camera_, morning + 1min, morning + 2min));
  alerts_.refuses = true;
  ASSERT_FALSE(recorder_.camera_back(camera_, morning + 10min));
  EXPECT_FALSE(outages()[0].until) << "it still lasts";
  EXPECT_THAT(told(), SizeIs(1));
  alerts_.refuses = false;
  ASSERT_THAT(recorder_.camera_back(camera_, morning + 10min)->notifications, SizeIs(1));
  EXPECT_EQ(outages()[0].until, morning + 10min);
  EXPECT_THAT(told(), SizeIs(2));
  EXPECT_THAT(recorder_.camera_back(camera_, morning + 11min)->notifications, IsEmpty());
}

TEST_F(CameraOutagesTest, AnAbsenceIsKeptWithItsNotificationOrNotAtAll) {
  ScheduleVersion schedule;
  schedule.id = ScheduleId("first");
  schedule.valid_from = morning - 1h;
  ASSERT_TRUE(database_->rules().add(schedule));
  ASSERT_TRUE(recorder_.rules_changed({}));
  alerts_.refuses = true;
  ASSERT_FALSE(recorder_.expire(morning + 10min));
  EXPECT_THAT(database_->alerts().of_day(PersonId("p1"), monday).value(), IsEmpty());
  EXPECT_EQ(database_->attendance().presence(PersonId("p1")).value()->status, PresenceStatus::available);
  alerts_.refuses = false;
  ASSERT_TRUE(recorder_.expire(morning + 10min + 1s));
  EXPECT_THAT(database_->alerts().of_day(PersonId("p1"), monday).value(), SizeIs(1));
  EXPECT_THAT(told(), SizeIs(1));
}

}  // namespace
}  // namespace hadir
