#include "server/database_choice.hpp"

#include "store/sqlite_database.hpp"

namespace hadir {

Result<DatabaseChoice> DatabaseChoice::from(const std::filesystem::path& folder, const Environment& environment) {
  auto postgres = postgres_options(environment);
  if (!postgres) return std::unexpected(postgres.error());
  return DatabaseChoice{folder / "hadir.db", std::move(*postgres)};
}

std::string DatabaseChoice::describe() const {
  return postgres ? address_of(*postgres) : "SQLite " + file.string();
}

Result<std::unique_ptr<Database>> DatabaseChoice::open(const SecretKey& key) const {
  if (postgres) return open_postgres(*postgres, key);
  return open_sqlite(file.string(), key);
}

std::unique_ptr<Upkeep> DatabaseChoice::upkeep() const {
  return postgres ? postgres_upkeep(*postgres) : sqlite_upkeep(file);
}

}  // namespace hadir
