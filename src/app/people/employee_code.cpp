#include "app/people/employee_code.hpp"

#include <algorithm>
#include <charconv>
#include <format>

namespace hadir {
namespace {

/// The number behind "E" in codes we made; 0 for others.
unsigned number_in(const std::string& code) {
  unsigned number = 0;
  if (code.size() < 5 || code.front() != 'E') return 0;
  const auto [end, error] = std::from_chars(code.data() + 1, code.data() + code.size(), number);
  return error == std::errc{} && end == code.data() + code.size() ? number : 0;
}

}  // namespace

Result<std::string> next_employee_code(Database& database) {
  const auto everybody = database.persons().list();
  if (!everybody) return std::unexpected(everybody.error());
  unsigned last = 0;
  for (const auto& one : *everybody) last = std::max(last, number_in(one.employee_code));
  return std::format("E{:04}", last + 1);
}

Result<Person> find_person(Database& database, const std::string& code_or_id) {
  auto by_code = database.persons().find_by_code(code_or_id);
  if (!by_code) return std::unexpected(by_code.error());
  if (*by_code) return std::move(**by_code);
  auto by_id = database.persons().get(PersonId(code_or_id));
  if (!by_id && by_id.error().kind == ErrorKind::not_found) return fail(ErrorKind::not_found, "nobody has this id");
  return by_id;
}

}  // namespace hadir
