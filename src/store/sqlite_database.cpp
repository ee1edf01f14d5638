#include "store/sqlite_database.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <format>

#include <sodium.h>

#include "store/file_descriptor.hpp"
#include "store/migrations/migrations.hpp"
#include "store/sqlite/repositories.hpp"

namespace hadir {
namespace {

using sqlite::Connection;
using sqlite::Connections;

/// Makes the file readable by us alone; SQLite gives its -wal and -shm the same mode.
Status prepare_file(const std::string& path) {
  const std::filesystem::path file(path);
  const auto cannot = [&] {
    return fail(ErrorKind::unavailable, std::format("cannot open {}: {}", path, std::strerror(errno)));
  };
  if (file.has_parent_path()) {
    std::error_code ignored;  // the open below says what is wrong
    std::filesystem::create_directories(file.parent_path(), ignored);
  }
  const FileDescriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd) return cannot();
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return cannot();
  if (!S_ISREG(info.st_mode)) return fail(ErrorKind::invalid_input, path + " is not a plain file");
  return {};
}

Result<std::vector<AppliedMigration>> applied_migrations(Connection& connection) {
  connection.execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL,"
      " checksum TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT");
  auto query = connection.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number");
  std::vector<AppliedMigration> applied;
  while (query.step()) applied.push_back({static_cast<int>(query.integer(0)), query.text(1), query.text(2)});
  return applied;
}

/// All pending steps in one transaction, so that of two programs starting at once one waits for the other.
Status migrate(Connections& connections) {
  return connections.write_all([&](Connection& connection) -> Status {
    const auto applied = applied_migrations(connection);
    const auto pending = pending_migrations(sqlite_migrations(), *applied, connections.path());
    if (!pending) return std::unexpected(pending.error());
    for (const auto& step : *pending) {
      connection.execute(std::string(step.sql).c_str());
      auto query = connection.query(
          "INSERT INTO schema_migrations (number, name, checksum, applied_at)"
          " VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))");
      query.bind(step.number).bind(step.name).bind(checksum_of(step)).run();
    }
    return {};
  });
}

/// A text sealed with the key that the database was made with; another key is noticed at start, not at the first face.
Status check_key(Connections& connections, const EmbeddingCipher& cipher) {
  return connections.write_all([&](Connection& connection) -> Status {
    constexpr std::string_view owner = "hadir key check";
    auto query = connection.query("SELECT value FROM database_info WHERE name = 'key_check'");
    if (query.step()) {
      if (cipher.open(query.blob(0), owner)) return {};
      return fail(ErrorKind::invalid_input,
                  std::format("{} was made with another key: put back the key file it was made with (HADIR_KEY_FILE)",
                              connections.path()));
    }
    auto insert = connection.query("INSERT INTO database_info (name, value) VALUES ('key_check', ?)");
    insert.bind(cipher.seal(*Embedding::raw(std::array{1.F}), owner)).run();
    return {};
  });
}

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(const std::string& path, SecretKey key, std::chrono::milliseconds busy_timeout)
      : cipher_(std::move(key)), connections_(path, busy_timeout) {}

  Status prepare() {
    if (auto migrated = migrate(connections_); !migrated) return migrated;
    return check_key(connections_, cipher_);
  }

  PersonRepository& persons() override { return persons_; }
  TemplateRepository& templates() override { return templates_; }
  CameraRepository& cameras() override { return cameras_; }
  SightingRepository& sightings() override { return sightings_; }
  AttendanceRepository& attendance() override { return attendance_; }

  Status in_transaction(const std::function<Status()>& work) override { return connections_.in_transaction(work); }

  Status check() override {
    if (!connections_.in_memory() && !std::filesystem::exists(connections_.path()))
      return fail(ErrorKind::unavailable, connections_.path() + " has been removed while in use");
    return connections_.write([](Connection& connection) -> Status {
      connection.query("INSERT OR REPLACE INTO database_info (name, value) VALUES ('write_check', x'01')").run();
      return {};
    });
  }

  std::string describe() const override {
    return std::format("SQLite {}, schema {}", connections_.path(), sqlite_migrations().size());
  }

 private:
  EmbeddingCipher cipher_;
  Connections connections_;
  sqlite::Persons persons_{connections_};
  sqlite::Templates templates_{connections_, cipher_};
  sqlite::Cameras cameras_{connections_};
  sqlite::Sightings sightings_{connections_};
  sqlite::Attendance attendance_{connections_};
};

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, SecretKey key,
                                              std::chrono::milliseconds busy_timeout) {
  if (sodium_init() < 0) return fail(ErrorKind::internal, "libsodium does not start");
  if (path != ":memory:")
    if (auto prepared = prepare_file(path); !prepared) return std::unexpected(prepared.error());
  try {
    auto database = std::make_unique<SqliteDatabase>(path, std::move(key), busy_timeout);
    if (auto prepared = database->prepare(); !prepared) return std::unexpected(prepared.error());
    return database;
  } catch (const SQLite::Exception& failure) {
    return std::unexpected(sqlite::error_of(failure, path));
  }
}

}  // namespace hadir
