#include "store/upkeep.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cstring>
#include <format>
#include <fstream>

#include "store/migrations/migrations.hpp"
#include "store/postgres/client_program.hpp"
#include "store/postgres/connections.hpp"
#include "store/sql/bulk.hpp"
#include "store/sql/consistency.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

class PostgresUpkeep final : public Upkeep {
 public:
  explicit PostgresUpkeep(PostgresOptions options) : options_(std::move(options)), connections_(options_) {}

  std::string describe() const override { return address_of(options_); }

  Result<bool> exists() override {
    return connections_.read([](sql::Connection& connection) -> Result<bool> {
      return connection.query("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = 'persons'")
          .step();
    });
  }

  Result<std::vector<SchemaStep>> schema() override { return sql::schema_steps(connections_, postgres_migrations()); }

  Status backup(const fs::path& to) override {
    std::error_code error;
    if (fs::exists(to, error)) return fail(ErrorKind::conflict, to.string() + " exists: name another file");
    const fs::path part = to.string() + ".part";
    const auto old_mask = ::umask(0077);  // nobody else reads it
    auto arguments = address();
    arguments.insert(arguments.end(), {"--format=custom", "--no-owner", "--no-privileges", "--file=" + part.string()});
    const auto dumped = postgres::run_client_program("pg_dump", arguments, options_.password);
    ::umask(old_mask);
    if (!dumped) {
      fs::remove(part, error);
      return dumped;
    }
    fs::rename(part, to, error);
    if (error) return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", to.string(), error.message()));
    return {};
  }

  Status restore(const fs::path& from) override {
    std::ifstream file(from, std::ios::binary);
    std::string magic(5, '\0');
    if (!file) return fail(ErrorKind::not_found, from.string() + ": there is no such file");
    file.read(magic.data(), 5);
    if (magic != "PGDMP") return fail(ErrorKind::invalid_input, from.string() + " is no backup of PostgreSQL");
    auto arguments = address();
    arguments.insert(arguments.end(), {"--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error",
                                       "--single-transaction", from.string()});
    return postgres::run_client_program("pg_restore", arguments, options_.password);
  }

  Status add_all(std::span<const Sighting> rows) override { return sql::add_all(connections_, rows); }
  Status add_all(std::span<const PresenceEdge> rows) override { return sql::add_all(connections_, rows); }
  Status add_all(std::span<const AttendanceDay> rows) override { return sql::add_all(connections_, rows); }
  Status add_all(std::span<const Violation> rows) override { return sql::add_all(connections_, rows); }
  Status analyse() override {
    return connections_.read([](sql::Connection& connection) -> Status {
      connection.execute("SET statement_timeout = 0");
      connection.execute("VACUUM (ANALYZE)");
      connection.execute("RESET statement_timeout");
      return {};
    });
  }

  Status compact() override { return analyse(); }
  Result<DatabaseSpace> space() override {
    return connections_.read([](sql::Connection& connection) -> Result<DatabaseSpace> {
      auto query = connection.query("SELECT pg_database_size(current_database())");
      return DatabaseSpace{.bytes = query.step() ? query.integer(0) : 0};
    });
  }

  Result<std::vector<Finding>> check() override {
    auto findings = indexes();
    if (!findings) return findings;
    auto rows = sql::inconsistencies(connections_);
    if (!rows) return rows;
    findings->insert(findings->end(), rows->begin(), rows->end());
    return findings;
  }

 private:
  std::vector<std::string> address() const {
    return {"--host=" + options_.host, std::format("--port={}", options_.port), "--username=" + options_.user,
            "--dbname=" + options_.database, "--no-password"};
  }

  /// By the extension amcheck where the database has it (an administrator's "CREATE EXTENSION amcheck").
  Result<std::vector<Finding>> indexes() {
    return connections_.read([](sql::Connection& connection) -> Result<std::vector<Finding>> {
      std::vector<Finding> findings;
      auto invalid = connection.query(
          "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid ="
          " c.relnamespace WHERE n.nspname = current_schema() AND NOT i.indisvalid ORDER BY 1");
      while (invalid.step()) findings.push_back({"structure", "index " + invalid.text(0) + " is not valid"});
      if (!connection.query("SELECT 1 FROM pg_extension WHERE extname = 'amcheck'").step()) return findings;
      connection.execute("SET statement_timeout = 0");
      auto all = connection.query(
          "SELECT c.relname, bt_index_check(c.oid, TRUE) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
          " JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace"
          " WHERE a.amname = 'btree' AND n.nspname = current_schema()");
      all.step();  // a damaged index is an error that names it
      return findings;
    });
  }

  const PostgresOptions options_;
  postgres::Connections connections_;
};

}  // namespace

std::unique_ptr<Upkeep> postgres_upkeep(PostgresOptions options) {
  return std::make_unique<PostgresUpkeep>(std::move(options));
}

}  // namespace hadir
