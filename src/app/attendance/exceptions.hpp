#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/attendance/attendance_exception.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// Days that are to be unlike others: an exception for each of from..to.
struct ExceptionRequest {
  std::optional<PersonId> person;  ///< empty: everybody
  LocalDay from{};
  LocalDay to{};  ///< inclusive
  ExceptionType type = ExceptionType::holiday;
  std::string reason;
  bool approve = false;  ///< by whoever asks; otherwise it waits for an approval
};

/// Runs in the transaction of a change, for each exception: its failure undoes it. May be empty.
using AlongWithException = std::function<Status(const AttendanceException&)>;

/// Adds them, all or none. `not_found` for the person; `invalid_input` ("to: …") for days in the wrong order or more
/// than a year of them; `conflict` when one of the days has such an exception already.
Result<std::vector<AttendanceException>> add_exceptions(Database& database, const ExceptionRequest& request,
                                                        const std::string& by, Instant now,
                                                        const AlongWithException& along = {});

Result<AttendanceException> exception_of(Database& database, const AttendanceExceptionId& id);

/// It counts from now on. `not_found`; `conflict` when it was approved or withdrawn already.
Result<AttendanceException> approve_exception(Database& database, const AttendanceExceptionId& id,
                                              const std::string& by, Instant now, const AlongWithException& along = {});

/// It counts no longer; it stays in the list. `not_found`; `conflict` when it was withdrawn already.
Result<AttendanceException> withdraw_exception(Database& database, const AttendanceExceptionId& id, Instant now,
                                               const AlongWithException& along = {});

}  // namespace hadir
