#pragma once
#include <optional>
#include <vector>

#include "core/attendance/violation.hpp"
#include "core/error.hpp"
#include "core/records/page.hpp"

namespace hadir {

struct ViolationFilter {
  std::optional<Instant> from;  ///< opened_at >= from
  std::optional<Instant> to;    ///< opened_at < to
  std::optional<PersonId> person;
  bool unresolved_only = false;
};

/// The log of alerts and the notifications about them. Errors as those of the other repositories.
class AlertRepository {
 public:
  virtual ~AlertRepository() = default;
  /// Adds or replaces by id.
  virtual Status put(const Violation& violation) = 0;
  virtual Status remove(const AlertId& id) = 0;
  virtual Result<std::optional<Violation>> violation(const AlertId& id) const = 0;
  /// All of a person's working day, by `opened_at`.
  virtual Result<std::vector<Violation>> of_day(const PersonId& person, LocalDay day) const = 0;
  /// Those of a person not yet resolved, by `opened_at`.
  virtual Result<std::vector<Violation>> unresolved(const PersonId& person) const = 0;
  /// Newest first.
  virtual Result<Page<Violation>> find(const ViolationFilter& filter, const Paging& paging) const = 0;
  /// Removes those opened in [from, to), everything without bounds; how many.
  virtual Result<std::int64_t> remove_opened(std::optional<Instant> from, std::optional<Instant> to) = 0;

  virtual Status add(const Notification& notification) = 0;
  /// Newest first.
  virtual Result<Page<Notification>> notifications(bool unread_only, const Paging& paging) const = 0;
  virtual Status mark_read(const NotificationId& id) = 0;
  /// How many were unread.
  virtual Result<std::int64_t> mark_all_read() = 0;
  virtual Result<std::int64_t> remove_notifications_before(Instant at) = 0;
};

}  // namespace hadir
