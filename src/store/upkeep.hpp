#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/attendance/violation.hpp"
#include "core/error.hpp"
#include "core/records.hpp"
#include "core/sighting.hpp"
#include "store/postgres_database.hpp"

namespace hadir {

/// One forward step of a schema, and whether the database has it.
struct SchemaStep {
  int number = 0;
  std::string name;
  bool applied = false;
};

/// Something a check of a database found.
struct Finding {
  std::string subject;  ///< "structure", "attendances", ...
  std::string text;     ///< one line
};

/// How much room a database takes, in bytes.
struct DatabaseSpace {
  std::int64_t bytes = 0;
  std::int64_t free = 0;  ///< of these, what later rows will use; 0 where the database does not say
};

/// What an operator does with a database as a whole. Errors are one line that names the file or server. Not
/// thread-safe; a running server may use the same database.
class Upkeep {
 public:
  virtual ~Upkeep() = default;
  virtual std::string describe() const = 0;
  /// Does the database exist? A server that does not answer is an error.
  virtual Result<bool> exists() = 0;
  /// All steps the program knows. `conflict` when the database is newer, `not_found` when there is none.
  virtual Result<std::vector<SchemaStep>> schema() = 0;
  /// Writes one file that holds all of the database as it is at one moment, while it is written to. `conflict` when the
  /// file exists. The file appears when it is complete.
  virtual Status backup(const std::filesystem::path& to) = 0;
  /// Makes the database what the backup holds; everything in it now goes. All or nothing.
  virtual Status restore(const std::filesystem::path& from) = 0;
  /// Adds many rows at once, in one transaction: far faster than one by one. Rows that are there stay as they are.
  virtual Status add_all(std::span<const Sighting> sightings) = 0;
  virtual Status add_all(std::span<const PresenceEdge> edges) = 0;
  virtual Status add_all(std::span<const AttendanceDay> days) = 0;
  virtual Status add_all(std::span<const Violation> violations) = 0;
  /// Refreshes what the database knows of its own contents, after much was added or removed. Quick on SQLite (it looks
  /// at a sample); on PostgreSQL rows that were removed make room for others, too. Keeps nobody from writing for long.
  virtual Status analyse() = 0;
  virtual Result<DatabaseSpace> space() = 0;
  /// Gives free room back to the disk. SQLite writes the whole file anew and keeps everybody from writing meanwhile:
  /// facts wait in the spool. On PostgreSQL the same as `analyse`.
  virtual Status compact() = 0;
  /// Looks at structure and contents; no findings: all is well.
  virtual Result<std::vector<Finding>> check() = 0;
};

std::unique_ptr<Upkeep> sqlite_upkeep(std::filesystem::path file);
/// `backup` and `restore` run pg_dump and pg_restore of this machine (package postgresql-client).
std::unique_ptr<Upkeep> postgres_upkeep(PostgresOptions options);

}  // namespace hadir
