#include "app/access/account_admin.hpp"

#include <format>
#include <nlohmann/json.hpp>
#include <set>

#include "app/access/password_policy.hpp"
#include "core/uuid.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto ended_kept_for = std::chrono::hours{24 * 7};
constexpr std::size_t longest_text = 200;
constexpr std::size_t shown_of_a_key = 10;

std::string new_id(Instant now) {
  return RandomUuidSource{}.next(now);
}

bool is_built_in(const std::string& role) {
  return std::ranges::contains(built_in_roles(), role, [](const BuiltInRole& known) { return known.name; });
}

Status check_permissions(const std::vector<std::string>& words) {
  for (const std::string& word : words)
    if (!parse_permission(word)) return fail(ErrorKind::invalid_input, "permissions: there is no permission " + word);
  return {};
}

template <class Value>
std::vector<Value> without_repeats(std::vector<Value> values) {
  const std::set<Value> sorted(values.begin(), values.end());
  return {sorted.begin(), sorted.end()};
}

Json json_of(const User& user) {
  Json cameras = Json::array();
  for (const CameraId& camera : user.cameras) cameras.push_back(camera.str());
  return {{"roles", user.roles},
          {"active", user.is_active},
          {"person", user.person ? Json(user.person->str()) : Json(nullptr)},
          {"cameras", std::move(cameras)},
          {"departments", user.departments}};
}

std::string text_of(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Status apply(User& user, const UserChange& change) {
  if (change.display_name && change.display_name->size() > longest_text)
    return fail(ErrorKind::invalid_input, "display_name: is too long");
  if (change.display_name) user.display_name = *change.display_name;
  if (change.roles) {
    // In the order given, each once.
    user.roles.clear();
    for (const std::string& role : *change.roles)
      if (!std::ranges::contains(user.roles, role)) user.roles.push_back(role);
  }
  if (change.is_active) user.is_active = *change.is_active;
  if (change.person) user.person = *change.person;
  if (change.cameras) user.cameras = without_repeats(*change.cameras);
  if (change.departments) user.departments = without_repeats(*change.departments);
  return {};
}

bool changes_rights(const User& before, const User& after) {
  return before.roles != after.roles || before.is_active != after.is_active || before.person != after.person ||
         before.cameras != after.cameras || before.departments != after.departments;
}

}  // namespace

Status AccountAdmin::change(const Actor& actor, const std::string& action, const std::string& subject,
                            const std::string& detail, const std::function<Status()>& work) {
  const Instant now = clock_.now();
  const auto done = database_.in_transaction([&]() -> Status {
    if (auto worked = work(); !worked) return worked;
    return database_.audit().add({.id = AuditId(new_id(now)),
                                  .at = now,
                                  .actor = actor.name,
                                  .action = action,
                                  .subject = subject,
                                  .detail = detail,
                                  .address = actor.address});
  });
  identity_.forget();
  return done;
}

Status AccountAdmin::prepare() {
  const auto roles = database_.accounts().roles();
  if (!roles) return std::unexpected(roles.error());
  for (const BuiltInRole& role : built_in_roles()) {
    Role wanted{.name = std::string(role.name), .description = std::string(role.description), .permissions = {}};
    for (std::size_t i = 0; i < permission_count; ++i)
      if (const auto permission = static_cast<Permission>(i); role.permissions.has(permission))
        wanted.permissions.emplace_back(to_text(permission));
    if (std::ranges::contains(*roles, wanted)) continue;
    if (auto put = database_.accounts().put(wanted); !put) return put;
  }
  return database_.accounts().logins().remove_ended(clock_.now() - ended_kept_for);
}

Status AccountAdmin::somebody_administrates() const {
  const auto users = database_.accounts().users();
  if (!users) return std::unexpected(users.error());
  const auto roles = database_.accounts().roles();
  if (!roles) return std::unexpected(roles.error());
  for (const User& user : *users)
    if (user.is_active && !user.password_hash.empty() &&
        permissions_of(user.roles, *roles).has(Permission::system_admin))
      return {};
  return fail(ErrorKind::conflict, "nobody would be left who may administrate hadir");
}

Result<User> AccountAdmin::add_user(const std::string& name, const std::optional<std::string>& password,
                                    const UserChange& given, const Actor& actor) {
  if (auto fine = check_user_name(name); !fine) return std::unexpected(fine.error());
  const Instant now = clock_.now();
  User user{.id = UserId(new_id(now)),
            .name = name,
            .display_name = "",
            .password_hash = "",
            .roles = {},
            .is_active = true,
            .created_at = now,
            .updated_at = now,
            .last_login_at = std::nullopt};
  if (auto applied = apply(user, given); !applied) return std::unexpected(applied.error());
  if (password) {
    if (auto fine = check_password(*password, name); !fine) return std::unexpected(fine.error());
    user.password_hash = hash_password(*password, rules_.password_cost);
  }
  Json detail = json_of(user);
  detail["name"] = name;
  const auto done =
      change(actor, "user.add", user.id.str(), text_of(detail), [&] { return database_.accounts().add(user); });
  if (!done) return std::unexpected(done.error());
  return user;
}

Result<User> AccountAdmin::change_user(const UserId& id, const UserChange& wanted, const Actor& actor) {
  const auto before = database_.accounts().user(id);
  if (!before) return before;
  User after = *before;
  if (auto applied = apply(after, wanted); !applied) return std::unexpected(applied.error());
  after.updated_at = clock_.now();
  const Json detail{{"before", json_of(*before)}, {"after", json_of(after)}};
  const auto done = change(actor, "user.change", id.str(), text_of(detail), [&]() -> Status {
    if (auto updated = database_.accounts().update(after); !updated) return updated;
    if (!changes_rights(*before, after)) return {};
    if (auto left = somebody_administrates(); !left) return left;
    return database_.accounts().logins().revoke_all(id, after.updated_at, std::nullopt);
  });
  if (!done) return std::unexpected(done.error());
  return after;
}

Status AccountAdmin::set_password(const UserId& id, const std::string& password, const Actor& actor) {
  auto user = database_.accounts().user(id);
  if (!user) return std::unexpected(user.error());
  if (auto fine = check_password(password, user->name); !fine) return fine;
  user->password_hash = hash_password(password, rules_.password_cost);
  user->updated_at = clock_.now();
  return change(actor, "user.set_password", id.str(), "{}", [&]() -> Status {
    if (auto updated = database_.accounts().update(*user); !updated) return updated;
    return database_.accounts().logins().revoke_all(id, user->updated_at, std::nullopt);
  });
}

Result<std::string> AccountAdmin::invite(const UserId& id, const Actor& actor) {
  const auto user = database_.accounts().user(id);
  if (!user) return std::unexpected(user.error());
  const Instant now = clock_.now();
  std::string token = random_token();
  const auto done = change(actor, "user.invite", id.str(), "{}", [&] {
    return database_.accounts().logins().add(
        Invitation{.hash = digest_of(token), .user = id, .created_at = now, .expires_at = now + rules_.invitation});
  });
  if (!done) return std::unexpected(done.error());
  return token;
}

Status AccountAdmin::remove_user(const UserId& id, const Actor& actor) {
  const auto user = database_.accounts().user(id);
  if (!user) return std::unexpected(user.error());
  return change(actor, "user.remove", id.str(), text_of({{"name", user->name}}), [&]() -> Status {
    if (auto removed = database_.accounts().remove(id); !removed) return removed;
    return somebody_administrates();
  });
}

Status AccountAdmin::unlock(const std::string& name, const Actor& actor) {
  const auto user = database_.accounts().find_user(name);
  if (!user) return std::unexpected(user.error());
  if (!*user) return fail(ErrorKind::not_found, "no user " + name);
  // The addresses' own counters go, too: a whole office may stand behind one.
  return change(actor, "user.unlock", (*user)->id.str(), "{}", [&]() -> Status {
    auto& logins = database_.accounts().logins();
    if (auto forgiven = logins.forgive_all("account:" + digest_of(name)); !forgiven) return forgiven;
    return logins.forgive_all("address:");
  });
}

Status AccountAdmin::put_role(const Role& role, const Actor& actor) {
  if (is_built_in(role.name)) return fail(ErrorKind::conflict, "the role " + role.name + " is built in: make another");
  if (auto fine = check_user_name(role.name); !fine) return fine;
  if (role.description.size() > longest_text) return fail(ErrorKind::invalid_input, "description: is too long");
  if (auto fine = check_permissions(role.permissions); !fine) return fine;
  return change(actor, "role.put", role.name, text_of({{"permissions", role.permissions}}), [&]() -> Status {
    const auto users = database_.accounts().users();
    if (!users) return std::unexpected(users.error());
    if (auto put = database_.accounts().put(role); !put) return put;
    bool is_used = false;
    for (const User& user : *users)
      if (std::ranges::contains(user.roles, role.name)) {
        is_used = true;
        if (auto ended = database_.accounts().logins().revoke_all(user.id, clock_.now(), std::nullopt); !ended)
          return ended;
      }
    return is_used ? somebody_administrates() : Status{};
  });
}

Status AccountAdmin::remove_role(const std::string& name, const Actor& actor) {
  if (is_built_in(name)) return fail(ErrorKind::conflict, "the role " + name + " is built in");
  return change(actor, "role.remove", name, "{}", [&] { return database_.accounts().remove_role(name); });
}

Result<NewApiKey> AccountAdmin::add_key(const UserId& user, const std::string& name,
                                        const std::vector<std::string>& permissions, std::optional<Instant> expires_at,
                                        const Actor& actor) {
  if (name.empty() || name.size() > longest_text)
    return fail(ErrorKind::invalid_input, "name: must be 1 to 200 letters");
  if (auto fine = check_permissions(permissions); !fine) return std::unexpected(fine.error());
  const Instant now = clock_.now();
  if (expires_at && *expires_at <= now) return fail(ErrorKind::invalid_input, "expires_at: must lie in the future");
  NewApiKey made{.key = {.id = ApiKeyId(new_id(now)),
                         .user = user,
                         .name = name,
                         .hash = "",
                         .prefix = "",
                         .permissions = permissions,
                         .created_at = now,
                         .expires_at = expires_at,
                         .last_used_at = std::nullopt,
                         .revoked_at = std::nullopt},
                 .secret = std::string(api_key_prefix) + random_token()};
  made.key.hash = digest_of(made.secret);
  made.key.prefix = made.secret.substr(0, shown_of_a_key);
  const auto done = change(actor, "api_key.add", made.key.id.str(),
                           text_of({{"name", name}, {"user", user.str()}, {"permissions", permissions}}),
                           [&] { return database_.accounts().add(made.key); });
  if (!done) return std::unexpected(done.error());
  return made;
}

Status AccountAdmin::revoke_key(const ApiKeyId& id, const Actor& actor) {
  return change(actor, "api_key.revoke", id.str(), "{}", [&] { return database_.accounts().revoke(id, clock_.now()); });
}

}  // namespace hadir
