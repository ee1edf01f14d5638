#include "contract/database_contract.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

std::unique_ptr<Database> sqlite_at(const std::string& path) {
  auto database = open_sqlite(path, SecretKey::random());
  if (!database) throw std::runtime_error(database.error().message);
  return std::move(*database);
}

}  // namespace

std::vector<DatabaseKind> database_kinds() {
  return {{"SqliteFile", [](const auto& folder) { return sqlite_at((folder / "hadir.db").string()); }},
          {"SqliteMemory", [](const auto&) { return sqlite_at(":memory:"); }}};
}

}  // namespace hadir
