#include "app/cameras/camera_desk.hpp"
#include "app/configuration/parameter_file.hpp"
#include "app/configuration/parameter_table.hpp"
#include "app/system/uptime.hpp"
#include "web/audit_note.hpp"
#include "web/field_errors.hpp"
#include "web/json_body.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

drogon::HttpResponsePtr uptime(const WebServices& services) {
  return json_reply({{"uptime_seconds", services.uptime.this_run().count()},
                     {"total_seconds", services.uptime.total().count()},
                     {"started_at", site_time(services, services.uptime.started_at())}});
}

drogon::HttpResponsePtr restart(const WebServices& services, const HttpCall& call) {
  if (auto noted = note(services, call, "system.restart", "analysis"); !noted) return error_reply(noted.error());
  if (auto started = services.cameras.restart(); !started) return error_reply(started.error());
  return json_reply({{"ok", true}, {"message", "cameras and analysis were started anew"}});
}

drogon::HttpResponsePtr shut_down(const WebServices& services, const HttpCall& call) {
  if (auto noted = note(services, call, "system.shutdown", "server"); !noted) return error_reply(noted.error());
  services.shut_down();
  return json_reply({{"ok", true}, {"message", "hadir is stopping"}}, drogon::k202Accepted);
}

const char* kind_word(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::boolean:
      return "boolean";
    case ParameterKind::integer:
      return "integer";
    case ParameterKind::number:
      return "number";
    case ParameterKind::text:
      return "text";
    case ParameterKind::choice:
      return "choice";
    case ParameterKind::names:
      return "names";
    case ParameterKind::size:
      return "size";
    case ParameterKind::time_of_day:
      return "time_of_day";
    case ParameterKind::time_zone:
      return "time_zone";
  }
  std::unreachable();
}

drogon::HttpResponsePtr show_parameters(const WebServices& services) {
  auto loaded = present_parameters(services.config_dir);
  if (!loaded) return error_reply(loaded.error());
  Settings defaults;
  Settings running = services.cameras.settings();
  Json values = Json::object();
  Json list = Json::array();
  for (const Parameter& parameter : parameters()) {
    const Json value = parameter.read(target_of(*loaded));
    values[std::string(parameter.key)] = value;
    list.push_back({{"key", parameter.key},
                    {"kind", kind_word(parameter.kind)},
                    {"value", value},
                    {"default", parameter.read(target_of(defaults))},
                    {"allowed", allowed_values(parameter)},
                    {"unit", parameter.unit},
                    {"meaning", parameter.meaning},
                    {"per_camera", parameter.scope == ParameterScope::camera},
                    {"needs_restart", parameter.needs_restart},
                    {"pending", parameter.needs_restart && parameter.read(target_of(running)) != value}});
  }
  return json_reply({{"ok", true}, {"params", std::move(values)}, {"parameters", std::move(list)}});
}

drogon::HttpResponsePtr change(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  ParameterChange made;
  const auto done = services.database.in_transaction([&]() -> Status {
    if (auto noted = note(services, call, "config.change", "parameter_config.json", body->json()); !noted) return noted;
    auto changed = change_parameters(services.config_dir, body->json());
    if (!changed) return std::unexpected(changed.error());
    made = std::move(*changed);
    return {};
  });
  if (!done) return field_errors_reply(done.error());
  return json_reply({{"ok", true},
                     {"changed", made.changed},
                     {"need_restart", made.need_restart},
                     {"requires_restart", !made.need_restart.empty()}});
}

}  // namespace

void add_system_routes(Router& router, const WebServices& services) {
  const Access admin = Access::to(Permission::system_admin);
  router.add({drogon::Get, "/api/system/uptime", Access::signed_in()},
             [&services](const HttpCall&) { return uptime(services); });
  router.add_slow({drogon::Post, "/api/system/restart", admin},
                  [&services](const HttpCall& call) { return restart(services, call); });
  router.add({drogon::Post, "/api/system/shutdown", admin},
             [&services](const HttpCall& call) { return shut_down(services, call); });
  router.add({drogon::Get, "/api/config/params", admin},
             [&services](const HttpCall&) { return show_parameters(services); });
  router.add({drogon::Post, "/api/config/params", admin},
             [&services](const HttpCall& call) { return change(services, call); });
}

}  // namespace hadir
