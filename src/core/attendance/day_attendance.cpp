#include "core/attendance/day_attendance.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace hadir {
namespace {

AttendanceMark mark_of(const Sighting& sighting) {
  return {.at = sighting.at,
          .camera = sighting.camera,
          .confidence = sighting.confidence,
          .sighting = sighting.id,
          .picture = {}};
}

/// Surer first; of equally sure ones that with the smaller id, so that the order of arrival does not matter.
bool is_better(const Sighting& sighting, const AttendanceMark& mark) {
  return std::tuple(-sighting.confidence, sighting.id) < std::tuple(-mark.confidence, mark.sighting);
}

/// Later; of two at the same moment that with the larger id.
bool is_later(const Sighting& sighting, const AttendanceMark& mark) {
  return std::tuple(sighting.at, sighting.id) > std::tuple(mark.at, mark.sighting);
}

}  // namespace

DayStep add_sighting(const std::optional<AttendanceDay>& before, LocalDay day, const Sighting& sighting,
                     const DayRules& rules) {
  DayStep step;
  if (!before || before->entry_type == EntryType::system) {
    step.day = {.person = *sighting.person,
                .day = day,
                .first_in = mark_of(sighting),
                .last_out = std::nullopt,
                .status = AttendanceStatus::present,
                .entry_type = EntryType::automatic,
                .remarks = {}};
    step.verdict = DayVerdict::changed;
    step.first_in_changed = true;
    return step;
  }
  step.day = *before;
  if (before->entry_type == EntryType::manual || !before->first_in) return step;

  auto& first = *step.day.first_in;
  if (sighting.at < first.at) {
    step.verdict = DayVerdict::recount;
    return step;
  }
  const auto after_first = sighting.at - first.at;
  const bool replaces = rules.first_in_overwrite ? after_first <= rules.first_in_window && is_better(sighting, first)
                                                 : after_first == Millis{0} && sighting.id < first.sighting;
  if (replaces) {
    const auto at = first.at;
    first = mark_of(sighting);
    first.at = at;
    step.first_in_changed = true;
  }
  if (after_first > Millis{0} && after_first >= rules.last_out_delay &&
      (!step.day.last_out || is_later(sighting, *step.day.last_out))) {
    step.day.last_out = mark_of(sighting);
    step.last_out_changed = true;
  }
  if (step.first_in_changed || step.last_out_changed) step.verdict = DayVerdict::changed;
  return step;
}

std::optional<AttendanceDay> attendance_of(const PersonId& person, LocalDay day, std::span<const Sighting> sightings,
                                           const DayRules& rules) {
  std::vector<const Sighting*> ordered;
  for (const auto& sighting : sightings)
    if (sighting.person == person) ordered.push_back(&sighting);
  std::ranges::sort(ordered, {}, [](const Sighting* s) { return std::tie(s->at, s->id); });
  std::optional<AttendanceDay> result;
  for (const auto* sighting : ordered) {
    auto step = add_sighting(result, day, *sighting, rules);
    result = std::move(step.day);
  }
  return result;
}

}  // namespace hadir
