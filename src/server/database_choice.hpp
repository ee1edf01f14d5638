#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/configuration/configuration.hpp"
#include "core/error.hpp"
#include "core/ports/repositories.hpp"
#include "store/postgres_database.hpp"
#include "store/secret_key.hpp"
#include "store/upkeep.hpp"

namespace hadir {

/// Which database a data folder goes with: PostgreSQL where the environment names one, else a file in the folder.
struct DatabaseChoice {
  std::filesystem::path file;               ///< of SQLite
  std::optional<PostgresOptions> postgres;  ///< goes before the file

  /// `invalid_input` naming a POSTGRES_ variable that is missing or wrong.
  static Result<DatabaseChoice> from(const std::filesystem::path& folder, const Environment& environment);

  /// "SQLite data/hadir.db", "PostgreSQL hadir@db.example:5432/fr".
  std::string describe() const;
  /// Opens it, making what is missing.
  Result<std::unique_ptr<Database>> open(const SecretKey& key) const;
  /// What can be done with it as a whole.
  std::unique_ptr<Upkeep> upkeep() const;
};

}  // namespace hadir
