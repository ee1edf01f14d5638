#include "core/attendance/explanation.hpp"

#include <format>

#include "core/attendance/presence.hpp"
#include "core/attendance/violations.hpp"

namespace hadir {
namespace {

class Explainer {
 public:
  Explainer(const Rulebook& rules, const JudgedPerson& who, LocalDay day, std::span<const Sighting> ordered,
            Instant now, const CameraNaming& name_of)
      : rules_(rules), who_(who), ordered_(ordered), now_(now), closes_(rules.closes_at(who, day)), name_of_(name_of) {
    made.person = who.id;
    made.day = day;
  }

  void sightings() {
    std::optional<AutoMoment> previous;
    for (const auto& sighting : ordered_) {
      if (rules_.day_of(who_, sighting.at) != made.day) continue;
      auto decision = decide(rules_, who_, sighting.confidence, sighting.at, previous);
      if (decision.action == AutoAction::check_in || decision.action == AutoAction::check_out)
        previous = {.action = decision.action, .at = sighting.at};
      made.sightings.push_back({sighting, std::move(decision)});
    }
  }

  void frame() {
    const auto noon = rules_.site_calendar(closes_).at(made.day, std::chrono::hours(12));
    const auto calendar = rules_.calendar(who_, noon);
    add("working day",
        std::format("{} from {} to {}", format_day(made.day), clock(calendar.begin_of(made.day)), clock(closes_)),
        std::format("the cut-off is {} for the person's hours, by the policy since {}; the day is {}",
                    time_of_day_text(calendar.day_starts_at), format_utc(rules_.policy_at(noon).valid_from),
                    now_ >= closes_ ? "closed" : "not over"));
    if (const auto terms = rules_.terms_at(who_, noon))
      add("hours", to_text(terms->hours),
          std::format("{}, {} min of grace, working days {} (0 is Monday), in force at 12:00", terms->source,
                      terms->grace.count(), to_text(terms->working_days)));
    else
      add("hours", "none", "no schedule, rule or shift was in force");
    if (const auto* exception = rules_.exception_on(who_, made.day))
      add("exception", to_text(exception->type),
          std::format("{}{}", exception->reason.empty() ? "no reason given" : exception->reason,
                      exception->approved_by.empty() ? "" : ", approved by " + exception->approved_by));
    const auto bands = rules_.bands_at(who_, noon);
    const auto* rule = rules_.rule_at(who_, noon);
    add("confidence",
        std::format("in {:.2f}, out {:.2f}, review {:.2f}", bands.auto_check_in, bands.auto_check_out,
                    bands.manual_review),
        rule != nullptr ? std::format("rule {} since {}", rule->name, format_utc(rule->valid_from))
                        : "the site's settings; no attendance rule is in force");
  }

  void marks(const std::optional<AttendanceDay>& counted) {
    if (!counted) return add("first in", "none", std::format("of {} sightings none counts", made.sightings.size()));
    mark("first in", counted->first_in, "the earliest sighting that counts");
    mark("last out", counted->last_out, "the latest sighting that counts, after the first in");
    if (const auto duration = counted->duration())
      add("duration", std::format("{} min", duration->count()), "last out less first in, whole minutes");
  }

  void status(const std::optional<AttendanceDay>& counted) {
    const auto judged = judge_day(rules_, who_, made.day, counted, now_ >= closes_);
    if (judged)
      add("status", to_text(judged->status), judged->reason);
    else
      add("status", "none", "nobody came, and nobody was to come or the day is not over");
  }

  void records_of_presence() {
    const auto timeout = [&](Instant at) { return rules_.timeout_at(at); };
    for (const auto& edge : edges_of(who_.id, ordered_, timeout, now_)) {
      if (rules_.day_of(who_, edge.at) != made.day) continue;
      const auto seconds = std::chrono::duration<double>(rules_.timeout_at(edge.at)).count();
      add(to_text(edge.kind), clock(edge.at),
          edge.kind == EdgeKind::enter
              ? std::format("seen on {} after an absence longer than the time-out", name(edge.camera))
              : std::format("not seen for {:g} s after {}", seconds, name(edge.camera)));
    }
    for (const auto& violation : violations_of(rules_, who_, made.day, ordered_, now_))
      add("violation",
          std::format("{} to {}", clock(violation.opened_at),
                      violation.resolved_at ? clock(*violation.resolved_at) : "unresolved"),
          std::format("last seen {} on {}, tracked by schedule {} (hours {}, lunch {}, mode {})",
                      clock(violation.last_seen), name(violation.camera), violation.schedule.version.str(),
                      violation.schedule.work_hours,
                      violation.schedule.lunch_break.empty() ? "none" : violation.schedule.lunch_break,
                      to_text(violation.schedule.mode)));
  }

  void recorded(const std::optional<AttendanceDay>& kept, const std::optional<AttendanceDay>& counted) {
    if (!kept) {
      made.differs = judged_day(rules_, who_, made.day, counted, now_).has_value();
      return add(
          "recorded", "nothing",
          made.differs ? "the rules make a record of this day: see hadir recompute" : "nothing is to be recorded");
    }
    const auto value = std::format("{} {}", to_text(kept->status), to_text(kept->entry_type));
    if (kept->entry_type == EntryType::manual)
      return add("recorded", value,
                 std::format("entered by hand{}{}, and never changed by the machine",
                             kept->approved_by.empty() ? "" : ", approved by " + kept->approved_by,
                             kept->remarks.empty() ? "" : " (" + kept->remarks + ")"));
    const auto fresh = judged_day(rules_, who_, made.day, counted, now_);
    const auto at = [](const std::optional<AttendanceMark>& mark) { return mark ? mark->at : Instant{}; };
    made.differs = !fresh || fresh->status != kept->status || at(fresh->first_in) != at(kept->first_in) ||
                   at(fresh->last_out) != at(kept->last_out);
    add("recorded", value,
        made.differs ? "differs from what the rules make of the journal now: see hadir recompute"
                     : "as the rules make it of the journal");
  }

  DayExplanation made;

 private:
  std::string clock(Instant at) const { return format_iso8601(at, *rules_.site_calendar(at).zone); }
  std::string name(const CameraId& camera) const { return name_of_ ? name_of_(camera) : camera.str(); }
  void add(std::string figure, std::string value, std::string because, std::vector<SightingId> from = {}) {
    made.figures.push_back({std::move(figure), std::move(value), std::move(because), std::move(from)});
  }
  void mark(const char* figure, const std::optional<AttendanceMark>& mark, const std::string& because) {
    if (!mark) return add(figure, "none", "no sighting counts as one");
    add(figure, clock(mark->at),
        std::format("{}: sighting {} on {}, confidence {:.2f}", because, mark->sighting.str(), name(mark->camera),
                    mark->confidence),
        {mark->sighting});
  }

  const Rulebook& rules_;
  const JudgedPerson& who_;
  const std::span<const Sighting> ordered_;
  const Instant now_;
  const Instant closes_;
  const CameraNaming& name_of_;
};

}  // namespace

DayExplanation explain_day(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                           std::span<const Sighting> ordered, const std::optional<AttendanceDay>& recorded, Instant now,
                           const CameraNaming& name_of) {
  Explainer explainer(rules, who, day, ordered, now, name_of);
  const auto counted = counted_day(rules, who, day, ordered);
  explainer.sightings();
  explainer.frame();
  explainer.marks(counted);
  explainer.status(counted);
  explainer.records_of_presence();
  explainer.recorded(recorded, counted);
  return std::move(explainer.made);
}

std::string text_of(const DayExplanation& explanation, const std::string& name, const std::chrono::time_zone& zone) {
  auto text = std::format("{}, {}\n", name, format_day(explanation.day));
  for (const auto& figure : explanation.figures)
    text += std::format("{:<12} {}\n             {}\n", figure.figure, figure.value, figure.because);
  text += std::format("{} sightings\n", explanation.sightings.size());
  for (const auto& [sighting, decision] : explanation.sightings)
    text += std::format("  {}  {:<8} {:.2f}  {:<9} {}  {}\n", format_iso8601(sighting.at, zone), sighting.camera.str(),
                        sighting.confidence, to_text(decision.action), sighting.id.str(), decision.reason);
  return text;
}

}  // namespace hadir
