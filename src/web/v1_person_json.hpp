#pragma once
#include "app/people/person_changes.hpp"
#include "web/web_services.hpp"

#include <nlohmann/json.hpp>

namespace hadir {

/// How often and when somebody's faces were enrolled.
using EnrolmentOf = std::optional<Enrolment>;

/// A person as /api/v1 shows them.
nlohmann::ordered_json v1_person_json(const WebServices& services, const Person& person, const EnrolmentOf& enrolment);

/// The person's own enrolment; nothing for somebody without any face. Errors are the database's.
Result<EnrolmentOf> enrolment_of(Database& database, const PersonId& person);

}  // namespace hadir
