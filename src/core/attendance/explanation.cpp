#include "core/attendance/explanation.hpp"

#include <cmath>
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
    working_day(noon);
    hours(noon);
    exception();
    confidence(noon);
  }

  void marks(const std::optional<AttendanceDay>& counted) {
    if (!counted)
      return add("first in", "none",
                 {.code = "none_counts",
                  .text = std::format("of {} sightings none counts", made.sightings.size()),
                  .values = {{"sightings", std::int64_t(made.sightings.size())}}});
    mark("first in", counted->first_in, "earliest_sighting", "the earliest sighting that counts");
    mark("last out", counted->last_out, "latest_sighting", "the latest sighting that counts, after the first in");
    if (const auto duration = counted->duration())
      add("duration", std::format("{} min", duration->count()),
          {.code = "duration",
           .text = "last out less first in, whole minutes",
           .values = {{"minutes", std::int64_t{duration->count()}}}});
  }

  void status(const std::optional<AttendanceDay>& counted) {
    auto judged = judge_day(rules_, who_, made.day, counted, now_ >= closes_);
    if (judged)
      add("status", to_text(judged->status), std::move(judged->reason));
    else
      add("status", "none",
          {.code = "nobody_due", .text = "nobody came, and nobody was to come or the day is not over", .values = {}});
  }

  void records_of_presence() {
    const auto timeout = [&](Instant at) { return rules_.timeout_at(at); };
    for (const auto& edge : edges_of(who_.id, ordered_, timeout, now_))
      if (rules_.day_of(who_, edge.at) == made.day) presence(edge);
    for (const auto& one : violations_of(rules_, who_, made.day, ordered_, now_)) violation(one);
  }

  void recorded(const std::optional<AttendanceDay>& kept, const std::optional<AttendanceDay>& counted) {
    const auto fresh = judged_day(rules_, who_, made.day, counted, now_);
    if (!kept) {
      made.differs = fresh.has_value();
      return made.differs ? add("recorded", "nothing",
                                plain("missing", "the rules make a record of this day: see hadir recompute"))
                          : add("recorded", "nothing", plain("nothing_due", "nothing is to be recorded"));
    }
    const auto value = std::format("{} {}", to_text(kept->status), to_text(kept->entry_type));
    if (kept->entry_type == EntryType::manual)
      return add(
          "recorded", value,
          {.code = "by_hand",
           .text = std::format("entered by hand{}{}, and never changed by the machine",
                               kept->approved_by.empty() ? "" : ", approved by " + kept->approved_by,
                               kept->remarks.empty() ? "" : " (" + kept->remarks + ")"),
           .values = {
               {"status", to_text(kept->status)}, {"approved_by", kept->approved_by}, {"remarks", kept->remarks}}});
    const auto at = [](const std::optional<AttendanceMark>& mark) { return mark ? mark->at : Instant{}; };
    made.differs = !fresh || fresh->status != kept->status || at(fresh->first_in) != at(kept->first_in) ||
                   at(fresh->last_out) != at(kept->last_out);
    auto because = made.differs
                       ? plain("differs", "differs from what the rules make of the journal now: see hadir recompute")
                       : plain("as_judged", "as the rules make it of the journal");
    because.values = {{"status", to_text(kept->status)}};
    add("recorded", value, std::move(because));
  }

  DayExplanation made;

 private:
  void working_day(Instant noon) {
    const auto calendar = rules_.calendar(who_, noon);
    const auto from = clock(calendar.begin_of(made.day));
    const auto to = clock(closes_);
    const auto cut_off = time_of_day_text(calendar.day_starts_at);
    const auto since = format_utc(rules_.policy_at(noon).valid_from);
    const bool over = now_ >= closes_;
    add("working day", std::format("{} from {} to {}", format_day(made.day), from, to),
        {.code = over ? "day_closed" : "day_open",
         .text = std::format("the cut-off is {} for the person's hours, by the policy since {}; the day is {}", cut_off,
                             since, over ? "closed" : "not over"),
         .values = {{"from", from}, {"to", to}, {"cut_off", cut_off}, {"policy_since", since}}});
  }

  void hours(Instant noon) {
    const auto terms = rules_.terms_at(who_, noon);
    if (!terms) return add("hours", "none", plain("no_hours", "no schedule, rule or shift was in force"));
    const auto text = to_text(terms->hours);
    const auto days = to_text(terms->working_days);
    add("hours", text,
        {.code = "hours_at_noon",
         .text = std::format("{}, {} min of grace, working days {} (0 is Monday), in force at 12:00",
                             to_text(terms->source), terms->grace.count(), days),
         .values = {{"hours", text},
                    {"working_days", days},
                    {"grace_minutes", std::int64_t{terms->grace.count()}},
                    {"source", terms->source.kind},
                    {"source_name", terms->source.name},
                    {"source_since", format_utc(terms->source.since)}}});
  }

  void exception() {
    const auto* found = rules_.exception_on(who_, made.day);
    if (found == nullptr) return;
    add("exception", to_text(found->type),
        {.code = "exception",
         .text = std::format("{}{}", found->reason.empty() ? "no reason given" : found->reason,
                             found->approved_by.empty() ? "" : ", approved by " + found->approved_by),
         .values = {{"type", to_text(found->type)}, {"reason", found->reason}, {"approved_by", found->approved_by}}});
  }

  void confidence(Instant noon) {
    const auto bands = rules_.bands_at(who_, noon);
    Reason because = plain("confidence_of_settings", "the site's settings; no attendance rule is in force");
    if (const auto* rule = rules_.rule_at(who_, noon)) {
      const auto since = format_utc(rule->valid_from);
      because = {.code = "confidence_of_rule",
                 .text = std::format("rule {} since {}", rule->name, since),
                 .values = {{"source", "rule"}, {"source_name", rule->name}, {"source_since", since}}};
    }
    because.values.emplace_back("check_in", bands.auto_check_in);
    because.values.emplace_back("check_out", bands.auto_check_out);
    because.values.emplace_back("review", bands.manual_review);
    add("confidence",
        std::format("in {:.2f}, out {:.2f}, review {:.2f}", bands.auto_check_in, bands.auto_check_out,
                    bands.manual_review),
        std::move(because));
  }

  void mark(const char* figure, const std::optional<AttendanceMark>& mark, const char* code, const char* sentence) {
    if (!mark) return add(figure, "none", plain("no_mark", "no sighting counts as one"));
    add(figure, clock(mark->at),
        {.code = code,
         .text = std::format("{}: sighting {} on {}, confidence {:.2f}", sentence, mark->sighting.str(),
                             name(mark->camera), mark->confidence),
         .values = {{"time", clock(mark->at)},
                    {"camera", name(mark->camera)},
                    {"confidence", std::round(mark->confidence * 100.0) / 100}}},
        {mark->sighting});
  }

  void presence(const PresenceEdge& edge) {
    const auto seconds = std::chrono::duration<double>(rules_.timeout_at(edge.at)).count();
    const auto camera = name(edge.camera);
    add(to_text(edge.kind), clock(edge.at),
        edge.kind == EdgeKind::enter
            ? Reason{.code = "seen_again",
                     .text = std::format("seen on {} after an absence longer than the time-out", camera),
                     .values = {{"time", clock(edge.at)}, {"camera", camera}}}
            : Reason{.code = "not_seen",
                     .text = std::format("not seen for {:g} s after {}", seconds, camera),
                     .values = {{"time", clock(edge.at)}, {"camera", camera}, {"seconds", seconds}}});
  }

  void violation(const Violation& one) {
    const auto& schedule = one.schedule;
    const auto to = one.resolved_at ? clock(*one.resolved_at) : "";
    const auto camera = name(one.camera);
    add("violation", std::format("{} to {}", clock(one.opened_at), to.empty() ? "unresolved" : to),
        {.code = "away",
         .text = std::format("last seen {} on {}, tracked by schedule {} (hours {}, lunch {}, mode {})",
                             clock(one.last_seen), camera, schedule.version.str(), schedule.work_hours,
                             schedule.lunch_break.empty() ? "none" : schedule.lunch_break, to_text(schedule.mode)),
         .values = {{"from", clock(one.opened_at)},
                    {"to", to},
                    {"last_seen", clock(one.last_seen)},
                    {"camera", camera},
                    {"work_hours", schedule.work_hours},
                    {"lunch_break", schedule.lunch_break},
                    {"mode", to_text(schedule.mode)}}});
  }

  std::string clock(Instant at) const { return format_iso8601(at, *rules_.site_calendar(at).zone); }
  std::string name(const CameraId& camera) const { return name_of_ ? name_of_(camera) : camera.str(); }
  static Reason plain(const char* code, const char* text) { return {.code = code, .text = text, .values = {}}; }
  void add(std::string figure, std::string value, Reason because, std::vector<SightingId> from = {}) {
    made.figures.push_back({std::move(figure), std::move(value), std::move(because), std::move(from)});
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
    text += std::format("{:<12} {}\n             {}\n", figure.figure, figure.value, figure.because.text);
  text += std::format("{} sightings\n", explanation.sightings.size());
  for (const auto& [sighting, decision] : explanation.sightings)
    text += std::format("  {}  {:<8} {:.2f}  {:<9} {}  {}\n", format_iso8601(sighting.at, zone), sighting.camera.str(),
                        sighting.confidence, to_text(decision.action), sighting.id.str(), decision.reason);
  return text;
}

}  // namespace hadir
