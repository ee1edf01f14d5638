#pragma once
#include <optional>
#include <span>
#include <vector>

#include "core/attendance/presence.hpp"
#include "core/attendance/rulebook.hpp"
#include "core/attendance/violation.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// The violations of one person's working day as they are known at `now`.
///
/// Somebody who was seen that day is unseen for longer than the threshold (never shorter than the presence time-out, so
/// that an EXIT goes before), all of it in tracked time and with the camera that saw them last not dark. An absence
/// that begins outside tracked time counts from where tracked time begins; one violation an absence; at least the
/// minimal interval between two of a day. It is resolved by the next sighting, on whatever day. Threshold and interval
/// are those in force when the person was seen last; the schedule is that in force at every moment of the absence.
///
/// `ordered`: the person's sightings by (time, id) from the day's first to the first after the day's last; those of
/// other days before and after may be among them.
std::vector<Violation> violations_of(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                                     std::span<const Sighting> ordered, Instant now);

/// When a violation opens if a person seen last by `last` is not seen again, none having been opened that day after
/// `last_opened`; nothing when none does.
std::optional<Instant> opening_after(const Rulebook& rules, const JudgedPerson& who, const Seen& last,
                                     const std::optional<Instant>& last_opened);

}  // namespace hadir
