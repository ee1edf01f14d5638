#pragma once
#include "core/ports/alert_repository.hpp"
#include "core/ports/office_repositories.hpp"
#include "core/ports/retention.hpp"
#include "core/ports/rule_repository.hpp"
#include "store/sql/account_repositories.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sql {

class Rules final : public RuleRepository {
 public:
  explicit Rules(Connections& connections) : connections_(connections) {}
  Status add(const SitePolicy& policy) override;
  Result<std::vector<SitePolicy>> policies() const override;
  Status add(const ScheduleVersion& schedule) override;
  Result<std::vector<ScheduleVersion>> schedules() const override;
  Status add(const Shift& shift) override;
  Result<std::vector<Shift>> shifts() const override;
  Status add(const ShiftAssignment& assignment) override;
  Result<std::vector<ShiftAssignment>> assignments() const override;
  Status add(const AttendanceRule& rule) override;
  Result<std::vector<AttendanceRule>> rules() const override;
  Status put(const AttendanceException& exception) override;
  Result<std::vector<AttendanceException>> exceptions() const override;
  Status put(const CameraOutage& outage) override;
  Result<std::vector<CameraOutage>> outages(std::optional<Instant> from, std::optional<Instant> to) const override;
  Result<std::optional<CameraOutage>> latest_outage(const CameraId& camera) const override;

 private:
  Connections& connections_;
};

class Alerts final : public AlertRepository {
 public:
  explicit Alerts(Connections& connections) : connections_(connections) {}
  Status put(const Violation& violation) override;
  Status remove(const AlertId& id) override;
  Result<std::optional<Violation>> violation(const AlertId& id) const override;
  Result<std::vector<Violation>> of_day(const PersonId& person, LocalDay day) const override;
  Result<std::vector<Violation>> unresolved(const PersonId& person) const override;
  Result<Page<Violation>> find(const ViolationFilter& filter, const Paging& paging) const override;
  Result<std::int64_t> remove_opened(std::optional<Instant> from, std::optional<Instant> to) override;
  Status add(const Notification& notification) override;
  Result<Page<Notification>> notifications(bool unread_only, const Paging& paging) const override;
  Status mark_read(const NotificationId& id) override;
  Result<std::int64_t> mark_all_read() override;
  Result<std::int64_t> remove_notifications_before(Instant at) override;

 private:
  Connections& connections_;
};

class PersonImages final : public PersonImageRepository {
 public:
  explicit PersonImages(Connections& connections) : connections_(connections) {}
  Status add(const PersonImage& image) override;
  Status make_primary(const PersonImageId& id) override;
  Status remove(const PersonImageId& id) override;
  Result<std::vector<PersonImage>> of_person(const PersonId& person) const override;

 private:
  Connections& connections_;
};

class OutboxMessages final : public Outbox {
 public:
  explicit OutboxMessages(Connections& connections) : connections_(connections) {}
  Status add(const OutboxMessage& message) override;
  Status update(const OutboxMessage& message) override;
  Result<std::vector<OutboxMessage>> due(Instant now, int most) const override;
  Result<std::int64_t> count(OutboxState state) const override;
  Result<std::int64_t> remove_done_before(Instant at) override;

 private:
  Connections& connections_;
};

class KeptRecords final : public Retention {
 public:
  explicit KeptRecords(Connections& connections) : connections_(connections) {}
  Result<std::int64_t> count(KeptRows rows, const RemovedSpan& span) const override;
  Result<std::int64_t> remove(KeptRows rows, const RemovedSpan& span, int most) override;
  Status note_removed(KeptRows rows, const RemovedSpan& span) override;
  Result<std::vector<RemovedSpan>> removed(KeptRows rows) const override;
  Result<std::vector<std::string>> sighting_pictures(const RemovedSpan& span) const override;
  Result<std::int64_t> forget_sighting_pictures(const RemovedSpan& span, const std::string& folder, int most) override;
  Result<std::int64_t> forget_day_pictures(LocalDay day) override;

 private:
  Connections& connections_;
};

}  // namespace hadir::sql
