#pragma once
#include "store/migrations/migrations.hpp"
#include "store/sql/connections.hpp"
#include "store/upkeep.hpp"

namespace hadir::sql {

/// Rows that contradict themselves or each other: what no constraint of the schema says.
Result<std::vector<Finding>> inconsistencies(Connections& connections);

/// The known steps, each with whether the database has it; `conflict` when it is newer than the program.
Result<std::vector<SchemaStep>> schema_steps(Connections& connections, std::span<const Migration> known);

}  // namespace hadir::sql
