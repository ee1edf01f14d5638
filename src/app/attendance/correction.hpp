#pragma once
#include <optional>
#include <string>

#include "app/facts/fact_rules.hpp"

namespace hadir {

/// What somebody enters for a person's working day. What is not given stays as it is.
struct Correction {
  PersonId person;
  LocalDay day{};
  std::optional<std::optional<Instant>> first_in;  ///< given as nothing: they did not come
  std::optional<std::optional<Instant>> last_out;
  std::optional<AttendanceStatus> status;  ///< not given: what the rules make of the times
  std::optional<std::string> remarks;
  bool approve = false;   ///< by whoever enters it
  std::string reason{};   ///< why; for the audit log
  std::string address{};  ///< where the request came from; for the audit log
  /// The day's `updated_at` as they saw it; nothing: they saw no record of that day.
  std::optional<Instant> seen_updated_at;
};

/// Enters it: the day is MANUAL from then on, and neither the server nor `hadir recompute` changes it. `by`: the user's
/// name, kept with the approval and in the audit log. A change without `approve` takes an earlier approval back.
/// `not_found` for the person; `conflict` when the day was changed since it was seen; `invalid_input` naming the field:
/// a time outside the day or in the future, a last out that is not after the first in, PENDING_REVIEW.
Result<AttendanceDay> correct_day(Database& database, const FactRules& settings, const Correction& correction,
                                  const std::string& by, Instant now);

/// `conflict` when the day as it is kept is not the one that was seen.
Status check_seen(const std::optional<AttendanceDay>& kept, const std::optional<Instant>& seen_updated_at,
                  const std::string& name, LocalDay day);

/// Approves a day as it was entered by hand, by whoever is named in `by`. `not_found` for the person and for a day of
/// which there is no record; `conflict` when it was changed since it was seen, was not entered by hand (there is
/// nothing to approve), or is approved already.
Result<AttendanceDay> approve_day(Database& database, const Correction& approval, const std::string& by, Instant now);

/// Who changed a day, and why.
struct DayAudit {
  std::string action;  ///< "attendance.correct"
  std::string by;
  std::string address;
  std::string detail = "{}";  ///< JSON; gets "date", "before" and "after"
};

/// Adds to the audit log what became of a day. At least one of `before` and `after` is there.
Status audit_day(Database& database, const DayAudit& audit, Instant now, const std::optional<AttendanceDay>& before,
                 const std::optional<AttendanceDay>& after);

}  // namespace hadir
