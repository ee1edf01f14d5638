#pragma once
#include "app/people/person_changes.hpp"
#include "web/json_body.hpp"
#include "web/query_values.hpp"
#include "web/router.hpp"
#include "web/web_services.hpp"

namespace hadir {

/// The person with that employee code or id. Somebody of a department the caller does not see is `not_found`, too.
Result<Person> visible_person(const WebServices& services, const HttpCall& call, const std::string& code_or_id);

/// Whether the caller may see this person's attendance: everybody's with attendance:read, their own with self:read.
/// For addresses that are open to whoever is signed in.
Result<Person> person_with_visible_attendance(const WebServices& services, const HttpCall& call,
                                              const std::string& code_or_id);

/// A fault for a department that is not the caller's; `given` false: it is the department of nobody yet.
void check_department(const HttpCall& call, InputFaults& faults, const std::optional<std::string>& department,
                      bool is_new);

/// An e-mail address, or an empty text.
std::optional<std::string> email_of(JsonFields& in);

/// `conflict: "email: …"` and alike come back under their field; other errors as they are.
drogon::HttpResponsePtr person_error(const Error& error);

/// Tells what runs that people changed; what fails is for the log alone, as the change itself is done.
void tell_people_changed(const WebServices& services);

}  // namespace hadir
