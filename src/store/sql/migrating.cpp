#include "store/sql/migrating.hpp"

namespace hadir::sql {
namespace {

std::vector<AppliedMigration> applied_in(Connection& connection) {
  connection.execute(
      "CREATE TABLE IF NOT EXISTS schema_migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL,"
      " checksum TEXT NOT NULL, applied_at TEXT NOT NULL)");
  auto query = connection.query("SELECT number, name, checksum FROM schema_migrations ORDER BY number");
  std::vector<AppliedMigration> applied;
  while (query.step()) applied.push_back({query.whole(0), query.text(1), query.text(2)});
  return applied;
}

}  // namespace

Status migrate(Connections& connections, std::span<const Migration> migrations) {
  return connections.write_all([&](Connection& connection) -> Status {
    connection.expect_long_work();
    const auto applied = applied_in(connection);
    const auto pending = pending_migrations(migrations, applied, connections.name());
    if (!pending) return std::unexpected(pending.error());
    for (const auto& step : *pending) {
      connection.execute(std::string(step.sql).c_str());
      auto query = connection.query(
          "INSERT INTO schema_migrations (number, name, checksum, applied_at)"
          " VALUES (?, ?, ?, CAST(CURRENT_TIMESTAMP AS TEXT))");
      query.bind(step.number).bind(step.name).bind(checksum_of(step)).run();
    }
    return {};
  });
}

Result<std::vector<AppliedMigration>> applied_migrations(Connections& connections) {
  std::vector<AppliedMigration> applied;
  const auto read = connections.write_all([&](Connection& connection) -> Status {
    applied = applied_in(connection);
    return {};
  });
  if (!read) return std::unexpected(read.error());
  return applied;
}

}  // namespace hadir::sql
