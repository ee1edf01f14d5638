#include "contract/database_contract.hpp"
#include "contract/postgres_fixture.hpp"

namespace hadir {
namespace {

/// Every test gets a copy of a database that was migrated once; the one before it goes.
std::unique_ptr<Database> fresh_database() {
  static const SecretKey key = SecretKey::random();
  static int count = 0;
  auto& server = postgres_server();
  if (count == 0) {
    server.create_database("pattern");
    if (const auto migrated = open_postgres(options_for("pattern"), key); !migrated)
      throw std::runtime_error(migrated.error().message);
  } else {
    server.drop_database(std::format("contract_{}", count));
  }
  const std::string name = std::format("contract_{}", ++count);
  server.create_database(name, "pattern");
  auto database = open_postgres(options_for(name), key);
  if (!database) throw std::runtime_error(database.error().message);
  return std::move(*database);
}

}  // namespace

PostgresServer& postgres_server() {
  static PostgresServer server;
  return server;
}

PostgresOptions options_for(const std::string& database) {
  PostgresOptions options;
  options.host = postgres_server().host();
  options.port = postgres_server().port();
  options.database = database;
  options.user = PostgresServer::user;
  options.password = PostgresServer::password;
  return options;
}

std::vector<DatabaseKind> database_kinds() {
  return {{"Postgres", [](const auto&) { return fresh_database(); }}};
}

}  // namespace hadir
