#include "app/people/import_employees.hpp"

#include <format>
#include <unordered_map>

namespace hadir {
namespace {

/// Puts a row's fields into a person; what is wrong with them, or nothing.
std::string apply(const EmployeeRow& row, Person& person) {
  const std::pair<const char*, std::string*> texts[] = {
      {"employee_code", &person.employee_code}, {"name", &person.name},      {"first_name", &person.first_name},
      {"last_name", &person.last_name},         {"email", &person.email},    {"phone", &person.phone},
      {"department", &person.department},       {"role", &person.role},      {"organisation", &person.organisation},
      {"id_number", &person.id_number},         {"id_type", &person.id_type}};
  for (const auto& [name, field] : texts)
    if (const auto given = row.fields.find(name); given != row.fields.end()) *field = given->second;
  if (const auto given = row.fields.find("type"); given != row.fields.end() && !given->second.empty()) {
    const auto type = person_type_from(given->second);
    if (!type) return std::format("type is \"{}\", not employee, visitor or contractor", given->second);
    person.type = *type;
  }
  if (const auto given = row.fields.find("status"); given != row.fields.end() && !given->second.empty()) {
    const auto status = person_status_from(given->second);
    if (!status) return std::format("status is \"{}\", not active, inactive or archived", given->second);
    person.status = *status;
  }
  if (person.name.empty())
    person.name =
        person.first_name + (person.first_name.empty() || person.last_name.empty() ? "" : " ") + person.last_name;
  if (person.name.empty()) return "there is no name";
  if (!person.email.empty() && !person.email.contains('@')) return "email is no address: " + person.email;
  return {};
}

/// The fields in which two people differ.
std::vector<std::string> differences(const Person& a, const Person& b) {
  std::vector<std::string> names;
  const auto compare = [&](const char* name, const auto& one, const auto& other) {
    if (one != other) names.emplace_back(name);
  };
  compare("name", a.name, b.name);
  compare("first_name", a.first_name, b.first_name);
  compare("last_name", a.last_name, b.last_name);
  compare("email", a.email, b.email);
  compare("phone", a.phone, b.phone);
  compare("department", a.department, b.department);
  compare("role", a.role, b.role);
  compare("organisation", a.organisation, b.organisation);
  compare("type", a.type, b.type);
  compare("status", a.status, b.status);
  compare("id_number", a.id_number, b.id_number);
  compare("id_type", a.id_type, b.id_type);
  return names;
}

class Import {
 public:
  Import(Database& database, const Clock& clock, UuidSource& uuids)
      : database_(database), now_(clock.now()), uuids_(uuids) {}

  Status take(const EmployeeRow& row) {
    const auto code = row.fields.find("employee_code");
    if (!row.problem.empty()) return leave_out(row, row.problem);
    if (code == row.fields.end() || code->second.empty()) return leave_out(row, "there is no employee_code");
    const auto [first, is_new] = seen_.emplace(code->second, row.line);
    if (!is_new)
      return leave_out(row, std::format("employee_code {} is on line {} already", code->second, first->second));
    const auto there = database_.persons().find_by_code(code->second);
    if (!there) return refused(row, there.error());
    return *there ? change(row, **there) : add(row);
  }
  const ImportReport& report() const { return report_; }

 private:
  Status leave_out(const EmployeeRow& row, std::string why) {
    report_.problems.push_back({row.line, std::move(why)});
    return {};
  }
  Status add(const EmployeeRow& row) {
    Person person;
    if (auto wrong = apply(row, person); !wrong.empty()) return leave_out(row, std::move(wrong));
    person.id = PersonId(uuids_.next(now_));
    person.created_at = person.updated_at = now_;
    return written(row, database_.persons().add(person), report_.added, person, differences({}, person));
  }
  Status change(const EmployeeRow& row, const Person& before) {
    Person person = before;
    if (auto wrong = apply(row, person); !wrong.empty()) return leave_out(row, std::move(wrong));
    auto changed = differences(before, person);
    if (changed.empty()) {
      ++report_.unchanged;
      return {};
    }
    person.updated_at = std::max(now_, before.updated_at + Millis{1});
    return written(row, database_.persons().update(person), report_.changed, person, std::move(changed));
  }
  /// What the database refuses about a row is the row's problem; anything else ends the import.
  Status refused(const EmployeeRow& row, const Error& error) {
    if (error.kind == ErrorKind::invalid_input || error.kind == ErrorKind::conflict)
      return leave_out(row, error.message);
    return std::unexpected(error);
  }
  Status written(const EmployeeRow& row, const Status& done, std::int64_t& count, const Person& person,
                 std::vector<std::string> fields) {
    if (!done) return refused(row, done.error());
    ++count;
    report_.rows.push_back({row.line, person.employee_code, person.name, &count == &report_.added, std::move(fields)});
    return {};
  }

  Database& database_;
  const Instant now_;
  UuidSource& uuids_;
  ImportReport report_;
  std::unordered_map<std::string, std::size_t> seen_;
};

}  // namespace

Result<ImportReport> import_employees(Database& database, const EmployeeList& list, const Clock& clock,
                                      UuidSource& uuids, ImportMode mode,
                                      const std::function<Status(const ImportReport&)>& along) {
  Import import(database, clock, uuids);
  bool finished = false;
  const auto done = database.in_transaction([&]() -> Status {
    for (const auto& row : list.rows)
      if (auto taken = import.take(row); !taken) return taken;
    finished = true;
    // Undoing it all makes a dry run say exactly what the database would.
    if (mode == ImportMode::dry_run) return fail(ErrorKind::internal, "a dry run");
    return along ? along(import.report()) : Status{};
  });
  if (!done && !(finished && mode == ImportMode::dry_run)) return std::unexpected(done.error());
  return import.report();
}

}  // namespace hadir
