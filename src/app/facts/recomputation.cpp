#include "app/facts/recomputation.hpp"

#include <algorithm>
#include <format>
#include <map>
#include <set>
#include <tuple>

#include "app/facts/fact_book.hpp"
#include "app/facts/judged_people.hpp"
#include "core/attendance/presence.hpp"
#include "core/attendance/violations.hpp"

namespace hadir {
namespace {

using std::chrono::days;

std::string text_of(const std::optional<AttendanceMark>& mark) {
  return mark ? std::format("{} {} {:.2f} {}", format_utc(mark->at), mark->camera.str(), mark->confidence,
                            mark->sighting.str())
              : "-";
}
std::string text_of(const AttendanceDay& day) {
  return std::format("{} {} in {} out {}", to_text(day.status), to_text(day.entry_type), text_of(day.first_in),
                     text_of(day.last_out));
}
std::string text_of(const PresenceEdge& edge) {
  return std::format("{} {} {}", to_text(edge.kind), format_utc(edge.at), edge.camera.str());
}
std::string text_of(const Violation& violation) {
  return std::format("{} to {}, last seen {} on {}", format_utc(violation.opened_at),
                     violation.resolved_at ? format_utc(*violation.resolved_at) : "-", format_utc(violation.last_seen),
                     violation.camera.str());
}

bool holds(const std::vector<RemovedSpan>& spans, Instant at) {
  return std::ranges::any_of(spans, [&](const RemovedSpan& span) { return span.contains(at); });
}

/// What was removed on purpose, and is not to be made anew.
struct RemovedRows {
  std::vector<RemovedSpan> edges;
  std::vector<RemovedSpan> alerts;
};

Result<RemovedRows> removed_rows(Database& database) {
  auto edges = database.retention().removed(KeptRows::presence_edges);
  if (!edges) return std::unexpected(edges.error());
  auto alerts = database.retention().removed(KeptRows::alert_logs);
  if (!alerts) return std::unexpected(alerts.error());
  return RemovedRows{.edges = std::move(*edges), .alerts = std::move(*alerts)};
}

/// One person's records, computed and kept.
class PersonRecords {
 public:
  PersonRecords(Database& database, const Rulebook& rules, const RemovedRows& removed, JudgedPerson who,
                const std::string& name, LocalDay from, LocalDay to, Instant now, bool apply, Recomputation& result)
      : database_(database),
        rules_(rules),
        removed_(removed),
        who_(std::move(who)),
        name_(name),
        from_(from),
        to_(to),
        now_(now),
        apply_(apply),
        result_(result) {}

  Status compare() {
    auto journal = database_.sightings().between(Rulebook::around(from_).from, Rulebook::around(to_).to, who_.id);
    if (!journal) return std::unexpected(journal.error());
    std::ranges::sort(*journal, {}, [](const Sighting& one) { return std::tie(one.at, one.id); });
    journal_ = std::move(*journal);
    for (const auto& sighting : journal_) {
      const auto day = rules_.day_of(who_, sighting.at);
      of_day_[day].push_back(sighting);
      if (day >= from_ && day <= to_) ++result_.sightings;
    }
    for (auto day = from_; day <= to_; day += days(1)) {
      if (auto done = compare_day(day); !done) return done;
      if (auto done = compare_violations(day); !done) return done;
    }
    return compare_edges();
  }

 private:
  bool has_journal(LocalDay day) const {
    const auto found = of_day_.find(day);
    return found != of_day_.end() && !found->second.empty() && !gone_.contains(day);
  }
  void note(LocalDay day, const char* record, std::string kept, std::string computed) {
    result_.differences.push_back({who_.id, name_, day, record, std::move(kept), std::move(computed)});
  }

  Status compare_day(LocalDay day) {
    const auto kept = database_.attendance().day(who_.id, day);
    if (!kept) return std::unexpected(kept.error());
    if (*kept && (*kept)->entry_type == EntryType::manual) return {};
    if (*kept && (*kept)->first_in &&
        !std::ranges::contains(of_day_[day], (*kept)->first_in->sighting, &Sighting::id)) {
      gone_.insert(day);
      result_.without_journal.push_back({who_.id, name_, day, "attendance", text_of(**kept), ""});
      return {};
    }
    auto computed =
        judged_day(rules_, who_, day, attendance_of(who_.id, day, of_day_[day], day_rules(rules_, who_, day)), now_);
    const auto before = *kept ? text_of(**kept) : "";
    const auto after = computed ? text_of(*computed) : "";
    if (before == after) return {};
    note(day, "attendance", before, after);
    if (!apply_) return {};
    if (!computed) return database_.attendance().remove_day(who_.id, day);
    if (*kept) {
      computed->remarks = (*kept)->remarks;
      keep_picture(computed->first_in, (*kept)->first_in);
      keep_picture(computed->last_out, (*kept)->last_out);
    }
    stamp(*computed, *kept, now_);
    return database_.attendance().put_day(*computed);
  }

  static void keep_picture(std::optional<AttendanceMark>& mark, const std::optional<AttendanceMark>& kept) {
    if (mark && kept && mark->sighting == kept->sighting) mark->picture = kept->picture;
  }

  Status compare_violations(LocalDay day) {
    const auto kept = database_.alerts().of_day(who_.id, day);
    if (!kept) return std::unexpected(kept.error());
    if (!has_journal(day)) {
      for (const auto& one : *kept)
        result_.without_journal.push_back({who_.id, name_, day, "violation", text_of(one), ""});
      return {};
    }
    const auto computed = violations_of(rules_, who_, day, journal_, now_);
    for (const auto& one : *kept) {
      if (std::ranges::any_of(computed, [&](const Violation& other) { return other.id == one.id; })) continue;
      note(day, "violation", text_of(one), "");
      if (!apply_) continue;
      if (auto done = database_.alerts().remove(one.id); !done) return done;
    }
    for (const auto& one : computed) {
      const auto known = std::ranges::find(*kept, one.id, &Violation::id);
      // A return later than the days compared is not in the journal that was read.
      const bool unseen_return = known != kept->end() && known->resolved_at && !one.resolved_at;
      if (unseen_return || (known != kept->end() && *known == one)) continue;
      if (known == kept->end() && holds(removed_.alerts, one.opened_at)) continue;
      note(day, "violation", known == kept->end() ? "" : text_of(*known), text_of(one));
      if (!apply_) continue;
      if (auto done = database_.alerts().put(one); !done) return done;
    }
    return {};
  }

  /// Only edges of days with a journal.
  Status compare_edges() {
    if (journal_.empty()) return {};
    const auto kept = database_.attendance().edges_of(who_.id, Rulebook::around(from_).from, Rulebook::around(to_).to);
    if (!kept) return std::unexpected(kept.error());
    const auto computed = edges_of(who_.id, journal_, [&](Instant at) { return rules_.timeout_at(at); }, now_);
    const auto missing_in = [](const std::vector<PresenceEdge>& edges, const PresenceEdge& edge) {
      return std::ranges::none_of(edges, [&](const PresenceEdge& other) { return text_of(other) == text_of(edge); });
    };
    const auto concerns = [&](const PresenceEdge& edge) {
      const auto day = rules_.day_of(who_, edge.at);
      return day >= from_ && day <= to_ && has_journal(day) && !holds(removed_.edges, edge.at);
    };
    for (const auto& edge : *kept) {
      if (!concerns(edge) || !missing_in(computed, edge)) continue;
      note(rules_.day_of(who_, edge.at), "presence edge", text_of(edge), "");
      if (!apply_) continue;
      if (auto done = database_.attendance().remove_edge(edge); !done) return done;
    }
    for (const auto& edge : computed) {
      if (!concerns(edge) || !missing_in(*kept, edge)) continue;
      note(rules_.day_of(who_, edge.at), "presence edge", "", text_of(edge));
      if (!apply_) continue;
      if (auto done = database_.attendance().add_edge(edge); !done) return done;
    }
    return {};
  }

  Database& database_;
  const Rulebook& rules_;
  const RemovedRows& removed_;
  const JudgedPerson who_;
  const std::string& name_;
  const LocalDay from_;
  const LocalDay to_;
  const Instant now_;
  const bool apply_;
  Recomputation& result_;
  std::vector<Sighting> journal_;
  std::map<LocalDay, std::vector<Sighting>> of_day_;
  std::set<LocalDay> gone_;  ///< days whose journal is not whole
};

}  // namespace

Result<Recomputation> compare_records(Database& database, const FactRules& settings, std::span<const Person> people,
                                      LocalDay from, LocalDay to, Instant now, bool apply) {
  if (to < from)
    return fail(ErrorKind::invalid_input,
                std::format("the last day, {}, is before the first, {}", format_day(to), format_day(from)));
  const auto rules = known_rules(database, settings);
  if (!rules) return std::unexpected(rules.error());
  const auto removed = removed_rows(database);
  if (!removed) return std::unexpected(removed.error());
  Recomputation result;
  for (const auto& person : people) {
    auto who = judged_person(database, person);
    if (!who) return std::unexpected(who.error());
    PersonRecords records(database, *rules, *removed, std::move(*who), person.name, from, to, now, apply, result);
    if (auto done = records.compare(); !done) return std::unexpected(done.error());
    ++result.people;
  }
  return result;
}

Result<Recomputation> recompute_records(Database& database, const FactRules& settings, LocalDay from, LocalDay to,
                                        Instant now, bool apply) {
  const auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  if (!apply) return compare_records(database, settings, *people, from, to, now, false);
  Result<Recomputation> result;
  const auto done = database.in_transaction([&]() -> Status {
    result = compare_records(database, settings, *people, from, to, now, true);
    return result ? Status{} : std::unexpected(result.error());
  });
  if (!done) return std::unexpected(done.error());
  return result;
}

}  // namespace hadir
