#pragma once
#include <optional>
#include <vector>

#include "core/attendance/day_attendance.hpp"
#include "core/attendance/rulebook.hpp"
#include "core/attendance/violation.hpp"
#include "core/error.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// Everything that is judged of one person.
struct JudgedRecords {
  std::optional<Presence> presence;
  std::vector<PresenceEdge> edges;    ///< by time
  std::vector<AttendanceDay> days;    ///< by day
  std::vector<Violation> violations;  ///< by `opened_at`
};

/// The records of a person as they are at `now`, from nothing but the journal and the rules. `ordered`: all their
/// sightings, by (time, id). Days without a sighting are judged from the day they are known since.
JudgedRecords recompute(const Rulebook& rules, const JudgedPerson& who, std::span<const Sighting> ordered, Instant now);

/// Where records are read and written while they are kept up to date. Errors pass through the judge.
class RecordBook {
 public:
  virtual ~RecordBook() = default;
  /// from <= at < to, by (time, id).
  virtual Result<std::vector<Sighting>> sightings(const PersonId& person, Instant from, Instant to) = 0;
  virtual Result<std::optional<Presence>> presence(const PersonId& person) = 0;
  virtual Status put_presence(const Presence& presence) = 0;
  virtual Result<std::optional<PresenceEdge>> last_edge(const PersonId& person) = 0;
  virtual Status add_edge(const PresenceEdge& edge) = 0;
  virtual Status remove_edge(const PresenceEdge& edge) = 0;
  virtual Result<std::optional<AttendanceDay>> day(const PersonId& person, LocalDay day) = 0;
  virtual Status put_day(const AttendanceDay& day) = 0;
  virtual Status remove_day(const PersonId& person, LocalDay day) = 0;
  virtual Result<std::vector<Violation>> violations(const PersonId& person, LocalDay day) = 0;
  /// Those of an absence that `at` lies in: last_seen < at, and not resolved, or later than `at`.
  virtual Result<std::vector<Violation>> violations_around(const PersonId& person, Instant at) = 0;
  virtual Status put_violation(const Violation& violation) = 0;
  virtual Status remove_violation(const Violation& violation) = 0;
};

/// Keeps records up to date sighting by sighting. Whatever the order in which sightings come and the moments at which
/// time is told, the records end as `recompute` makes them: each step finds what a sighting can change and derives that
/// part anew, with the same functions. docs/adr/0010-judgements.md
///
/// Holds no state of its own. Not thread-safe on one book.
class Judge {
 public:
  Judge(const Rulebook& rules, RecordBook& book) : rules_(rules), book_(book) {}

  /// A sighting that has just been added to the journal. `now`: the latest moment told to `pass`.
  Status add(const JudgedPerson& who, const Sighting& sighting, Instant now);
  /// Time has passed to `now`: ends the stay, opens a violation, closes the days that end in [before, now].
  Status pass(const JudgedPerson& who, Instant before, Instant now);
  /// Judges a day again because an exception or an outage of it changed.
  Status judge_again(const JudgedPerson& who, LocalDay day, Instant now);
  /// The next moment after `now` at which `pass` has something to do for this person, if no sighting comes and no rule
  /// changes: the end of their stay, a violation, or nothing. Days close apart from this.
  Result<std::optional<Instant>> next_moment(const JudgedPerson& who, Instant now);

 private:
  struct Neighbours {
    std::optional<Sighting> before;
    std::optional<Sighting> after;
    bool latest = false;
    bool simple = false;  ///< the next of a stay that goes on
  };
  Result<Neighbours> neighbours(const Sighting& sighting, const std::optional<Presence>& presence);
  Status add_presence(const Sighting& sighting, const std::optional<Presence>& before, const Neighbours& around);
  Status add_attendance(const JudgedPerson& who, const Sighting& sighting, Instant now);
  Status add_violations(const JudgedPerson& who, const Sighting& sighting, const Neighbours& around, Instant now);
  Status refresh_violations(const JudgedPerson& who, LocalDay day, Instant now);
  Result<std::vector<Sighting>> sightings_of_gaps(const JudgedPerson& who, LocalDay day);
  Result<std::optional<AttendanceDay>> count_day(const JudgedPerson& who, LocalDay day,
                                                 const std::optional<AttendanceDay>& before);
  Status put_judged(const JudgedPerson& who, LocalDay day, std::optional<AttendanceDay> counted,
                    const std::optional<AttendanceDay>& before, Instant now);

  const Rulebook& rules_;
  RecordBook& book_;
};

/// The rules by which a person's day is counted; the day, from its sightings (others are left out); and the same with
/// its status at `now`, made up where nobody came and that is to be recorded.
DayRules day_rules(const Rulebook& rules, const JudgedPerson& who, LocalDay day);
std::optional<AttendanceDay> counted_day(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                                         std::span<const Sighting> sightings);
std::optional<AttendanceDay> judged_day(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                                        std::optional<AttendanceDay> counted, Instant now);

}  // namespace hadir
