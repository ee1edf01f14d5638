#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// One forward step of a database's schema; `number` counts up from 1 without gaps.
struct Migration {
  int number;
  std::string_view name;
  std::string_view sql;
};

/// A step as the database remembers it.
struct AppliedMigration {
  int number;
  std::string name;
  std::string checksum;
};

/// Every step of each dialect, in order (made by CMake from migrations/<dialect>/NNNN_name.sql).
std::span<const Migration> sqlite_migrations();
std::span<const Migration> postgres_migrations();

/// SHA-256 of the step's text, lower-case hexadecimal.
std::string checksum_of(const Migration& migration);

/// The steps still to run. `conflict` when the database is newer than the program, `corrupted` when a step that was
/// applied is not the one this program knows. `database` names it in the message.
Result<std::span<const Migration>> pending_migrations(std::span<const Migration> known,
                                                      std::span<const AppliedMigration> applied,
                                                      std::string_view database);

}  // namespace hadir
