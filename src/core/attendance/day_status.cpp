#include "core/attendance/day_status.hpp"

#include <cmath>
#include <format>

namespace hadir {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

constexpr minutes midday_begins = hours(12);
constexpr minutes midday_ends = hours(16);

bool is_sure(float confidence, double least) {
  return confidence >= static_cast<float>(least);
}

std::string clock_text(const SiteCalendar& calendar, Instant at) {
  return time_of_day_text(calendar.time_of_day(at));
}

using Values = std::vector<std::pair<std::string, ReasonValue>>;

Values of_source(Values values, const TermsSource& source) {
  values.emplace_back("source", source.kind);
  values.emplace_back("source_name", source.name);
  values.emplace_back("source_since", format_utc(source.since));
  return values;
}

/// As people read it: a float's 0.55 is not 0.550000011920929.
double hundredths(double share) {
  return std::round(share * 100) / 100;
}

/// The noon rule's say about a moment; nothing when it does not hold for these terms.
enum class Daytime { morning = 1, midday, evening };
std::optional<Daytime> daytime_of(const std::optional<WorkTerms>& terms, minutes time_of_day) {
  if (terms && (terms->of_shift || terms->hours.start >= midday_begins)) return std::nullopt;
  return time_of_day < midday_begins ? Daytime::morning
         : time_of_day < midday_ends ? Daytime::midday
                                     : Daytime::evening;
}

class DayJudge {
 public:
  DayJudge(const Rulebook& rules, const JudgedPerson& who, LocalDay working_day, bool closed)
      : rules_(rules), who_(who), day_(working_day), closed_(closed) {}

  std::optional<DayStatus> by_exception(bool came) const {
    const auto* exception = rules_.exception_on(who_, day_);
    if (exception == nullptr) return std::nullopt;
    Reason why{.code = "exception",
               .text = std::format("{}{}{}", to_text(exception->type), exception->reason.empty() ? "" : ": ",
                                   exception->reason),
               .values = {{"type", to_text(exception->type)}, {"reason", exception->reason}}};
    if (exception->type == ExceptionType::special_event && came) {
      why.code = "came_on_special_event";
      why.text += "; the usual hours do not hold";
      return DayStatus{AttendanceStatus::present, std::move(why)};
    }
    const bool own = exception->type == ExceptionType::leave ||
                     (exception->type == ExceptionType::special_event && exception->person.has_value());
    return DayStatus{own ? AttendanceStatus::on_leave : AttendanceStatus::holiday, std::move(why)};
  }

  /// Whether the day is to have a record though nobody came.
  bool is_due() const {
    return closed_ && rules_.expects(who_, day_) && rules_.closes_at(who_, day_) > who_.known_since;
  }

  std::optional<DayStatus> without_marks() const {
    const auto began = rules_.site_calendar(Rulebook::around(day_).from).begin_of(day_);
    const auto terms = rules_.terms_at(who_, began);
    if (!terms || !is_working_day(*terms)) return std::nullopt;
    return DayStatus{AttendanceStatus::absent,
                     {.code = "no_sighting",
                      .text = "a working day without a sighting that counts, by " + to_text(terms->source),
                      .values = of_source({}, terms->source)}};
  }

  DayStatus with_marks(const AttendanceDay& day) const {
    if (auto review = review_of_first_in(*day.first_in)) return std::move(*review);
    if (closed_ && day.last_out)
      if (auto review = review_of_last_out(*day.last_out)) return std::move(*review);
    if (auto late = lateness(*day.first_in)) return std::move(*late);
    if (closed_) {
      if (auto early = early_leave(day.last_out ? *day.last_out : *day.first_in)) return std::move(*early);
      if (auto review = short_presence(day)) return std::move(*review);
    }
    return {AttendanceStatus::present, {.code = "came", .text = "came, and no rule says otherwise", .values = {}}};
  }

  /// Without what asks for a review.
  DayStatus with_confirmed_marks(const AttendanceDay& day) const {
    if (day.first_in)
      if (auto late = lateness(*day.first_in)) return std::move(*late);
    if (closed_)
      if (const auto& last = day.last_out ? day.last_out : day.first_in)
        if (auto early = early_leave(*last)) return std::move(*early);
    return {AttendanceStatus::present, {.code = "came_confirmed", .text = "came, as somebody confirmed", .values = {}}};
  }

 private:
  bool is_working_day(const WorkTerms& terms) const { return terms.working_days.contains(std::chrono::weekday{day_}); }

  std::optional<DayStatus> review_of_first_in(const AttendanceMark& mark) const {
    const auto bands = rules_.bands_at(who_, mark.at);
    if (!is_sure(mark.confidence, bands.auto_check_in))
      return unsure("unsure_first_in", "first in", mark, bands.auto_check_in);
    const auto calendar = rules_.site_calendar(mark.at);
    const auto daytime = daytime_of(rules_.terms_at(who_, mark.at), calendar.time_of_day(mark.at));
    if (!daytime || *daytime == Daytime::morning) return std::nullopt;
    const bool midday = *daytime == Daytime::midday;
    const auto clock = clock_text(calendar, mark.at);
    return DayStatus{AttendanceStatus::pending_review,
                     {.code = midday ? "first_at_midday" : "first_in_the_evening",
                      .text = std::format("seen first at {}, without a shift: {}", clock,
                                          midday ? "from 12:00 to 16:00 it may be an arrival or a departure"
                                                 : "from 16:00 it is a departure without an arrival"),
                      .values = {{"time", clock}}}};
  }

  std::optional<DayStatus> review_of_last_out(const AttendanceMark& mark) const {
    const auto bands = rules_.bands_at(who_, mark.at);
    if (is_sure(mark.confidence, bands.auto_check_out)) return std::nullopt;
    return unsure("unsure_last_out", "last out", mark, bands.auto_check_out);
  }

  static DayStatus unsure(const char* code, const char* end, const AttendanceMark& mark, double least) {
    return {AttendanceStatus::pending_review,
            {.code = code,
             .text = std::format("the {} has confidence {:.2f}, below {:.2f}", end, mark.confidence, least),
             .values = {{"confidence", hundredths(mark.confidence)}, {"least", hundredths(least)}}}};
  }

  std::optional<DayStatus> lateness(const AttendanceMark& mark) const {
    const auto terms = rules_.terms_at(who_, mark.at);
    if (!terms || !is_working_day(*terms)) return std::nullopt;
    const auto calendar = rules_.calendar(who_, mark.at);
    const auto latest = calendar.span_of(terms->hours, day_).from + terms->grace;
    if (mark.at <= latest) return std::nullopt;
    return DayStatus{AttendanceStatus::late, beyond("late", "first in at {}, after {}", clock_text(calendar, mark.at),
                                                    clock_text(calendar, latest), terms->hours.start, *terms)};
  }

  std::optional<DayStatus> early_leave(const AttendanceMark& mark) const {
    const auto terms = rules_.terms_at(who_, mark.at);
    if (!terms || !is_working_day(*terms)) return std::nullopt;
    const auto calendar = rules_.calendar(who_, mark.at);
    const auto earliest = calendar.span_of(terms->hours, day_).to - terms->grace;
    if (mark.at >= earliest) return std::nullopt;
    return DayStatus{AttendanceStatus::left_early,
                     beyond("left_early", "seen last at {}, before {}", clock_text(calendar, mark.at),
                            clock_text(calendar, earliest), terms->hours.end, *terms)};
  }

  /// A moment beyond a limit: `hour` with the grace of these terms.
  static Reason beyond(const char* code, std::format_string<const std::string&, const std::string&> sentence,
                       const std::string& clock, const std::string& limit, minutes hour, const WorkTerms& terms) {
    const auto of_hours = time_of_day_text(hour);
    return {.code = code,
            .text = std::format(sentence, clock, limit) + std::format(" ({} with {} min of grace, by {})", of_hours,
                                                                      terms.grace.count(), to_text(terms.source)),
            .values = of_source({{"time", clock},
                                 {"limit", limit},
                                 {"hour", of_hours},
                                 {"grace_minutes", std::int64_t{terms.grace.count()}}},
                                terms.source)};
  }

  std::optional<DayStatus> short_presence(const AttendanceDay& day) const {
    const auto at = day.first_in->at;
    const auto* rule = rules_.rule_at(who_, at);
    const auto terms = rules_.terms_at(who_, at);
    if (rule == nullptr || rule->min_presence_percentage <= 0 || !terms || !is_working_day(*terms)) return std::nullopt;
    const auto there = day.duration().value_or(minutes(0));
    const double share = 100.0 * static_cast<double>(there.count()) / static_cast<double>(terms->expected.count());
    if (share >= rule->min_presence_percentage) return std::nullopt;
    return DayStatus{
        AttendanceStatus::pending_review,
        {.code = "short_presence",
         .text = std::format("{} min of {} min expected are {:.0f} %, less than {:.0f} % of rule {}", there.count(),
                             terms->expected.count(), std::floor(share), rule->min_presence_percentage, rule->name),
         .values = {{"minutes", std::int64_t{there.count()}},
                    {"expected_minutes", std::int64_t{terms->expected.count()}},
                    {"share", std::floor(share) / 100},
                    {"least", hundredths(rule->min_presence_percentage / 100)},
                    {"rule", rule->name}}}};
  }

  const Rulebook& rules_;
  const JudgedPerson& who_;
  const LocalDay day_;
  const bool closed_;
};

}  // namespace

std::optional<DayStatus> judge_day(const Rulebook& rules, const JudgedPerson& who, LocalDay working_day,
                                   const std::optional<AttendanceDay>& day, bool closed) {
  const DayJudge judge(rules, who, working_day, closed);
  const bool came = day && day->first_in;
  if (!came && !judge.is_due()) return std::nullopt;
  if (auto exceptional = judge.by_exception(came)) return exceptional;
  if (!came) return judge.without_marks();
  return judge.with_marks(*day);
}

DayStatus judge_confirmed_day(const Rulebook& rules, const JudgedPerson& who, const AttendanceDay& day, bool closed) {
  const DayJudge judge(rules, who, day.day, closed);
  const bool came = day.first_in || day.last_out;
  if (auto exceptional = judge.by_exception(came)) return std::move(*exceptional);
  if (came) return judge.with_confirmed_marks(day);
  if (auto absent = judge.without_marks()) return std::move(*absent);
  return {AttendanceStatus::absent,
          {.code = "nobody_confirmed", .text = "nobody came, as somebody confirmed", .values = {}}};
}

const char* to_text(AutoAction action) {
  switch (action) {
    case AutoAction::check_in:
      return "check_in";
    case AutoAction::check_out:
      return "check_out";
    case AutoAction::review:
      return "review";
    case AutoAction::duplicate:
      return "duplicate";
    case AutoAction::ignored:
      return "ignored";
  }
  return "";
}

namespace {

/// Arrival or departure, before anything is asked about confidence.
AutoDecision direction_of(const Rulebook& rules, const JudgedPerson& who, Instant at) {
  const auto terms = rules.terms_at(who, at);
  const auto site = rules.site_calendar(at);
  const auto daytime = daytime_of(terms, site.time_of_day(at));
  const auto clock = clock_text(site, at);
  if (!daytime) {
    const auto own = rules.calendar(who, at);
    const auto span = own.span_of(terms->hours, own.day_of(at));
    const bool arrival = at < span.from + (span.to - span.from) / 2;
    return {arrival ? AutoAction::check_in : AutoAction::check_out,
            std::format("{} is nearer to the {} of {} ({})", clock, arrival ? "start" : "end", to_text(terms->hours),
                        to_text(terms->source))};
  }
  switch (*daytime) {
    case Daytime::morning:
      return {AutoAction::check_in, clock + " is before 12:00"};
    case Daytime::midday:
      return {AutoAction::review, clock + " is between 12:00 and 16:00"};
    case Daytime::evening:
      return {AutoAction::check_out, clock + " is after 16:00"};
  }
  return {};
}

}  // namespace

AutoDecision decide(const Rulebook& rules, const JudgedPerson& who, float confidence, Instant at,
                    const std::optional<AutoMoment>& previous) {
  const auto bands = rules.bands_at(who, at);
  if (!rules.policy_at(at).auto_attendance) return {AutoAction::ignored, "auto-attendance is off"};
  auto decision = direction_of(rules, who, at);
  const double least = decision.action == AutoAction::check_out ? bands.auto_check_out : bands.auto_check_in;
  const auto surety = std::format("confidence {:.2f}", confidence);
  if (!is_sure(confidence, std::min(least, bands.manual_review)))
    return {AutoAction::ignored, std::format("{} is below {:.2f}", surety, bands.manual_review)};
  if (!is_sure(confidence, least))
    return {AutoAction::review, std::format("{} is below {:.2f}; {}", surety, least, decision.reason)};
  if (decision.action != AutoAction::review && previous) {
    const auto apart = at < previous->at ? previous->at - at : at - previous->at;
    if (previous->action == decision.action && apart <= bands.duplicate_window)
      return {AutoAction::duplicate,
              std::format("{} again within {} min", to_text(decision.action), bands.duplicate_window.count())};
  }
  decision.reason = surety + "; " + decision.reason;
  return decision;
}

}  // namespace hadir
