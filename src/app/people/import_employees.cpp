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

bool same(const Person& a, const Person& b) {
  return a.name == b.name && a.first_name == b.first_name && a.last_name == b.last_name && a.email == b.email &&
         a.phone == b.phone && a.department == b.department && a.role == b.role && a.organisation == b.organisation &&
         a.type == b.type && a.status == b.status && a.id_number == b.id_number && a.id_type == b.id_type;
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
    if (!there) return written(row, std::unexpected(there.error()), report_.added);
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
    return written(row, database_.persons().add(person), report_.added);
  }
  Status change(const EmployeeRow& row, const Person& before) {
    Person person = before;
    if (auto wrong = apply(row, person); !wrong.empty()) return leave_out(row, std::move(wrong));
    if (same(before, person)) {
      ++report_.unchanged;
      return {};
    }
    person.updated_at = std::max(now_, before.updated_at + Millis{1});
    return written(row, database_.persons().update(person), report_.changed);
  }
  /// What the database refuses about a row is the row's problem; anything else ends the import.
  Status written(const EmployeeRow& row, const Status& done, std::int64_t& count) {
    if (done) {
      ++count;
      return {};
    }
    if (done.error().kind == ErrorKind::invalid_input || done.error().kind == ErrorKind::conflict)
      return leave_out(row, done.error().message);
    return done;
  }

  Database& database_;
  const Instant now_;
  UuidSource& uuids_;
  ImportReport report_;
  std::unordered_map<std::string, std::size_t> seen_;
};

}  // namespace

Result<ImportReport> import_employees(Database& database, const EmployeeList& list, const Clock& clock,
                                      UuidSource& uuids, ImportMode mode) {
  Import import(database, clock, uuids);
  bool finished = false;
  const auto done = database.in_transaction([&]() -> Status {
    for (const auto& row : list.rows)
      if (auto taken = import.take(row); !taken) return taken;
    finished = true;
    // Undoing it all makes a dry run say exactly what the database would.
    return mode == ImportMode::dry_run ? fail(ErrorKind::internal, "a dry run") : Status{};
  });
  if (!done && !(finished && mode == ImportMode::dry_run)) return std::unexpected(done.error());
  return import.report();
}

}  // namespace hadir
