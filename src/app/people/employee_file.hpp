#pragma once
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// One person of a list made elsewhere: what each of our fields is to be. Fields that are not named stay as they are.
struct EmployeeRow {
  std::size_t line = 0;  ///< of the file; in JSON the number of the entry, from 1
  std::map<std::string, std::string> fields;
  std::string problem;  ///< why it cannot be used, or empty
};

struct EmployeeList {
  std::vector<EmployeeRow> rows;
  std::vector<std::string> ignored;  ///< columns nobody knows
};

/// Reads a list of people: JSON (an array of objects, or one object with such an array) or, by any other ending, CSV
/// (a heading line; commas or semicolons; fields may be quoted). Columns are known by our names and by common ones in
/// English and Indonesian: employee_id or nik for employee_code, nama for name, departemen, jabatan for role, ...
/// `not_found` for no file, `invalid_input` naming file and place for one that cannot be read at all.
Result<EmployeeList> read_employee_file(const std::filesystem::path& file);
/// The same from text; `name` stands for the file in messages.
Result<EmployeeList> read_employee_json(std::string_view text, const std::string& name);
Result<EmployeeList> read_employee_csv(std::string_view text, const std::string& name);

}  // namespace hadir
