#include <format>

#include "app/people/person_faces.hpp"
#include "web/audit_note.hpp"
#include "web/face_check_routes.hpp"
#include "web/given_photos.hpp"
#include "web/person_access.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

/// To three decimals, in double precision: 0.922 and not 0.921999990940094.
double rounded(double value) {
  return std::round(value * 1000) / 1000;
}

Json photo_url(const Person& person, const PersonImage& image) {
  return std::format("/api/employees/{}/photos/{}", person.id.str(), image.id.str());
}

Json template_json(const WebServices& services, const FaceTemplate& one, Json photo) {
  return {{"id", one.id.str()},
          {"pose", one.pose},
          {"quality", rounded(one.quality)},
          {"source", one.source},
          {"is_primary", one.is_primary},
          {"model", one.model.name},
          {"photo", std::move(photo)},
          {"created_at", site_time(services, one.created_at)}};
}

Result<Json> templates_json(const WebServices& services, const Person& person) {
  const auto photos = photos_of(services.database, person.id);
  if (!photos) return std::unexpected(photos.error());
  const auto templates = services.database.templates().of_person(person.id);
  if (!templates) return std::unexpected(templates.error());
  Json list = Json::array();
  for (const FaceTemplate& one : *templates) {
    Json url = nullptr;
    for (const PersonPhoto& photo : *photos)
      if (std::ranges::contains(photo.templates, one.id, &FaceTemplate::id)) url = photo_url(person, photo.image);
    list.push_back(template_json(services, one, std::move(url)));
  }
  return list;
}

drogon::HttpResponsePtr list_templates(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto list = templates_json(services, *person);
  return list ? json_reply(*list) : error_reply(list.error());
}

/// Nothing was taken: each photo with its reason.
drogon::HttpResponsePtr refusal_reply(const Error& error, const std::vector<PhotoRefusal>& refused) {
  Json fields = Json::object();
  for (const auto& refusal : refused) fields[refusal.photo] = refusal.reason;
  Json reasons = Json::array();
  for (const auto& refusal : refused)
    reasons.push_back({{"photo", refusal.photo}, {"code", to_text(refusal.fault)}, {"reason", refusal.reason}});
  const char* code = error.kind == ErrorKind::conflict ? "conflict" : "invalid_input";
  return json_reply({{"success", false},
                     {"error", {{"code", code}, {"message", error.message}, {"fields", fields}, {"refused", reasons}}}},
                    http_status(error.kind));
}

Json refused_json(const std::vector<PhotoRefusal>& refused) {
  Json list = Json::array();
  for (const auto& refusal : refused)
    list.push_back({{"photo", refusal.photo}, {"code", to_text(refusal.fault)}, {"reason", refusal.reason}});
  return list;
}

drogon::HttpResponsePtr add_templates(const WebServices& services, const HttpCall& call) {
  auto given = given_photos(call);
  if (!given) return given.error();
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  if (services.faces == nullptr)
    return error_reply(Error{ErrorKind::unavailable, "face recognition is switched off here"});
  EnrolRequest request;
  request.person = person->id;
  request.source = given->source;
  request.primary = given->primary;
  request.photos = std::move(given->photos);
  request.along = [&](const Person& enrolled, std::span<const FaceTemplate> templates) {
    Json ids = Json::array();
    for (const auto& one : templates) ids.push_back(one.id.str());
    return note(services, call, "person.enrol", enrolled.id.str(), {{"templates", ids}});
  };
  std::vector<PhotoRefusal> refused;
  const auto outcome = services.faces->enrol(request, &refused);
  if (!outcome) return refused.empty() ? error_reply(outcome.error()) : refusal_reply(outcome.error(), refused);
  Json templates = Json::array();
  const auto photos = photos_of(services.database, person->id);
  if (!photos) return error_reply(photos.error());
  for (const FaceTemplate& one : outcome->templates) {
    Json url = nullptr;
    for (const PersonPhoto& photo : *photos)
      if (photo.image.path == one.photo) url = photo_url(*person, photo.image);
    templates.push_back(template_json(services, one, std::move(url)));
  }
  return json_reply({{"employee_id", person->employee_code},
                     {"id", person->id.str()},
                     {"templates", std::move(templates)},
                     {"refused", refused_json(outcome->refused)}},
                    drogon::k201Created);
}

drogon::HttpResponsePtr removal_reply(const WebServices& services, const Result<FaceRemoval>& removal) {
  if (!removal) return error_reply(removal.error());
  tell_people_changed(services);
  Json templates = Json::array();
  for (const auto& id : removal->templates) templates.push_back(id.str());
  return json_reply({{"ok", true},
                     {"templates", std::move(templates)},
                     {"photos", removal->photos.size()},
                     {"pictures_left_for_housekeeping", removal->photo_left ? 1 : 0}});
}

AlongWithRemoval noted(const WebServices& services, const HttpCall& call, const Person& person, const char* action) {
  return [&services, &call, id = person.id, action](const FaceRemoval& removal) {
    Json templates = Json::array();
    for (const auto& one : removal.templates) templates.push_back(one.str());
    return note(services, call, action, id.str(), {{"templates", templates}, {"photos", removal.photos.size()}});
  };
}

drogon::HttpResponsePtr drop_template(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  return removal_reply(services,
                       remove_template(services.database, services.pictures, person->id, TemplateId(call.sub_id),
                                       services.clock.now(), noted(services, call, *person, "person.template.remove")));
}

drogon::HttpResponsePtr drop_photo(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  return removal_reply(services,
                       remove_photo(services.database, services.pictures, person->id, PersonImageId(call.sub_id),
                                    services.clock.now(), noted(services, call, *person, "person.photo.remove")));
}

drogon::HttpResponsePtr list_photos(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto photos = photos_of(services.database, person->id);
  if (!photos) return error_reply(photos.error());
  Json list = Json::array();
  for (const PersonPhoto& photo : *photos) {
    Json templates = Json::array();
    for (const auto& one : photo.templates) templates.push_back(one.id.str());
    const auto& face = photo.image.face;
    list.push_back(
        {{"id", photo.image.id.str()},
         {"url", photo_url(*person, photo.image)},
         {"size", photo.image.size},
         {"is_primary", photo.image.is_primary},
         {"pose", photo.templates.empty() ? Json(nullptr) : Json(photo.templates.front().pose)},
         {"quality", rounded(photo.image.quality)},
         {"face", face ? Json{{"x", face->x}, {"y", face->y}, {"width", face->width}, {"height", face->height}}
                       : Json(nullptr)},
         {"templates", std::move(templates)},
         {"created_at", site_time(services, photo.image.created_at)}});
  }
  return json_reply(list);
}

const char* picture_type(const Bytes& bytes) {
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 12));
  if (head.starts_with("\x89PNG")) return "image/png";
  if (head.starts_with("BM")) return "image/bmp";
  if (head.starts_with("RIFF") && head.ends_with("WEBP")) return "image/webp";
  return "image/jpeg";
}

drogon::HttpResponsePtr show_photo(const WebServices& services, const HttpCall& call) {
  const auto person = visible_person(services, call, call.id);
  if (!person) return error_reply(person.error());
  const auto photos = photos_of(services.database, person->id);
  if (!photos) return error_reply(photos.error());
  const auto found = std::ranges::find(
      *photos, call.sub_id, [](const PersonPhoto& photo) -> const std::string& { return photo.image.id.str(); });
  if (found == photos->end()) return error_reply(Error{ErrorKind::not_found, "this person has no such photo"});
  const auto bytes = services.pictures.get(found->image.path);
  if (!bytes) return error_reply(bytes.error());
  if (const auto seen = note(services, call, "person.photo.view", person->id.str(), {{"photo", call.sub_id}}); !seen)
    return error_reply(seen.error());
  auto reply = jpeg_reply(*bytes, 0);
  reply->setContentTypeString(picture_type(*bytes));
  return reply;
}

}  // namespace

void add_face_routes(Router& router, const WebServices& services) {
  const auto add = [&](drogon::HttpMethod method, const char* path, Permission permission, auto handler) {
    router.add({method, path, Access::to(permission)},
               [&services, handler](const HttpCall& call) { return handler(services, call); });
  };
  add(drogon::Get, "/api/employees/{id}/face_templates", Permission::persons_read, list_templates);
  router.add_heavy({drogon::Post, "/api/employees/{id}/face_templates", Access::to(Permission::persons_write)},
                   [&services](const HttpCall& call) { return add_templates(services, call); });
  add(drogon::Delete, "/api/employees/{id}/face_templates/{template}", Permission::persons_write, drop_template);
  add(drogon::Get, "/api/employees/{id}/photos", Permission::persons_read, list_photos);
  add(drogon::Get, "/api/employees/{id}/photos/{photo}", Permission::persons_read, show_photo);
  add(drogon::Delete, "/api/employees/{id}/photos/{photo}", Permission::persons_write, drop_photo);
  add_face_check_routes(router, services);
}

}  // namespace hadir
