#include "app/people/employee_file.hpp"

#include <algorithm>
#include <array>
#include <format>
#include <fstream>
#include <optional>
#include <set>

#include <nlohmann/json.hpp>

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// Our field, and other names for it.
constexpr std::pair<std::string_view, std::string_view> column_names[] = {
    {"employee_code", "employee_code"},
    {"employee_id", "employee_code"},
    {"id_karyawan", "employee_code"},
    {"nik", "employee_code"},
    {"code", "employee_code"},
    {"id", "employee_code"},
    {"name", "name"},
    {"nama", "name"},
    {"full_name", "name"},
    {"first_name", "first_name"},
    {"last_name", "last_name"},
    {"email", "email"},
    {"phone", "phone"},
    {"telepon", "phone"},
    {"no_hp", "phone"},
    {"department", "department"},
    {"departemen", "department"},
    {"divisi", "department"},
    {"role", "role"},
    {"position", "role"},
    {"jabatan", "role"},
    {"organisation", "organisation"},
    {"organization", "organisation"},
    {"perusahaan", "organisation"},
    {"type", "type"},
    {"person_type", "type"},
    {"status", "status"},
    {"id_number", "id_number"},
    {"id_type", "id_type"},
};

std::optional<std::string> field_of(std::string_view column) {
  std::string word;
  for (const char c : column)
    if (c >= 'A' && c <= 'Z')
      word += static_cast<char>(c - 'A' + 'a');
    else
      word += c == ' ' || c == '-' ? '_' : c;
  for (const auto& [name, field] : column_names)
    if (word == name) return std::string(field);
  return std::nullopt;
}

std::string trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1));
}

/// Puts a value under our field; two columns of one field must not differ.
void put(EmployeeRow& row, const std::string& field, const std::string& value) {
  const auto [at, is_new] = row.fields.emplace(field, value);
  if (!is_new && at->second != value)
    row.problem = std::format("{} is said twice: \"{}\" and \"{}\"", field, at->second, value);
}

std::string_view without_mark(std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

EmployeeRow row_of(const Json& entry, std::size_t number, std::set<std::string>& ignored) {
  EmployeeRow row;
  row.line = number;
  if (!entry.is_object()) {
    row.problem = "is no object";
    return row;
  }
  for (const auto& [key, value] : entry.items()) {
    const auto field = field_of(key);
    if (!field)
      ignored.insert(key);
    else if (value.is_string())
      put(row, *field, trimmed(value.get<std::string>()));
    else if (value.is_number_integer())
      put(row, *field, value.dump());
    else if (!value.is_null())
      row.problem = std::format("{} is neither a text nor a whole number", key);
  }
  return row;
}

/// The array in the document: itself, or the only array it holds.
const Json* rows_in(const Json& document) {
  if (document.is_array()) return &document;
  const Json* found = nullptr;
  if (document.is_object())
    for (const auto& [key, value] : document.items())
      if (value.is_array()) {
        if (found != nullptr) return nullptr;
        found = &value;
      }
  return found;
}

/// Reads records of a CSV text, one after the other (RFC 4180).
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : rest_(text) {}

  void use(char separator) { separator_ = separator; }
  bool at_end() const { return rest_.empty(); }
  std::size_t line() const { return line_; }
  /// The next record; nothing when a quote is never closed.
  std::optional<std::vector<std::string>> next() {
    std::vector<std::string> fields(1);
    bool quoted = false;
    while (!rest_.empty()) {
      const char c = take();
      if (quoted) {
        if (c != '"')
          fields.back() += c;
        else if (rest_.starts_with('"'))
          fields.back() += take();
        else
          quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c == separator_) {
        fields.emplace_back();
      } else if (c == '\n') {
        break;
      } else if (c != '\r') {
        fields.back() += c;
      }
    }
    if (quoted) return std::nullopt;
    return fields;
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    if (c == '\n') ++line_;
    return c;
  }
  std::string_view rest_;
  char separator_ = ',';
  std::size_t line_ = 1;
};

EmployeeRow row_of(const std::vector<std::string>& values, const std::vector<std::optional<std::string>>& fields,
                   std::size_t line) {
  EmployeeRow row;
  row.line = line;
  if (values.size() != fields.size())
    row.problem = std::format("has {} fields under a heading of {}", values.size(), fields.size());
  for (std::size_t i = 0; i < std::min(values.size(), fields.size()); ++i)
    if (fields[i]) put(row, *fields[i], trimmed(values[i]));
  return row;
}

}  // namespace

Result<EmployeeList> read_employee_json(std::string_view text, const std::string& name) {
  Json document;
  try {
    document = Json::parse(without_mark(text), nullptr, true, true);
  } catch (const Json::parse_error& failure) {
    return fail(ErrorKind::invalid_input, std::format("{} is not JSON, at byte {}", name, failure.byte));
  } catch (const Json::exception&) {
    return fail(ErrorKind::invalid_input, name + " has a number that is too large");
  }
  const Json* entries = rows_in(document);
  if (entries == nullptr)
    return fail(ErrorKind::invalid_input, name + " is neither an array of people nor an object with one such array");
  EmployeeList list;
  std::set<std::string> ignored;
  for (const auto& entry : *entries) list.rows.push_back(row_of(entry, list.rows.size() + 1, ignored));
  list.ignored.assign(ignored.begin(), ignored.end());
  return list;
}

Result<EmployeeList> read_employee_csv(std::string_view text, const std::string& name) {
  text = without_mark(text);
  const auto heading_line = text.substr(0, text.find('\n'));
  CsvReader reader(text);
  if (std::ranges::count(heading_line, ';') > std::ranges::count(heading_line, ',')) reader.use(';');
  const auto heading = reader.next();
  if (!heading) return fail(ErrorKind::invalid_input, name + " line 1: a quote is never closed");
  EmployeeList list;
  std::vector<std::optional<std::string>> fields;
  for (const auto& column : *heading) {
    fields.push_back(field_of(trimmed(column)));
    if (!fields.back()) list.ignored.push_back(trimmed(column));
  }
  if (!std::ranges::contains(fields, std::optional<std::string>("employee_code")))
    return fail(ErrorKind::invalid_input, name + ": the heading has no column employee_code (or employee_id, nik)");
  while (!reader.at_end()) {
    const std::size_t line = reader.line();
    const auto values = reader.next();
    if (!values) return fail(ErrorKind::invalid_input, std::format("{} line {}: a quote is never closed", name, line));
    if (values->size() == 1 && trimmed(values->front()).empty()) continue;
    list.rows.push_back(row_of(*values, fields, line));
  }
  return list;
}

Result<EmployeeList> read_employee_file(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  std::error_code error;
  if (!stream || std::filesystem::is_directory(file, error))
    return fail(ErrorKind::not_found, "cannot read " + file.string());
  const std::string text(std::istreambuf_iterator<char>(stream), {});
  return file.extension() == ".json" ? read_employee_json(text, file.string()) : read_employee_csv(text, file.string());
}

}  // namespace hadir
