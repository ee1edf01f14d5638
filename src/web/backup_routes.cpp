// Backups of the database: listed, made, downloaded, removed.
#include "web/audit_note.hpp"
#include "web/json_body.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Json backup_json(const WebServices& services, const BackupFile& file) {
  return {{"name", file.name}, {"bytes", file.bytes}, {"made_at", site_time(services, file.made_at)}};
}

drogon::HttpResponsePtr none_here() {
  return error_reply(Error{ErrorKind::unavailable, "no backups are kept here"});
}

drogon::HttpResponsePtr list(const WebServices& services, const HttpCall&) {
  if (services.backups == nullptr) return none_here();
  const auto files = services.backups->list();
  if (!files) return error_reply(files.error());
  Json found = Json::array();
  for (const auto& file : *files) found.push_back(backup_json(services, file));
  return json_reply(found);
}

drogon::HttpResponsePtr make(const WebServices& services, const HttpCall& call) {
  if (services.backups == nullptr) return none_here();
  if (!call.request->body().empty()) {
    auto body = JsonBody::of(call);
    if (!body) return body.error();
    if (auto wrong = body->fields().reply()) return wrong;
  }
  const auto file = services.backups->make(services.clock.now());
  if (!file) return error_reply(file.error());
  if (auto noted = note(services, call, "backup.make", file->name, {{"bytes", file->bytes}}); !noted)
    return error_reply(noted.error());
  return json_reply(backup_json(services, *file), drogon::k201Created);
}

drogon::HttpResponsePtr download(const WebServices& services, const HttpCall& call) {
  if (services.backups == nullptr) return none_here();
  const auto path = services.backups->file(call.id);
  if (!path) return error_reply(path.error());
  // Before it is given out: everything is in it.
  if (auto noted = note(services, call, "backup.download", call.id); !noted) return error_reply(noted.error());
  auto response = drogon::HttpResponse::newFileResponse(path->string(), call.id, drogon::CT_APPLICATION_OCTET_STREAM);
  response->addHeader("cache-control", "no-store");
  return response;
}

drogon::HttpResponsePtr remove(const WebServices& services, const HttpCall& call) {
  if (services.backups == nullptr) return none_here();
  if (const auto path = services.backups->file(call.id); !path) return error_reply(path.error());
  if (auto noted = note(services, call, "backup.remove", call.id); !noted) return error_reply(noted.error());
  if (const auto removed = services.backups->remove(call.id); !removed) return error_reply(removed.error());
  return json_reply({{"ok", true}});
}

}  // namespace

void add_backup_routes(Router& router, const WebServices& services) {
  const auto access = Access::to(Permission::system_admin);
  const auto handled = [&services](auto handler) {
    return [&services, handler](const HttpCall& call) { return handler(services, call); };
  };
  router.add({drogon::Get, "/api/backups", access}, handled(list));
  router.add_slow({drogon::Post, "/api/backups", access}, handled(make));
  router.add({drogon::Get, "/api/backups/{name}", access}, handled(download));
  router.add({drogon::Delete, "/api/backups/{name}", access}, handled(remove));
}

}  // namespace hadir
