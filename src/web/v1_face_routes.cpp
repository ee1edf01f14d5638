#include "web/audit_note.hpp"
#include "web/given_photos.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"
#include "web/v1_reply.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

drogon::HttpResponsePtr switched_off() {
  return error_reply(Error{ErrorKind::unavailable, "face recognition is switched off here"});
}

drogon::HttpResponsePtr refusal_reply(const PhotoRefusal& refusal, ErrorKind kind) {
  return error_reply(Error{kind, "frame_data: " + refusal.reason}, "frame_data");
}

drogon::HttpResponsePtr enroll(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call, GivenPhotos::largest_body);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"frame_data"});
  auto photo = in.base64("frame_data", GivenPhotos::largest_photo);
  const bool primary = in.boolean("is_primary").value_or(false);
  const auto said_quality = in.number("quality_score", {.least = 0, .most = 1});
  if (auto wrong = in.reply()) return wrong;
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  if (services.faces == nullptr) return switched_off();
  EnrolRequest request;
  request.person = person->id;
  request.primary = primary;
  request.photos.push_back({"frame_data", std::move(*photo)});
  request.along = [&](const Person& enrolled, std::span<const FaceTemplate> templates) {
    return note(services, call, "person.enrol", enrolled.id.str(), {{"templates", {templates.front().id.str()}}});
  };
  std::vector<PhotoRefusal> refused;
  const auto outcome = services.faces->enrol(request, &refused);
  if (!outcome) {
    if (refused.empty()) return error_reply(outcome.error());
    return refusal_reply(refused.front(), outcome.error().kind);
  }
  const auto all = services.database.templates().of_person(person->id);
  if (!all) return error_reply(all.error());
  const FaceTemplate& made = outcome->templates.front();
  const double quality = rounded(made.quality);
  return v1_reply({{"encoding_id", made.id.str()},
                   {"person_id", person->id.str()},
                   {"confidence", quality},
                   {"total_encodings", all->size()},
                   {"is_primary", made.is_primary},
                   {"quality_score", said_quality.value_or(quality)},
                   {"message", "Face enrolled successfully"}});
}

Json match_json(const FaceMatch& match) {
  const auto [first, last] = first_and_last_name(match.person);
  return {{"person_id", match.person.id.str()},
          {"first_name", first},
          {"last_name", last},
          {"confidence", rounded(match.confidence)}};
}

drogon::HttpResponsePtr search(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call, GivenPhotos::largest_body);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"frame_data"});
  auto photo = in.base64("frame_data", GivenPhotos::largest_photo);
  const double threshold = in.number("confidence_threshold", {.least = 0, .most = 1}).value_or(0.6);
  if (auto wrong = in.reply()) return wrong;
  if (services.faces == nullptr) return switched_off();
  FaceQuery query;
  query.photo = std::move(*photo);
  query.least_confidence = threshold;
  if (!call.caller.departments.empty())
    query.may_be_told = [&](const Person& person) { return call.caller.sees_department(person.department); };
  const auto answer = services.faces->search(query);
  if (!answer) return error_reply(answer.error());
  if (const auto* refusal = std::get_if<PhotoRefusal>(&*answer))
    return refusal_reply(*refusal, ErrorKind::invalid_input);
  const auto& found = std::get<FaceSearch>(*answer);
  Json matches = Json::array();
  for (const FaceMatch& match : found.matches) matches.push_back(match_json(match));
  const std::string subject = found.recognised ? found.matches.front().person.id.str() : "";
  if (const auto noted = note(services, call, "face.search", subject, {{"matches", matches.size()}}); !noted)
    return error_reply(noted.error());
  return v1_reply({{"matched", found.recognised},
                   {"best_match", found.recognised ? matches.front() : Json(nullptr)},
                   {"all_matches", matches}});
}

}  // namespace

void add_v1_face_routes(Router& router, const WebServices& services) {
  router.add_heavy({drogon::Post, "/api/v1/persons/{person_id}/enroll", Access::to(Permission::persons_write)},
                   [&services](const HttpCall& call) { return enroll(services, call); });
  router.add_heavy({drogon::Post, "/api/v1/persons/search/by-face", Access::to(Permission::faces_search)},
                   [&services](const HttpCall& call) { return search(services, call); });
}

}  // namespace hadir
