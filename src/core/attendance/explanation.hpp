#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/attendance/day_status.hpp"
#include "core/attendance/judge.hpp"
#include "core/attendance/rulebook.hpp"

namespace hadir {

/// One figure of a day: what it is, its value, and why; with the sightings it was made from.
struct ExplainedFigure {
  std::string figure;  ///< "hours", "first in", "status", "violation", ...
  std::string value;
  Reason because;
  std::vector<SightingId> sightings;
};

struct ExplainedSighting {
  Sighting sighting;
  AutoDecision decision;  ///< what the confidence rule says of it alone
};

/// The chain from sightings and rule versions to each figure of a person's day.
struct DayExplanation {
  PersonId person;
  LocalDay day{};
  std::vector<ExplainedSighting> sightings;  ///< of that day, by (time, id)
  std::vector<ExplainedFigure> figures;      ///< in the order in which they follow from each other
  bool differs = false;                      ///< what is recorded is not what the rules make of the journal
};

/// How cameras are called in reasons; empty: by their ids.
using CameraNaming = std::function<std::string(const CameraId&)>;

/// `ordered`: the person's sightings from before the day to after it (Rulebook::around), by (time, id); `recorded`: the
/// day as it is kept, if it is.
DayExplanation explain_day(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                           std::span<const Sighting> ordered, const std::optional<AttendanceDay>& recorded, Instant now,
                           const CameraNaming& name_of = {});

/// For people to read: figures, each with its reason below, then the sightings. Times on that zone's clock.
std::string text_of(const DayExplanation& explanation, const std::string& name, const std::chrono::time_zone& zone);

}  // namespace hadir
