#include "web/person_access.hpp"

#include <spdlog/spdlog.h>

#include "app/people/employee_code.hpp"

namespace hadir {
namespace {

std::unexpected<Error> nobody() {
  return fail(ErrorKind::not_found, "nobody has this id");
}

bool is_address(const std::string& email) {
  const auto at = email.find('@');
  return at != std::string::npos && at > 0 && at + 1 < email.size() && email.find('@', at + 1) == std::string::npos &&
         !email.contains(' ');
}

}  // namespace

Result<Person> visible_person(const WebServices& services, const HttpCall& call, const std::string& code_or_id) {
  if (code_or_id.empty() || code_or_id.size() > 200 || !is_utf8(code_or_id) || code_or_id.contains('\0'))
    return nobody();
  auto person = find_person(services.database, code_or_id);
  if (person && !call.caller.sees_department(person->department)) return nobody();
  return person;
}

Result<Person> person_with_visible_attendance(const WebServices& services, const HttpCall& call,
                                              const std::string& code_or_id) {
  if (call.caller.may(Permission::attendance_read)) return visible_person(services, call, code_or_id);
  if (!call.caller.may(Permission::self_read)) return nobody();
  auto own = call.caller.person ? services.database.persons().get(*call.caller.person)
                                : Result<Person>(std::unexpected(nobody().error()));
  if (own && own->id.str() != code_or_id && own->employee_code != code_or_id) return nobody();
  return own;
}

void check_department(const HttpCall& call, InputFaults& faults, const std::optional<std::string>& department,
                      bool is_new) {
  if (call.caller.departments.empty() || (!department && !is_new)) return;
  if (!call.caller.sees_department(department.value_or(""))) faults.add("department", "must be one of yours");
}

std::optional<std::string> email_of(JsonFields& in) {
  auto email = in.text("email", {.least = 0, .most = 254});
  if (email && !email->empty() && !is_address(*email)) in.fault("email", "must be an e-mail address");
  return email;
}

drogon::HttpResponsePtr person_error(const Error& error) {
  for (const char* field : {"email", "employee_code", "name"})
    if (error.message.starts_with(std::string(field) + ": ")) return error_reply(error, field);
  return error_reply(error);
}

void tell_people_changed(const WebServices& services) {
  if (services.faces == nullptr) return;
  if (const auto told = services.faces->people_changed(); !told)
    spdlog::warn("people changed, but the gallery could not be read anew: {}", told.error().message);
}

}  // namespace hadir
