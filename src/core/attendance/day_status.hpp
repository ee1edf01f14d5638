#pragma once
#include <optional>
#include <string>

#include "core/attendance/reason.hpp"
#include "core/attendance/rulebook.hpp"

namespace hadir {

/// A day's status and why.
struct DayStatus {
  AttendanceStatus status = AttendanceStatus::present;
  Reason reason;
};

/// Judges a person's working day from its marks (`day` empty: no sighting counts). `closed`: nothing more comes to it
/// (Rulebook::closes_at); before that nobody is absent and nobody has left early. Nothing when there is nothing to
/// record: nobody came and nobody was to.
///
///   - An exception names the day, whoever came: leave ON_LEAVE, holiday HOLIDAY; at a special event the hours do not
///     hold, those who came are PRESENT, the others as on leave (their own event) or holiday (everybody's).
///   - A closed working day without a first in is ABSENT, by the versions in force when the day began.
///   - A first in, and on a closed day a last out, below its confidence threshold waits for a review. So does a first
///   in
///     after noon of somebody without a shift, unless their hours begin after noon: from 12:00 to 16:00 it may be an
///     arrival or a departure, from 16:00 it is a departure without an arrival.
///   - The first in is LATE by the version in force at its moment, a closed day LEFT_EARLY by that at the last sighting
///     that counts; LATE goes first.
///   - A closed day with less than the rule's share of the expected duration waits for a review.
std::optional<DayStatus> judge_day(const Rulebook& rules, const JudgedPerson& who, LocalDay working_day,
                                   const std::optional<AttendanceDay>& day, bool closed);

/// The same for marks that a person has confirmed: neither their confidence nor the time of day asks for a review, nor
/// does a short presence. Never PENDING_REVIEW; PRESENT where nothing else is said.
DayStatus judge_confirmed_day(const Rulebook& rules, const JudgedPerson& who, const AttendanceDay& day, bool closed);

/// What a sighting is to attendance by the confidence rule.
enum class AutoAction {
  check_in = 1,  ///< marks a first in without anybody's help
  check_out,     ///< marks a last out
  review,        ///< a person is to decide
  duplicate,     ///< says again what was found within the duplicate window
  ignored        ///< not sure enough
};
const char* to_text(AutoAction);  ///< "check_in", "check_out", "review", "duplicate", "ignored"

struct AutoDecision {
  AutoAction action = AutoAction::ignored;
  std::string reason;
};

/// An earlier check-in or check-out.
struct AutoMoment {
  AutoAction action;
  Instant at;
};
/// Whether a sighting is an arrival or a departure, as told live and to review queues. Before 12:00 it is a check-in,
/// from 12:00 to 16:00 it needs a review, from 16:00 it is a check-out; for people with a shift the nearer end of the
/// shift decides. `previous`: the person's latest.
AutoDecision decide(const Rulebook& rules, const JudgedPerson& who, float confidence, Instant at,
                    const std::optional<AutoMoment>& previous);

}  // namespace hadir
