#include "store/upkeep.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <format>

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>

#include "store/file_descriptor.hpp"
#include "store/migrations/migrations.hpp"
#include "store/sql/bulk.hpp"
#include "store/sql/consistency.hpp"
#include "store/sql/migrating.hpp"
#include "store/sqlite/connections.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
constexpr int busy_timeout_ms = 30'000;

/// Copies all pages in one step: a snapshot, while writers go on.
void copy(SQLite::Database& from, SQLite::Database& to) {
  SQLite::Backup copying(to, from);
  copying.executeStep(-1);
}

std::vector<Finding> structure_of(SQLite::Database& database) {
  std::vector<Finding> findings;
  SQLite::Statement integrity(database, "PRAGMA integrity_check(20)");
  while (integrity.executeStep())
    if (const auto line = integrity.getColumn(0).getString(); line != "ok") findings.push_back({"structure", line});
  SQLite::Statement references(database, "PRAGMA foreign_key_check");
  while (references.executeStep())
    findings.push_back({references.getColumn(0).getString(),
                        "a row refers to one of " + references.getColumn(2).getString() + " that is not there"});
  return findings;
}

/// On the disk, name and contents.
Status settle(const fs::path& written, const fs::path& name) {
  const FileDescriptor file(::open(written.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file || ::fsync(file.get()) != 0 || ::rename(written.c_str(), name.c_str()) != 0)
    return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", name.string(), std::strerror(errno)));
  const auto parent = name.has_parent_path() ? name.parent_path() : fs::path(".");
  const FileDescriptor folder(::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (folder) ::fsync(folder.get());
  return {};
}

class SqliteUpkeep final : public Upkeep {
 public:
  explicit SqliteUpkeep(fs::path file) : file_(std::move(file)) {}

  std::string describe() const override { return "SQLite " + file_.string(); }
  Result<bool> exists() override { return fs::exists(file_); }

  Result<std::vector<SchemaStep>> schema() override {
    return with<std::vector<SchemaStep>>([&] {
      sqlite::Connections connections(file_.string(), std::chrono::milliseconds(busy_timeout_ms));
      return sql::schema_steps(connections, sqlite_migrations());
    });
  }

  Status backup(const fs::path& to) override {
    std::error_code error;
    if (fs::exists(to, error)) return fail(ErrorKind::conflict, to.string() + " exists: name another file");
    const fs::path part = to.string() + ".part";
    const auto done = with<bool>([&]() -> Result<bool> {
      fs::remove(part, error);
      {
        // The backup holds what the database holds: nobody else reads it.
        const FileDescriptor made(::open(part.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        if (!made)
          return fail(ErrorKind::unavailable, std::format("cannot make {}: {}", part.string(), std::strerror(errno)));
      }
      SQLite::Database from(file_.string(), SQLite::OPEN_READWRITE, busy_timeout_ms);
      SQLite::Database into(part.string(), SQLite::OPEN_READWRITE, busy_timeout_ms);
      copy(from, into);
      into.exec("PRAGMA journal_mode = DELETE");  // one file, without a log beside it
      if (auto findings = structure_of(into); !findings.empty())
        return fail(ErrorKind::corrupted,
                    std::format("{} is damaged ({}): no backup was made", file_.string(), findings[0].text));
      return true;
    });
    if (done) return settle(part, to);
    fs::remove(part, error);
    return std::unexpected(done.error());
  }

  Status restore(const fs::path& from) override {
    std::error_code error;
    if (!fs::is_regular_file(from, error)) return fail(ErrorKind::not_found, from.string() + ": there is no such file");
    if (auto good = check_backup(from); !good) return good;
    if (!fs::exists(file_, error) || is_unusable()) return put_in_place(from);
    // Through SQLite itself, so that a crash rolls back and a program that has the database open sees it all or not.
    const auto done = with<bool>([&]() -> Result<bool> {
      SQLite::Database source(from.string(), SQLite::OPEN_READONLY, busy_timeout_ms);
      SQLite::Database target(file_.string(), SQLite::OPEN_READWRITE, busy_timeout_ms);
      copy(source, target);
      return true;
    });
    return done ? Status{} : std::unexpected(done.error());
  }

  Status add_all(std::span<const Sighting> rows) override { return in_bulk(rows); }
  Status add_all(std::span<const PresenceEdge> rows) override { return in_bulk(rows); }
  Status add_all(std::span<const AttendanceDay> rows) override { return in_bulk(rows); }
  Status add_all(std::span<const Violation> rows) override { return in_bulk(rows); }
  Status analyse() override { return run("PRAGMA analysis_limit = 1000; ANALYZE"); }
  Status compact() override { return run("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)"); }
  Result<DatabaseSpace> space() override {
    return with<DatabaseSpace>([&]() -> Result<DatabaseSpace> {
      SQLite::Database database(file_.string(), SQLite::OPEN_READWRITE, busy_timeout_ms);
      const auto page = database.execAndGet("PRAGMA page_size").getInt64();
      return DatabaseSpace{.bytes = page * database.execAndGet("PRAGMA page_count").getInt64(),
                           .free = page * database.execAndGet("PRAGMA freelist_count").getInt64()};
    });
  }

  Result<std::vector<Finding>> check() override {
    return with<std::vector<Finding>>([&]() -> Result<std::vector<Finding>> {
      SQLite::Database database(file_.string(), SQLite::OPEN_READWRITE, busy_timeout_ms);
      auto findings = structure_of(database);
      if (!findings.empty()) return findings;
      sqlite::Connections connections(file_.string(), std::chrono::milliseconds(busy_timeout_ms));
      return sql::inconsistencies(connections);
    });
  }

 private:
  /// SQLite would make a missing file.
  template <class Value, class Work>
  Result<Value> with(Work&& work) const {
    if (!fs::exists(file_)) return fail(ErrorKind::not_found, file_.string() + ": there is no database");
    try {
      return work();
    } catch (const SQLite::Exception& failure) {
      return std::unexpected(sqlite::error_of(failure, file_.string()));
    }
  }

  Status run(const char* sql) const {
    const auto done = with<bool>([&]() -> Result<bool> {
      SQLite::Database(file_.string(), SQLite::OPEN_READWRITE, busy_timeout_ms).exec(sql);
      return true;
    });
    return done ? Status{} : std::unexpected(done.error());
  }

  template <class Row>
  Status in_bulk(std::span<const Row> rows) {
    const auto done = with<bool>([&]() -> Result<bool> {
      if (!connections_) connections_.emplace(file_.string(), std::chrono::milliseconds(busy_timeout_ms));
      if (auto added = sql::add_all(*connections_, rows); !added) return std::unexpected(added.error());
      return true;
    });
    return done ? Status{} : std::unexpected(done.error());
  }

  static Status check_backup(const fs::path& from) {
    try {
      SQLite::Database backup(from.string(), SQLite::OPEN_READONLY, busy_timeout_ms);
      if (auto findings = structure_of(backup); !findings.empty())
        return fail(ErrorKind::corrupted, std::format("{} is damaged: {}", from.string(), findings[0].text));
      if (!backup.tableExists("schema_migrations"))
        return fail(ErrorKind::invalid_input, from.string() + " is no backup of hadir");
      std::vector<AppliedMigration> applied;
      SQLite::Statement query(backup, "SELECT number, name, checksum FROM schema_migrations ORDER BY number");
      while (query.executeStep())
        applied.push_back(
            {query.getColumn(0).getInt(), query.getColumn(1).getString(), query.getColumn(2).getString()});
      const auto pending = pending_migrations(sqlite_migrations(), applied, from.string());
      return pending ? Status{} : std::unexpected(pending.error());
    } catch (const SQLite::Exception& failure) {
      return std::unexpected(sqlite::error_of(failure, from.string()));
    }
  }

  bool is_unusable() const {
    try {
      SQLite::Database database(file_.string(), SQLite::OPEN_READWRITE, busy_timeout_ms);
      return !structure_of(database).empty();
    } catch (const SQLite::Exception& failure) {
      const auto kind = sqlite::error_of(failure, file_.string()).kind;
      return kind == ErrorKind::corrupted;
    }
  }

  /// For a database that is missing or damaged; the damaged file is kept beside it.
  Status put_in_place(const fs::path& from) const {
    std::error_code error;
    if (file_.has_parent_path()) fs::create_directories(file_.parent_path(), error);
    const fs::path part = file_.string() + ".restored";
    fs::copy_file(from, part, fs::copy_options::overwrite_existing, error);
    if (error) return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", part.string(), error.message()));
    fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write, error);
    if (fs::exists(file_, error)) fs::rename(file_, file_.string() + ".damaged", error);
    for (const char* log : {"-wal", "-shm"}) fs::remove(file_.string() + log, error);
    return settle(part, file_);
  }

  const fs::path file_;
  std::optional<sqlite::Connections> connections_;  ///< for rows in bulk
};

}  // namespace

std::unique_ptr<Upkeep> sqlite_upkeep(fs::path file) {
  return std::make_unique<SqliteUpkeep>(std::move(file));
}

}  // namespace hadir
