#include "app/evaluation/csv_table.hpp"

#include <algorithm>
#include <format>
#include <fstream>

namespace hadir {
namespace {

std::vector<std::string> split(std::string line) {
  if (line.ends_with('\r')) line.pop_back();
  std::vector<std::string> fields;
  for (std::size_t begin = 0;;) {
    const std::size_t end = line.find(',', begin);
    fields.push_back(line.substr(begin, end - begin));
    if (end == std::string::npos) return fields;
    begin = end + 1;
  }
}

}  // namespace

Result<std::vector<CsvRow>> read_csv(const std::filesystem::path& file, const std::vector<std::string>& required) {
  std::ifstream stream(file);
  if (!stream) return fail(ErrorKind::not_found, std::format("cannot read {}", file.string()));
  std::string line;
  std::getline(stream, line);
  const auto heading = split(line);
  for (const auto& column : required)
    if (!std::ranges::contains(heading, column))
      return fail(ErrorKind::invalid_input, std::format("{}: the heading has no column \"{}\"", file.string(), column));
  std::vector<CsvRow> rows;
  for (std::size_t number = 2; std::getline(stream, line); ++number) {
    if (line.empty() || line == "\r") continue;
    const auto fields = split(line);
    if (fields.size() != heading.size())
      return fail(ErrorKind::invalid_input, std::format("{} line {}: {} fields under a heading of {}", file.string(),
                                                        number, fields.size(), heading.size()));
    CsvRow row;
    for (std::size_t i = 0; i < heading.size(); ++i) row.emplace(heading[i], fields[i]);
    rows.push_back(std::move(row));
  }
  if (rows.empty()) return fail(ErrorKind::invalid_input, std::format("{} has no rows", file.string()));
  return rows;
}

}  // namespace hadir
