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

AttendanceDay day_from(const Sighting& sighting, LocalDay day) {
  return {.person = *sighting.person,
          .day = day,
          .first_in = mark_of(sighting),
          .last_out = std::nullopt,
          .status = AttendanceStatus::present,
          .entry_type = EntryType::automatic,
          .remarks = {}};
}

/// What a sighting may do by itself.
struct Weight {
  bool counts = false;  ///< at least for a review
  bool sure_in = false;
  bool sure_out = false;
};

Weight weight_of(float confidence, const ConfidenceBands& bands) {
  // Confidences are kept as float: 0.7F must reach 0.7.
  const auto reaches = [&](double least) { return confidence >= static_cast<float>(least); };
  Weight weight{.sure_in = reaches(bands.auto_check_in), .sure_out = reaches(bands.auto_check_out)};
  weight.counts = weight.sure_in || weight.sure_out || reaches(bands.manual_review);
  return weight;
}

Weight weight_of(const Sighting& sighting, const DayRules& rules) {
  return weight_of(sighting.confidence, rules.bands_at ? rules.bands_at(sighting.at) : rules.bands);
}

struct Weighed {
  const Sighting* sighting;
  Weight weight;
};

void find_first_in(const std::vector<Weighed>& ordered, const DayRules& rules, std::optional<AttendanceMark>& first) {
  const bool sure = std::ranges::any_of(ordered, [](const Weighed& one) { return one.weight.sure_in; });
  for (const auto& [sighting, weight] : ordered) {
    if (sure && !weight.sure_in) continue;
    if (!first) {
      first = mark_of(*sighting);
    } else if (rules.first_in_overwrite && sighting->at - first->at <= rules.first_in_window &&
               is_better(*sighting, *first)) {
      const auto at = first->at;
      first = mark_of(*sighting);
      first->at = at;
    }
  }
}

void find_last_out(const std::vector<Weighed>& ordered, Instant first_in, std::optional<AttendanceMark>& last) {
  bool sure = false;
  for (const auto& [sighting, weight] : ordered) {
    if (sighting->at <= first_in || (sure && !weight.sure_out)) continue;
    last = mark_of(*sighting);
    sure = weight.sure_out;
  }
}

}  // namespace

std::optional<AttendanceDay> attendance_of(const PersonId& person, LocalDay day, std::span<const Sighting> sightings,
                                           const DayRules& rules) {
  std::vector<Weighed> ordered;
  for (const auto& sighting : sightings) {
    if (sighting.person != person) continue;
    if (const auto weight = weight_of(sighting, rules); weight.counts) ordered.push_back({&sighting, weight});
  }
  if (ordered.empty()) return std::nullopt;
  std::ranges::sort(ordered, {}, [](const Weighed& one) { return std::tie(one.sighting->at, one.sighting->id); });
  auto result = day_from(*ordered.front().sighting, day);
  result.first_in.reset();
  find_first_in(ordered, rules, result.first_in);
  find_last_out(ordered, result.first_in->at, result.last_out);
  return result;
}

DayStep add_sighting(const std::optional<AttendanceDay>& before, LocalDay day, const Sighting& sighting,
                     const DayRules& rules) {
  DayStep step;
  if (before) step.day = *before;
  if (before && before->entry_type == EntryType::manual) return step;
  const auto weight = weight_of(sighting, rules);
  if (!weight.counts) return step;
  if (!before || before->entry_type == EntryType::system || !before->first_in) {
    step.day = day_from(sighting, day);
    step.verdict = DayVerdict::changed;
    step.first_in_changed = true;
    return step;
  }
  const auto& first = *before->first_in;
  const auto& last = before->last_out;
  // The usual case: a sure sighting later than all that matters.
  const bool known_bands = !rules.bands_at && weight_of(first.confidence, rules.bands).sure_in;
  if (!known_bands || sighting.at - first.at <= (rules.first_in_overwrite ? rules.first_in_window : Millis{0})) {
    step.verdict = DayVerdict::recount;
    return step;
  }
  const bool last_is_sure = last && weight_of(last->confidence, rules.bands).sure_out;
  if (last_is_sure && (!weight.sure_out || !is_later(sighting, *last))) return step;
  if (last && !last_is_sure && !is_later(sighting, *last)) {
    if (weight.sure_out) step.verdict = DayVerdict::recount;
    return step;
  }
  step.day.last_out = mark_of(sighting);
  step.last_out_changed = true;
  step.verdict = DayVerdict::changed;
  return step;
}

}  // namespace hadir
