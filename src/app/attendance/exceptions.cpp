#include "app/attendance/exceptions.hpp"

#include <algorithm>
#include <format>

#include "core/uuid.hpp"

namespace hadir {
namespace {

using std::chrono::days;

constexpr int most_days = 366;

Status check(Database& database, const ExceptionRequest& request) {
  if (request.to < request.from) return fail(ErrorKind::invalid_input, "to: must not be before from");
  if ((request.to - request.from).count() >= most_days)
    return fail(ErrorKind::invalid_input, std::format("to: must be within {} days of from", most_days));
  if (request.person)
    if (const auto person = database.persons().get(*request.person); !person) return std::unexpected(person.error());
  const auto known = database.rules().exceptions();
  if (!known) return std::unexpected(known.error());
  for (const auto& one : *known)
    if (!one.withdrawn_at && one.person == request.person && one.type == request.type && one.day >= request.from &&
        one.day <= request.to)
      return fail(ErrorKind::conflict, std::format("{} is a {} already", format_day(one.day), to_text(one.type)));
  return {};
}

using Change = std::function<Status(AttendanceException&)>;

Result<AttendanceException> changed(Database& database, const AttendanceExceptionId& id, const Change& change,
                                    const AlongWithException& along) {
  AttendanceException exception;
  const auto done = database.in_transaction([&]() -> Status {
    auto found = exception_of(database, id);
    if (!found) return std::unexpected(found.error());
    exception = std::move(*found);
    if (exception.withdrawn_at) return fail(ErrorKind::conflict, "this exception was withdrawn");
    if (auto good = change(exception); !good) return good;
    if (auto put = database.rules().put(exception); !put) return put;
    return along ? along(exception) : Status{};
  });
  if (!done) return std::unexpected(done.error());
  return exception;
}

}  // namespace

Result<AttendanceException> exception_of(Database& database, const AttendanceExceptionId& id) {
  auto known = database.rules().exceptions();
  if (!known) return std::unexpected(known.error());
  const auto found = std::ranges::find(*known, id, &AttendanceException::id);
  if (found == known->end()) return fail(ErrorKind::not_found, "there is no such exception");
  return std::move(*found);
}

Result<std::vector<AttendanceException>> add_exceptions(Database& database, const ExceptionRequest& request,
                                                        const std::string& by, Instant now,
                                                        const AlongWithException& along) {
  RandomUuidSource uuids;
  std::vector<AttendanceException> added;
  const auto done = database.in_transaction([&]() -> Status {
    if (auto good = check(database, request); !good) return good;
    for (auto day = request.from; day <= request.to; day += days(1)) {
      AttendanceException one;
      one.id = AttendanceExceptionId(uuids.next(now));
      one.person = request.person;
      one.day = day;
      one.type = request.type;
      one.reason = request.reason;
      one.created_at = now;
      one.approved = request.approve;
      if (request.approve) {
        one.approved_by = by;
        one.approved_at = now;
      }
      if (auto put = database.rules().put(one); !put) return put;
      if (along)
        if (auto noted = along(one); !noted) return noted;
      added.push_back(std::move(one));
    }
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return added;
}

Result<AttendanceException> approve_exception(Database& database, const AttendanceExceptionId& id,
                                              const std::string& by, Instant now, const AlongWithException& along) {
  return changed(
      database, id,
      [&](AttendanceException& exception) -> Status {
        if (exception.approved)
          return fail(ErrorKind::conflict, "this exception is approved already, by " + exception.approved_by);
        exception.approved = true;
        exception.approved_by = by;
        exception.approved_at = now;
        return {};
      },
      along);
}

Result<AttendanceException> withdraw_exception(Database& database, const AttendanceExceptionId& id, Instant now,
                                               const AlongWithException& along) {
  return changed(
      database, id,
      [&](AttendanceException& exception) -> Status {
        exception.withdrawn_at = now;
        return {};
      },
      along);
}

}  // namespace hadir
