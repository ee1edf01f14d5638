#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/account_repository.hpp"
#include "core/ports/alert_repository.hpp"
#include "core/ports/office_repositories.hpp"
#include "core/ports/retention.hpp"
#include "core/ports/rule_repository.hpp"
#include "core/records.hpp"
#include "core/records/page.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// All repositories: synchronous, safe from any thread, the same on every database (tests/contract runs on each).
/// Errors: `not_found`, `conflict` (a unique key exists; the message names the field), `unavailable` (locked, full or
/// away; may be retried), `corrupted`.

/// What a list of people is ordered by; people who are alike in it by name, then code.
enum class PersonOrder { name = 1, employee_code, department, created_at, updated_at };

struct PersonFilter {
  std::optional<PersonType> type;
  std::optional<PersonStatus> status;
  std::optional<std::string> department;
  std::vector<std::string> departments{};  ///< one of these; empty: any
  /// Part of a name, code, e-mail address, phone or document number; whatever its case and accents.
  std::string text;
  PersonOrder order = PersonOrder::name;
  bool descending = false;
};

class PersonRepository {
 public:
  virtual ~PersonRepository() = default;
  virtual Status add(const Person& person) = 0;
  /// Where department, type or status change, what they were is kept as a FormerStanding until `updated_at`.
  virtual Status update(const Person& person) = 0;
  /// What somebody was; or everybody, by person. Each by `until`.
  virtual Result<std::vector<FormerStanding>> former_standings(const PersonId& person) const = 0;
  virtual Result<std::vector<FormerStanding>> former_standings() const = 0;
  /// Erases the person with templates, presence and attendance; sightings lose their person.
  virtual Status remove(const PersonId& id) = 0;
  virtual Result<Person> get(const PersonId& id) const = 0;
  virtual Result<std::optional<Person>> find_by_code(const std::string& employee_code) const = 0;
  /// By name, then code.
  virtual Result<std::vector<Person>> list() const = 0;
  virtual Result<Page<Person>> find(const PersonFilter& filter, const Paging& paging) const = 0;
};

/// How many templates somebody has, and since when.
struct Enrolment {
  PersonId person;
  std::int64_t templates = 0;
  Instant first{};
  Instant last{};
};

class TemplateRepository {
 public:
  virtual ~TemplateRepository() = default;
  /// All of them or none.
  virtual Status add(std::span<const FaceTemplate> templates) = 0;
  virtual Status remove(const TemplateId& id) = 0;
  virtual Result<std::vector<FaceTemplate>> of_person(const PersonId& person) const = 0;
  /// Those of active people made by that model.
  virtual Result<std::vector<FaceTemplate>> of_model(const ModelId& model) const = 0;
  /// Of everybody who has any, over all models, by person.
  virtual Result<std::vector<Enrolment>> enrolments() const = 0;
  virtual Status add_rejection(const Rejection& rejection) = 0;
  virtual Result<std::vector<Rejection>> rejections(const ModelId& model) const = 0;
};

class CameraRepository {
 public:
  virtual ~CameraRepository() = default;
  /// Adds or replaces by id.
  virtual Status put(const CameraRecord& camera) = 0;
  virtual Status remove(const CameraId& id) = 0;
  virtual Result<std::vector<CameraRecord>> list() const = 0;
};

struct SightingFilter {
  Instant from{};  ///< at >= from
  Instant to{};    ///< at < to
  std::optional<PersonId> person;
  std::optional<CameraId> camera;
  /// Go on after this one of the page before.
  std::optional<Instant> last_at;
  SightingId last_id;
};

class SightingRepository {
 public:
  virtual ~SightingRepository() = default;
  /// True when it was new; false when a sighting of that id is already there (nothing changes then).
  virtual Result<bool> add(const Sighting& sighting) = 0;
  virtual Result<std::optional<Sighting>> sighting(const SightingId& id) const = 0;
  /// Somebody said who it is, or that it is nobody enrolled: the person, and how sure that is. `not_found`.
  virtual Status assign(const SightingId& id, const std::optional<PersonId>& person, float confidence) = 0;
  /// from <= at < to, oldest first; of one person when given.
  virtual Result<std::vector<Sighting>> between(Instant from, Instant to,
                                                const std::optional<PersonId>& person) const = 0;
  /// Newest first, at most so many.
  virtual Result<std::vector<Sighting>> newest(const SightingFilter& filter, int most) const = 0;
  /// Removes those in [from, to), everything without bounds; how many.
  virtual Result<std::int64_t> remove_between(std::optional<Instant> from, std::optional<Instant> to) = 0;
};

struct DayFilter {
  LocalDay from{};
  LocalDay to{};  ///< inclusive
  std::optional<PersonId> person;
  std::optional<AttendanceStatus> status;
};

class AttendanceRepository {
 public:
  virtual ~AttendanceRepository() = default;
  virtual Result<std::optional<Presence>> presence(const PersonId& person) const = 0;
  virtual Result<std::vector<Presence>> all_presence() const = 0;
  virtual Status put_presence(const Presence& presence) = 0;
  virtual Status add_edge(const PresenceEdge& edge) = 0;
  /// Nothing happens when it is not there.
  virtual Status remove_edge(const PresenceEdge& edge) = 0;
  virtual Result<std::vector<PresenceEdge>> edges(Instant from, Instant to) const = 0;
  virtual Result<std::vector<PresenceEdge>> edges_of(const PersonId& person, Instant from, Instant to) const = 0;
  /// Removes those in [from, to), everything without bounds; how many.
  virtual Result<std::int64_t> remove_edges(std::optional<Instant> from, std::optional<Instant> to) = 0;
  virtual Result<std::optional<AttendanceDay>> day(const PersonId& person, LocalDay day) const = 0;
  virtual Result<std::vector<AttendanceDay>> days(LocalDay from, LocalDay to) const = 0;  ///< both inclusive
  virtual Result<std::vector<AttendanceDay>> days_of(const PersonId& person, LocalDay from, LocalDay to) const = 0;
  /// Newest day first, within a day by descending person id, as the index has them.
  virtual Result<Page<AttendanceDay>> find_days(const DayFilter& filter, const Paging& paging) const = 0;
  virtual Status put_day(const AttendanceDay& day) = 0;
  /// Nothing happens when it is not there.
  virtual Status remove_day(const PersonId& person, LocalDay day) = 0;
  virtual Status remove_presence(const PersonId& person) = 0;
};

/// One database. Repositories live as long as it does.
class Database {
 public:
  virtual ~Database() = default;
  virtual PersonRepository& persons() = 0;
  virtual TemplateRepository& templates() = 0;
  virtual CameraRepository& cameras() = 0;
  virtual SightingRepository& sightings() = 0;
  virtual AttendanceRepository& attendance() = 0;
  virtual RuleRepository& rules() = 0;
  virtual AlertRepository& alerts() = 0;
  virtual AccountRepository& accounts() = 0;
  virtual PersonImageRepository& images() = 0;
  virtual Outbox& outbox() = 0;
  virtual AuditLog& audit() = 0;
  virtual Retention& retention() = 0;

  /// Runs `work` in one write transaction of this thread: all its repository calls take effect together, or none when
  /// it returns an error. Not to be nested.
  virtual Status in_transaction(const std::function<Status()>& work) = 0;
  /// Cheap and real: can it be written to now?
  virtual Status check() = 0;
  virtual std::string describe() const = 0;  ///< "SQLite data/hadir.db, schema 1", never a password
};

}  // namespace hadir
