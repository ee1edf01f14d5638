#include <format>

#include "web/access_gate.hpp"
#include "web/account_json.hpp"
#include "web/json_body.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

Origin origin_of(const HttpCall& call) {
  return {.address = call.address, .client = call.request->getHeader("user-agent")};
}

/// The session as the page wants to know it.
drogon::HttpResponsePtr session_reply(const WebServices& services, const Principal& caller,
                                      const std::optional<std::string>& cookie) {
  const auto user = services.database.accounts().user(caller.user);
  if (!user) return error_reply(user.error());
  Json json{{"user",
             {{"id", user->id.str()},
              {"name", user->name},
              {"display_name", user->display_name},
              {"roles", user->roles},
              {"person_id", user->person ? Json(user->person->str()) : Json(nullptr)}}},
            {"permissions", permission_words(caller.permissions)},
            {"cameras", words_of(caller.cameras)},
            {"departments", caller.departments},
            {"csrf_token", cookie ? Json(services.access.identity.csrf_token(*cookie)) : Json(nullptr)},
            {"expires_at", nullptr}};
  if (!caller.session.empty()) {
    const auto session = services.database.accounts().logins().session(caller.session);
    if (!session) return error_reply(session.error());
    if (*session) json["expires_at"] = site_time(services, (*session)->expires_at);
  }
  return json_reply(json);
}

/// Ends the session whose cookie came along: each signing in makes a new one.
void end_old_session(const WebServices& services, const AccessGate& gate, const HttpCall& call) {
  const std::string& old = call.request->getCookie(gate.cookie_name());
  if (old.empty()) return;
  if (const auto caller = services.access.identity.by_cookie(old))
    static_cast<void>(services.access.sign_in.log_out(*caller, origin_of(call)));
}

drogon::HttpResponsePtr signed_in_reply(const WebServices& services, const AccessGate& gate,
                                        const Admission<SignedIn>& signed_in) {
  if (!signed_in) return denial_reply(signed_in.error());
  const auto caller = services.access.identity.by_cookie(signed_in->secret);
  if (!caller) return denial_reply(caller.error());
  auto response = session_reply(services, *caller, signed_in->secret);
  gate.put_cookie(response, *signed_in);
  return response;
}

drogon::HttpResponsePtr token_reply(const Admission<TokenPair>& pair) {
  if (!pair) return denial_reply(pair.error());
  return json_reply({{"access_token", pair->access_token},
                     {"token_type", "Bearer"},
                     {"expires_in", pair->expires_in.count()},
                     {"refresh_token", pair->refresh_token}});
}

drogon::HttpResponsePtr set_up(const WebServices& services, const AccessGate& gate, const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const auto token = secret_in(in, "token");
  const auto password = secret_in(in, "password");
  const auto name = in.text("name", {.least = 0, .most = 64}).value_or("");
  if (auto wrong = in.reply()) return wrong;
  return signed_in_reply(services, gate, services.access.sign_in.set_up(*token, {name, *password}, origin_of(call)));
}

struct NameAndPassword {
  Credentials credentials;
  drogon::HttpResponsePtr wrong;  ///< the answer when they are not there
};

NameAndPassword credentials_in(const HttpCall& call) {
  auto body = JsonBody::of(call);
  if (!body) return {.credentials = {}, .wrong = body.error()};
  JsonFields in = body->fields();
  const auto name = secret_in(in, "name");
  const auto password = secret_in(in, "password");
  if (auto wrong = in.reply()) return {.credentials = {}, .wrong = wrong};
  return {.credentials = {.name = *name, .password = *password}, .wrong = nullptr};
}

drogon::HttpResponsePtr log_in(const WebServices& services, const AccessGate& gate, const HttpCall& call) {
  const auto given = credentials_in(call);
  if (given.wrong) return given.wrong;
  auto signed_in = services.access.sign_in.log_in(given.credentials, origin_of(call));
  if (signed_in) end_old_session(services, gate, call);
  return signed_in_reply(services, gate, signed_in);
}

drogon::HttpResponsePtr log_out(const WebServices& services, const AccessGate& gate, const HttpCall& call) {
  if (const auto done = services.access.sign_in.log_out(call.caller, origin_of(call)); !done)
    return error_reply(done.error());
  auto response = json_reply({{"ok", true}});
  gate.take_cookie(response);
  response->addHeader("clear-site-data", "\"cache\"");
  return response;
}

drogon::HttpResponsePtr change_password(const WebServices& services, const AccessGate& gate, const HttpCall& call) {
  if (call.caller.session.empty()) return forbidden_reply("forbidden", "an API key can't change a password");
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const auto old_password = secret_in(in, "old_password");
  const auto new_password = secret_in(in, "new_password");
  if (auto wrong = in.reply()) return wrong;
  const auto changed =
      services.access.sign_in.change_password(call.caller, *old_password, *new_password, origin_of(call));
  if (!changed) return denial_reply(changed.error());
  if (*changed) return signed_in_reply(services, gate, **changed);
  return json_reply({{"ok", true}});
}

/// One secret of a request's JSON, given to `use`.
template <class Use>
drogon::HttpResponsePtr with_refresh_token(const HttpCall& call, Use&& use) {
  auto body = JsonBody::of(call);
  if (!body) return body.error();
  JsonFields in = body->fields();
  const auto token = secret_in(in, "refresh_token");
  if (auto wrong = in.reply()) return wrong;
  return use(*token);
}

drogon::HttpResponsePtr sessions(const WebServices& services, const HttpCall& call) {
  const auto open = services.database.accounts().logins().sessions(call.caller.user, services.clock.now());
  if (!open) return error_reply(open.error());
  Json list = Json::array();
  for (const Session& session : *open)
    list.push_back({{"id", session.id.str()},
                    {"kind", to_text(session.kind)},
                    {"address", session.address},
                    {"client", session.client},
                    {"created_at", site_time(services, session.created_at)},
                    {"last_used_at", site_time(services, session.last_used_at)},
                    {"expires_at", site_time(services, session.expires_at)},
                    {"is_this_one", session.id == call.caller.session}});
  return json_reply(list);
}

/// A session of one's own.
drogon::HttpResponsePtr end_session(const WebServices& services, const HttpCall& call) {
  const auto session = services.database.accounts().logins().session(SessionId(call.id));
  if (!session) return error_reply(session.error());
  if (!*session || (*session)->user != call.caller.user)
    return error_reply(Error{ErrorKind::not_found, "there is no session of this id"});
  Principal owner = call.caller;
  owner.session = SessionId(call.id);
  const auto done = services.access.sign_in.log_out(owner, origin_of(call));
  return done ? json_reply({{"ok", true}}) : error_reply(done.error());
}

}  // namespace

void add_auth_routes(Router& router, const WebServices& services, const AccessGate& gate) {
  router.add({drogon::Post, "/api/auth/setup", Access::open()},
             [&](const HttpCall& call) { return set_up(services, gate, call); });
  router.add({drogon::Post, "/api/auth/login", Access::open()},
             [&](const HttpCall& call) { return log_in(services, gate, call); });
  router.add({drogon::Post, "/api/auth/logout", Access::signed_in()},
             [&](const HttpCall& call) { return log_out(services, gate, call); });
  router.add({drogon::Get, "/api/auth/session", Access::signed_in()}, [&](const HttpCall& call) {
    const ShownSecret shown = gate.shown_by(call.request);
    const bool by_cookie = shown.kind == ShownSecret::Kind::cookie;
    return session_reply(services, call.caller, by_cookie ? std::optional(shown.secret) : std::nullopt);
  });
  router.add({drogon::Post, "/api/auth/password", Access::signed_in()},
             [&](const HttpCall& call) { return change_password(services, gate, call); });
  router.add({drogon::Get, "/api/auth/sessions", Access::signed_in()},
             [&](const HttpCall& call) { return sessions(services, call); });
  router.add({drogon::Delete, "/api/auth/sessions/{id}", Access::signed_in()},
             [&](const HttpCall& call) { return end_session(services, call); });
  router.add({drogon::Post, "/api/auth/token", Access::open()}, [&](const HttpCall& call) {
    const auto given = credentials_in(call);
    if (given.wrong) return given.wrong;
    return token_reply(services.access.sign_in.log_in_for_tokens(given.credentials, origin_of(call)));
  });
  router.add({drogon::Post, "/api/auth/token/refresh", Access::open()}, [&](const HttpCall& call) {
    return with_refresh_token(call, [&](const std::string& token) {
      return token_reply(services.access.sign_in.refresh(token, origin_of(call)));
    });
  });
  // 200 also for a token nobody knows (RFC 7009, 2.2).
  router.add({drogon::Post, "/api/auth/token/revoke", Access::open()}, [&](const HttpCall& call) {
    return with_refresh_token(call, [&](const std::string& token) {
      const auto done = services.access.sign_in.revoke_refresh_token(token, origin_of(call));
      return done ? json_reply({{"ok", true}}) : error_reply(done.error());
    });
  });
}

}  // namespace hadir
