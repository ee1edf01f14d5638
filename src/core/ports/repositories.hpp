#pragma once
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/records.hpp"
#include "core/sighting.hpp"

namespace hadir {

/// All repositories: synchronous, safe from any thread, the same on every database (tests/contract runs on each).
/// Errors: `not_found`, `conflict` (a unique key exists; the message names the field), `unavailable` (locked, full or
/// away; may be retried), `corrupted`.

class PersonRepository {
 public:
  virtual ~PersonRepository() = default;
  virtual Status add(const Person& person) = 0;
  virtual Status update(const Person& person) = 0;
  /// Erases the person with templates, presence and attendance; sightings lose their person.
  virtual Status remove(const PersonId& id) = 0;
  virtual Result<Person> get(const PersonId& id) const = 0;
  virtual Result<std::optional<Person>> find_by_code(const std::string& employee_code) const = 0;
  /// By name, then code.
  virtual Result<std::vector<Person>> list() const = 0;
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

class SightingRepository {
 public:
  virtual ~SightingRepository() = default;
  /// True when it was new; false when a sighting of that id is already there (nothing changes then).
  virtual Result<bool> add(const Sighting& sighting) = 0;
  /// from <= at < to, oldest first; of one person when given.
  virtual Result<std::vector<Sighting>> between(Instant from, Instant to,
                                                const std::optional<PersonId>& person) const = 0;
};

class AttendanceRepository {
 public:
  virtual ~AttendanceRepository() = default;
  virtual Result<std::optional<Presence>> presence(const PersonId& person) const = 0;
  virtual Result<std::vector<Presence>> all_presence() const = 0;
  virtual Status put_presence(const Presence& presence) = 0;
  virtual Status add_edge(const PresenceEdge& edge) = 0;
  virtual Result<std::vector<PresenceEdge>> edges(Instant from, Instant to) const = 0;
  virtual Result<std::optional<AttendanceDay>> day(const PersonId& person, LocalDay day) const = 0;
  virtual Result<std::vector<AttendanceDay>> days(LocalDay from, LocalDay to) const = 0;  ///< both inclusive
  virtual Status put_day(const AttendanceDay& day) = 0;
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

  /// Runs `work` in one write transaction of this thread: all its repository calls take effect together, or none when
  /// it returns an error. Not to be nested.
  virtual Status in_transaction(const std::function<Status()>& work) = 0;
  /// Cheap and real: can it be written to now?
  virtual Status check() = 0;
  virtual std::string describe() const = 0;  ///< "SQLite data/hadir.db, schema 1", never a password
};

}  // namespace hadir
