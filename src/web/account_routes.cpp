#include <format>

#include "web/account_json.hpp"
#include "web/query_values.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;
using drogon::HttpResponsePtr;

Actor actor_of(const HttpCall& call) {
  return {.name = call.caller.name, .address = call.address};
}

Json time_or_null(const WebServices& services, const std::optional<Instant>& at) {
  return at ? Json(site_time(services, *at)) : Json(nullptr);
}

Json user_json(const WebServices& services, const User& user) {
  return {{"id", user.id.str()},
          {"name", user.name},
          {"display_name", user.display_name},
          {"roles", user.roles},
          {"active", user.is_active},
          {"has_password", !user.password_hash.empty()},
          {"person_id", user.person ? Json(user.person->str()) : Json(nullptr)},
          {"cameras", words_of(user.cameras)},
          {"departments", user.departments},
          {"created_at", site_time(services, user.created_at)},
          {"updated_at", site_time(services, user.updated_at)},
          {"last_login_at", time_or_null(services, user.last_login_at)}};
}

Json key_json(const WebServices& services, const ApiKey& key) {
  return {{"id", key.id.str()},
          {"user_id", key.user.str()},
          {"name", key.name},
          {"prefix", key.prefix},
          {"permissions", key.permissions},
          {"created_at", site_time(services, key.created_at)},
          {"expires_at", time_or_null(services, key.expires_at)},
          {"last_used_at", time_or_null(services, key.last_used_at)},
          {"revoked_at", time_or_null(services, key.revoked_at)},
          {"active", key.holds_at(services.clock.now())}};
}

Json role_json(const Role& role) {
  const bool built_in = std::ranges::contains(built_in_roles(), role.name, &BuiltInRole::name);
  return {{"name", role.name},
          {"description", role.description},
          {"permissions", role.permissions},
          {"built_in", built_in}};
}

HttpResponsePtr done_reply(const Status& done) {
  return done ? json_reply({{"ok", true}}) : error_reply(done.error());
}

/// "name" of "name: must …", to fill error.fields.
HttpResponsePtr input_reply(const Error& error) {
  const auto colon = error.message.find(": ");
  const bool named =
      error.kind == ErrorKind::invalid_input && colon != std::string::npos && error.message.find(' ') > colon;
  return error_reply(error, named ? std::string_view(error.message).substr(0, colon) : std::string_view{});
}

UserChange user_change_in(JsonFields& in) {
  UserChange change;
  change.display_name = in.text("display_name", {.least = 0, .most = 200});
  change.roles = texts_in(in, "roles");
  change.is_active = in.boolean("active");
  change.departments = texts_in(in, "departments");
  if (const auto cameras = texts_in(in, "cameras")) {
    change.cameras.emplace();
    for (const std::string& id : *cameras) change.cameras->emplace_back(id);
  }
  if (in.is_null("person_id")) {
    static_cast<void>(in.value("person_id"));
    change.person = std::optional<PersonId>();
  } else if (const auto person = in.text("person_id", {.least = 1, .most = 64})) {
    change.person = std::optional(PersonId(*person));
  }
  return change;
}

HttpResponsePtr add_user(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"name"});
  const std::string name = in.text("name", {.least = 1, .most = 64}).value_or("");
  std::optional<std::string> password;
  if (in.has("password") && !in.is_null("password")) password = secret_in(in, "password");
  const UserChange given = user_change_in(in);
  if (auto wrong = in.reply()) return wrong;
  const auto user = services.access.accounts.add_user(name, password, given, actor_of(call));
  return user ? json_reply(user_json(services, *user), drogon::k201Created) : input_reply(user.error());
}

HttpResponsePtr change_user(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const UserChange change = user_change_in(in);
  if (auto wrong = in.reply()) return wrong;
  const auto user = services.access.accounts.change_user(UserId(call.id), change, actor_of(call));
  return user ? json_reply(user_json(services, *user)) : input_reply(user.error());
}

HttpResponsePtr set_password(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const auto password = secret_in(in, "password");
  if (auto wrong = in.reply()) return wrong;
  const auto done = services.access.accounts.set_password(UserId(call.id), *password, actor_of(call));
  return done ? json_reply({{"ok", true}}) : input_reply(done.error());
}

HttpResponsePtr invite(const WebServices& services, const HttpCall& call) {
  const auto token = services.access.accounts.invite(UserId(call.id), actor_of(call));
  if (!token) return error_reply(token.error());
  return json_reply({{"setup_path", "/setup#" + *token}, {"valid_hours", services.access.rules.invitation.count()}},
                    drogon::k201Created);
}

void add_user_routes(Router& router, const WebServices& services) {
  const Access admin = Access::to(Permission::system_admin);
  router.add({drogon::Get, "/api/users", admin}, [&services](const HttpCall&) {
    const auto users = services.database.accounts().users();
    if (!users) return error_reply(users.error());
    Json list = Json::array();
    for (const User& user : *users) list.push_back(user_json(services, user));
    return json_reply(list);
  });
  router.add({drogon::Post, "/api/users", admin},
             [&services](const HttpCall& call) { return add_user(services, call); });
  router.add({drogon::Get, "/api/users/{id}", admin}, [&services](const HttpCall& call) {
    const auto user = services.database.accounts().user(UserId(call.id));
    return user ? json_reply(user_json(services, *user)) : error_reply(user.error());
  });
  router.add({drogon::Put, "/api/users/{id}", admin},
             [&services](const HttpCall& call) { return change_user(services, call); });
  router.add({drogon::Delete, "/api/users/{id}", admin}, [&services](const HttpCall& call) {
    return done_reply(services.access.accounts.remove_user(UserId(call.id), actor_of(call)));
  });
  router.add({drogon::Post, "/api/users/{id}/password", admin},
             [&services](const HttpCall& call) { return set_password(services, call); });
  router.add({drogon::Post, "/api/users/{id}/invite", admin},
             [&services](const HttpCall& call) { return invite(services, call); });
  router.add({drogon::Post, "/api/users/{id}/unlock", admin}, [&services](const HttpCall& call) {
    const auto user = services.database.accounts().user(UserId(call.id));
    if (!user) return error_reply(user.error());
    return done_reply(services.access.accounts.unlock(user->name, actor_of(call)));
  });
}

HttpResponsePtr put_role(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"permissions"});
  Role role{.name = call.id, .description = in.text("description", {.least = 0}).value_or(""), .permissions = {}};
  role.permissions = texts_in(in, "permissions").value_or(std::vector<std::string>{});
  if (auto wrong = in.reply()) return wrong;
  const auto done = services.access.accounts.put_role(role, actor_of(call));
  return done ? json_reply(role_json(role)) : input_reply(done.error());
}

void add_role_routes(Router& router, const WebServices& services) {
  const Access admin = Access::to(Permission::system_admin);
  router.add({drogon::Get, "/api/roles", admin}, [&services](const HttpCall&) {
    const auto roles = services.database.accounts().roles();
    if (!roles) return error_reply(roles.error());
    Json list = Json::array();
    for (const Role& role : *roles) list.push_back(role_json(role));
    return json_reply(list);
  });
  router.add({drogon::Put, "/api/roles/{name}", admin},
             [&services](const HttpCall& call) { return put_role(services, call); });
  router.add({drogon::Delete, "/api/roles/{name}", admin}, [&services](const HttpCall& call) {
    return done_reply(services.access.accounts.remove_role(call.id, actor_of(call)));
  });
}

HttpResponsePtr add_key(const WebServices& services, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  in.require({"name"});
  const std::string name = in.text("name").value_or("");
  const std::string user = in.text("user_id", {.least = 1, .most = 64}).value_or(call.caller.user.str());
  const auto permissions = texts_in(in, "permissions").value_or(std::vector<std::string>{});
  const auto expires_at = in.time_or_null("expires_at").value_or(std::nullopt);
  if (auto wrong = in.reply()) return wrong;
  const auto made = services.access.accounts.add_key(UserId(user), name, permissions, expires_at, actor_of(call));
  if (!made) return input_reply(made.error());
  Json json = key_json(services, made->key);
  json["key"] = made->secret;
  return json_reply(json, drogon::k201Created);
}

void add_key_routes(Router& router, const WebServices& services) {
  const Access admin = Access::to(Permission::system_admin);
  router.add({drogon::Get, "/api/api_keys", admin}, [&services](const HttpCall&) {
    const auto keys = services.database.accounts().keys();
    if (!keys) return error_reply(keys.error());
    Json list = Json::array();
    for (const ApiKey& key : *keys) list.push_back(key_json(services, key));
    return json_reply(list);
  });
  router.add({drogon::Post, "/api/api_keys", admin},
             [&services](const HttpCall& call) { return add_key(services, call); });
  router.add({drogon::Delete, "/api/api_keys/{id}", admin}, [&services](const HttpCall& call) {
    return done_reply(services.access.accounts.revoke_key(ApiKeyId(call.id), actor_of(call)));
  });
}

}  // namespace

void add_account_routes(Router& router, const WebServices& services) {
  add_user_routes(router, services);
  add_role_routes(router, services);
  add_key_routes(router, services);
}

}  // namespace hadir
