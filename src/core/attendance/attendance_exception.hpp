#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using AttendanceExceptionId = Id<struct AttendanceExceptionTag>;  ///< UUIDv7

enum class ExceptionType { holiday = 1, leave, special_event };
const char* to_text(ExceptionType);  ///< "holiday", "leave", "special_event"
std::optional<ExceptionType> exception_type_from(std::string_view text);

/// A day that is not like others, for one person or for all.
///
/// A day's status follows the exceptions that count now, whenever they were approved. Alerts follow those that counted
/// at the alert's moment: what was told to a supervisor stays told.
struct AttendanceException {
  AttendanceExceptionId id;
  std::optional<PersonId> person;  ///< empty: everybody
  LocalDay day{};
  ExceptionType type = ExceptionType::holiday;
  std::string reason;
  bool requires_approval = true;
  bool approved = false;
  std::string approved_by;              ///< user name
  std::optional<Instant> approved_at;   ///< set when `approved`
  std::optional<Instant> withdrawn_at;  ///< it counts no longer
  Instant created_at{};

  bool counts() const { return (approved || !requires_approval) && !withdrawn_at; }
  bool counted_at(Instant at) const {
    const bool known = requires_approval ? approved && approved_at && *approved_at <= at : created_at <= at;
    return known && !(withdrawn_at && *withdrawn_at <= at);
  }
  friend bool operator==(const AttendanceException&, const AttendanceException&) = default;
};

}  // namespace hadir
