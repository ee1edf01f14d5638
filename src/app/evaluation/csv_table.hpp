#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// The rows of a comma-separated file with a heading line, by column name. No quoting: names and paths hold no commas.
using CsvRow = std::map<std::string, std::string>;

/// `not_found` for no file; `invalid_input`, naming file and line, when one of `required` is missing or a row has
/// another number of fields than the heading, and when there are no rows.
Result<std::vector<CsvRow>> read_csv(const std::filesystem::path& file, const std::vector<std::string>& required);

}  // namespace hadir
