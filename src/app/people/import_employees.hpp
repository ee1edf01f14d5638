#pragma once
#include <functional>

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
  struct Row {
    std::size_t line = 0;
    std::string employee_code;
    std::string name;
    bool is_new = false;
    std::vector<std::string> fields;  ///< those that change, by our names; of somebody new those that are given
  };
  std::vector<Row> rows;  ///< people added or changed, by line
};

/// Adds people, or changes those whose employee code is there already: only the fields that the row names. Rows that
/// are wrong are left out and reported; the others are written together or, in a dry run, not at all. Nobody is
/// removed. Errors are the database's.
/// `along` runs in the same transaction, not in a dry run: its failure undoes it all. May be empty.
Result<ImportReport> import_employees(Database& database, const EmployeeList& list, const Clock& clock,
                                      UuidSource& uuids, ImportMode mode,
                                      const std::function<Status(const ImportReport&)>& along = {});

}  // namespace hadir
