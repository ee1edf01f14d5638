#pragma once
#include <map>
#include <optional>
#include <vector>

#include "core/attendance/judge.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// Notes when a day was recorded and last changed; each change is later than the one before.
void stamp(AttendanceDay& day, const std::optional<AttendanceDay>& before, Instant now);

/// The records of a database as the judge of one transaction sees them: people, presence and days are read once; they
/// are written by `store`, everything else at once. What changed is kept for those who tell it.
class FactBook final : public RecordBook {
 public:
  struct Day {
    std::optional<AttendanceDay> before;
    std::optional<AttendanceDay> now;
    bool changed = false;
  };
  using Days = std::map<std::pair<PersonId, LocalDay>, Day>;

  explicit FactBook(Database& database) : database_(database) {}

  Result<std::vector<Sighting>> sightings(const PersonId& person, Instant from, Instant to) override;
  Result<std::optional<Presence>> presence(const PersonId& person) override;
  Status put_presence(const Presence& presence) override;
  Result<std::optional<PresenceEdge>> last_edge(const PersonId& person) override;
  Status add_edge(const PresenceEdge& edge) override;
  Status remove_edge(const PresenceEdge& edge) override;
  Result<std::optional<AttendanceDay>> day(const PersonId& person, LocalDay day) override;
  Status put_day(const AttendanceDay& day) override;
  Status remove_day(const PersonId& person, LocalDay day) override;
  Result<std::vector<Violation>> violations(const PersonId& person, LocalDay day) override;
  Result<std::vector<Violation>> violations_around(const PersonId& person, Instant at) override;
  Status put_violation(const Violation& violation) override;
  Status remove_violation(const Violation& violation) override;

  /// nullptr: erased, or never there.
  Result<const Person*> person(const PersonId& id);
  /// The same as the rules see them.
  Result<const JudgedPerson*> judged(const PersonId& id);
  /// Writes presence and days, as changed at that moment.
  Status store(Instant now);

  Days& days() { return days_; }
  const std::map<PersonId, std::optional<Presence>>& presences() const { return presences_; }
  std::vector<PresenceEdge> edges;       ///< added
  std::vector<PresenceEdge> taken_back;  ///< edges removed
  std::vector<Violation> opened;
  std::vector<Violation> resolved;
  std::vector<Violation> withdrawn;

 private:
  Result<bool> was_removed(const Violation& violation);

  Database& database_;
  std::optional<std::vector<RemovedSpan>> removed_alerts_;
  std::map<PersonId, std::optional<Person>> persons_;
  std::map<PersonId, JudgedPerson> judged_;
  std::map<PersonId, std::optional<Presence>> presences_;
  Days days_;
};

}  // namespace hadir
