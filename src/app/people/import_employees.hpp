#pragma once
#include "app/people/employee_file.hpp"
#include "core/ports/repositories.hpp"
#include "core/uuid.hpp"

namespace hadir {

enum class ImportMode { write = 1, dry_run };

/// What became of a list.
struct ImportReport {
  std::int64_t added = 0;
  std::int64_t changed = 0;
  std::int64_t unchanged = 0;
  struct Problem {
    std::size_t line = 0;
    std::string text;
  };
  std::vector<Problem> problems;  ///< rows left out, by line
};

/// Adds people, or changes those whose employee code is there already: only the fields that the row names. Rows that
/// are wrong are left out and reported; the others are written together or, in a dry run, not at all. Nobody is
/// removed. Errors are the database's.
Result<ImportReport> import_employees(Database& database, const EmployeeList& list, const Clock& clock,
                                      UuidSource& uuids, ImportMode mode);

}  // namespace hadir
