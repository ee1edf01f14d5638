#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/facts/fact_rules.hpp"
#include "core/attendance/reason.hpp"
#include "core/ports/pictures.hpp"

namespace hadir {

/// A day that waits for somebody's decision (PENDING_REVIEW).
struct ReviewItem {
  Person person;
  AttendanceDay day;
  Reason reason;                     ///< why, by the rules in force at its moments
  bool closed = false;               ///< nothing more comes to that day
  AttendanceMark mark;               ///< the end of the day that caused it, with its picture
  std::optional<Sighting> sighting;  ///< behind the mark; nothing once the journal was purged
};

/// Those of the working days from..to (inclusive), newest day first, then by descending person id; of one person where
/// given. `invalid_input` when `to` is before `from`.
Result<Page<ReviewItem>> review_queue(Database& database, const FactRules& settings, LocalDay from, LocalDay to,
                                      const std::optional<PersonId>& person, const Paging& paging, Instant now);

/// Those that somebody may be told of, who sees not every camera or department. Asked for each day that waits.
using MaySeeReview = std::function<bool(const Person& person, const AttendanceMark& mark)>;
Result<Page<ReviewItem>> review_queue_for(Database& database, const FactRules& settings, const DayFilter& days,
                                          const MaySeeReview& may_see, const Paging& paging, Instant now);

enum class ReviewDecision {
  check_in = 1,  ///< they came then: the marks stand
  check_out,     ///< they left then
  other_person,  ///< it was somebody else
  reject         ///< it was nobody enrolled, or nobody knows who
};
std::optional<ReviewDecision> review_decision_from(std::string_view text);  ///< "check_in", "other_person", ...

struct Review {
  PersonId person;
  LocalDay day{};
  ReviewDecision decision = ReviewDecision::check_in;
  std::optional<PersonId> other;    ///< of `other_person`
  std::optional<Instant> first_in;  ///< of `check_out`: when they came, where somebody knows
  std::string remarks;
  std::string address{};                   ///< where the request came from; for the audit log
  std::optional<Instant> seen_updated_at;  ///< the day's `updated_at` as it was seen
  /// Decide though the day is not over. A day that was confirmed is MANUAL: what cameras see afterwards is not added.
  bool while_open = false;
};

/// Carries a decision out, so that nothing undoes it:
///   - check_in, check_out: the day becomes MANUAL, approved by `by` at `now`; its status is what the rules make of the
///     confirmed marks (LATE, LEFT_EARLY, PRESENT);
///   - other_person, reject: the journal is put right. The track's sightings of that day become the other's, as sure
///     as can be, or nobody's, and the records of both people are made anew from the journal. The day may wait for a
///     review again, because of another sighting.
/// Each is in the audit log. The day as it is afterwards; nothing when no record of it is left. Pictures follow the
/// transaction; one that cannot be moved is missing, and nothing else.
/// `not_found` for a person; `conflict` when the day does not wait for a review, was changed since it was seen, or is
/// not over; `invalid_input` naming the field; `not_found` when the sighting was purged.
Result<std::optional<AttendanceDay>> decide_review(Database& database, PictureStore& pictures,
                                                   const FactRules& settings, const Review& review,
                                                   const std::string& by, Instant now);

}  // namespace hadir
