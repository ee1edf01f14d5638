#pragma once
#include "store/migrations/migrations.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sql {

/// Runs the steps that the database has not seen, all in one transaction, so that of two programs starting at once one
/// waits for the other. Errors as `pending_migrations`, and the database's.
Status migrate(Connections& connections, std::span<const Migration> migrations);

/// The steps the database remembers, oldest first; none for an empty database.
Result<std::vector<AppliedMigration>> applied_migrations(Connections& connections);

}  // namespace hadir::sql
