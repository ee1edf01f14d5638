#include "web/v1_person_json.hpp"

#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

}  // namespace

Json v1_person_json(const WebServices& services, const Person& person, const EnrolmentOf& enrolment) {
  const auto [first, last] = first_and_last_name(person);
  return {{"id", person.id.str()},
          {"employee_code", person.employee_code},
          {"first_name", first},
          {"last_name", last},
          {"email", text_or_null(person.email)},
          {"phone", text_or_null(person.phone)},
          {"person_type", to_text(person.type)},
          {"id_number", text_or_null(person.id_number)},
          {"id_type", text_or_null(person.id_type)},
          {"department", text_or_null(person.department)},
          {"organization", text_or_null(person.organisation)},
          {"status", to_text(person.status)},
          {"face_encoding_count", enrolment ? enrolment->templates : 0},
          {"enrolled_at", enrolment ? Json(site_time(services, enrolment->first)) : Json(nullptr)},
          {"last_face_enrolled", enrolment ? Json(site_time(services, enrolment->last)) : Json(nullptr)},
          {"createdAt", site_time(services, person.created_at)},
          {"updatedAt", site_time(services, person.updated_at)}};
}

Result<EnrolmentOf> enrolment_of(Database& database, const PersonId& person) {
  const auto templates = database.templates().of_person(person);
  if (!templates) return std::unexpected(templates.error());
  if (templates->empty()) return EnrolmentOf{};
  return Enrolment{.person = person,
                   .templates = static_cast<std::int64_t>(templates->size()),
                   .first = templates->front().created_at,
                   .last = templates->back().created_at};
}

}  // namespace hadir
