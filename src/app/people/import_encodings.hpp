#pragma once
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/repositories.hpp"
#include "core/uuid.hpp"

namespace hadir {

struct EncodingImportOptions {
  bool dry_run = false;       ///< say what would happen, write nothing
  bool skip_refused = false;  ///< write the other lines when some are refused; otherwise nothing is written then
};

enum class ImportVerdict { added = 1, changed, unchanged, refused };
const char* to_text(ImportVerdict verdict);

/// What became of one line, counted from 1.
struct EncodingImportLine {
  std::size_t line = 0;
  std::string employee_code;  ///< empty where the line could not be read
  std::string name;
  ImportVerdict verdict = ImportVerdict::refused;
  std::size_t encodings = 0;  ///< new ones
  std::string reason;         ///< why it was refused
};

struct EncodingImportReport {
  std::vector<EncodingImportLine> lines;                           ///< all but empty ones, in order
  std::size_t added = 0, changed = 0, unchanged = 0, refused = 0;  ///< people
  std::size_t encodings = 0;                                       ///< new ones of the lines that are not refused
  bool written = false;
};

/// Reads people with dlib encodings, a JSON object a line (encoding_exchange.hpp), and adds or changes them by employee
/// code: what a line gives replaces, what it leaves out stays, encodings that are there already are not added again.
/// All lines are checked first and written in one transaction. `model` is dlib's encoder as a pack names it. Errors are
/// the database's; a file that cannot be used is a report of refused lines.
Result<EncodingImportReport> import_encodings(std::istream& file, Database& database, const ModelId& model,
                                              const Clock& clock, UuidSource& uuids,
                                              const EncodingImportOptions& options);

struct EncodingExport {
  std::size_t people = 0;
  std::size_t encodings = 0;
};

/// Writes everybody who has templates of that model, or the one person of that code, in the same format.
/// `invalid_input` when the templates are not of 128 numbers, `not_found` for an unknown code.
Result<EncodingExport> export_encodings(std::ostream& file, Database& database, const ModelId& model,
                                        const std::optional<std::string>& employee_code);

}  // namespace hadir
