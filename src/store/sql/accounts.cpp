#include <ranges>

#include "store/sql/account_repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto role_columns = "name, description, permissions";
constexpr auto user_columns =
    "id, name, display_name, password_hash, is_active, created_at, updated_at, last_login_at, person_id";
constexpr auto changed_user_columns = "name, display_name, password_hash, is_active, updated_at, person_id";
constexpr auto key_columns =
    "id, user_id, name, hash, prefix, permissions, created_at, expires_at, last_used_at, revoked_at";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : ",") + word;
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  if (text.empty()) return words;
  for (const auto part : std::views::split(text, ',')) words.emplace_back(part.begin(), part.end());
  return words;
}

Status check(const std::vector<std::string>& permissions) {
  for (const auto& one : permissions)
    if (one.empty() || one.contains(','))
      return fail(ErrorKind::invalid_input, "a permission is a word without commas, not \"" + one + "\"");
  return {};
}

Role role_in(const Query& row) {
  return {.name = row.text(0), .description = row.text(1), .permissions = split(row.text(2))};
}

ApiKey key_in(const Query& row) {
  return {.id = ApiKeyId(row.text(0)),
          .user = UserId(row.text(1)),
          .name = row.text(2),
          .hash = row.text(3),
          .prefix = row.text(4),
          .permissions = split(row.text(5)),
          .created_at = row.instant(6),
          .expires_at = row.instant_if(7),
          .last_used_at = row.instant_if(8),
          .revoked_at = row.instant_if(9)};
}

User user_in(const Query& row) {
  return {.id = UserId(row.text(0)),
          .name = row.text(1),
          .display_name = row.text(2),
          .password_hash = row.text(3),
          .roles = {},
          .is_active = row.boolean(4),
          .created_at = row.instant(5),
          .updated_at = row.instant(6),
          .last_login_at = row.instant_if(7),
          .person = row.id_if<PersonId>(8)};
}

/// Roles, and what the user is narrowed to.
void read_more(Connection& connection, User& user) {
  auto roles = connection.query("SELECT role FROM user_roles WHERE user_id = ? ORDER BY position");
  roles.bind(user.id);
  while (roles.step()) user.roles.push_back(roles.text(0));
  auto scopes = connection.query("SELECT kind, value FROM user_scopes WHERE user_id = ? ORDER BY kind, value");
  scopes.bind(user.id);
  while (scopes.step()) {
    if (scopes.text(0) == "camera")
      user.cameras.emplace_back(scopes.text(1));
    else
      user.departments.push_back(scopes.text(1));
  }
}

void write_scopes(Connection& connection, const User& user) {
  auto old = connection.query("DELETE FROM user_scopes WHERE user_id = ?");
  old.bind(user.id).run();
  const auto put = [&](const char* kind, const std::string& value) {
    auto query = connection.query("INSERT INTO user_scopes (user_id, kind, value) VALUES (?, ?, ?)");
    query.bind(user.id).bind(kind).bind(value).run();
  };
  for (const auto& camera : user.cameras) put("camera", camera.str());
  for (const auto& department : user.departments) put("department", department);
}

Status write_more(Connection& connection, const User& user) {
  write_scopes(connection, user);
  auto old = connection.query("DELETE FROM user_roles WHERE user_id = ?");
  old.bind(user.id).run();
  int position = 0;
  for (const auto& role : user.roles) {
    auto known = connection.query("SELECT 1 FROM roles WHERE name = ?");
    if (!known.bind(role).step()) return fail(ErrorKind::not_found, "no role " + role);
    auto query = connection.query("INSERT INTO user_roles (user_id, position, role) VALUES (?, ?, ?)");
    query.bind(user.id).bind(position++).bind(role).run();
  }
  return {};
}

std::string no_user(const UserId& id) {
  return "no user " + id.str();
}

Error named(Error error, const User& user) {
  if (error.kind == ErrorKind::not_found && user.person && !error.message.starts_with("no role") &&
      !error.message.starts_with("no user"))
    error.message = "no person " + user.person->str();
  if (error.kind == ErrorKind::conflict)
    error.message = error.message.starts_with("users.name") ? "user name " + user.name + " is already taken"
                                                            : "there is already a user with id " + user.id.str();
  return error;
}

}  // namespace

Status Accounts::put(const Role& role) {
  if (auto fine = check(role.permissions); !fine) return fine;
  return run(connections_, put_into("roles", role_columns, "name"), role.name, role.description,
             joined(role.permissions));
}

Result<std::vector<Role>> Accounts::roles() const {
  return list(connections_, select_from("roles", role_columns, "ORDER BY name"), role_in);
}

Status Accounts::remove_role(const std::string& name) {
  return connections_.write_all([&](Connection& connection) -> Status {
    auto used = connection.query("SELECT u.name FROM user_roles r JOIN users u ON u.id = r.user_id WHERE r.role = ?");
    if (used.bind(name).step()) return fail(ErrorKind::conflict, "user " + used.text(0) + " has the role " + name);
    auto query = connection.query("DELETE FROM roles WHERE name = ?");
    if (query.bind(name).run() == 0) return fail(ErrorKind::not_found, "no role " + name);
    return {};
  });
}

Status Accounts::add(const User& user) {
  return connections_
      .write_all([&](Connection& connection) -> Status {
        auto query = connection.query(insert_into("users", user_columns));
        query.bind(user.id).bind(user.name).bind(user.display_name).bind(user.password_hash).bind(user.is_active);
        query.bind(user.created_at).bind(user.updated_at).bind(user.last_login_at).bind(user.person).run();
        return write_more(connection, user);
      })
      .transform_error([&](Error error) { return named(std::move(error), user); });
}

Status Accounts::update(const User& user) {
  return connections_
      .write_all([&](Connection& connection) -> Status {
        auto query = connection.query(update_in("users", changed_user_columns, "id"));
        query.bind(user.name).bind(user.display_name).bind(user.password_hash).bind(user.is_active);
        if (query.bind(user.updated_at).bind(user.person).bind(user.id).run() == 0)
          return fail(ErrorKind::not_found, no_user(user.id));
        return write_more(connection, user);
      })
      .transform_error([&](Error error) { return named(std::move(error), user); });
}

Status Accounts::remove(const UserId& id) {
  return run_on_one(connections_, no_user(id), "DELETE FROM users WHERE id = ?", id);
}

Result<User> Accounts::user(const UserId& id) const {
  return connections_.read([&](Connection& connection) -> Result<User> {
    auto query = connection.query(select_from("users", user_columns, "WHERE id = ?"));
    if (!query.bind(id).step()) return fail(ErrorKind::not_found, no_user(id));
    User user = user_in(query);
    read_more(connection, user);
    return user;
  });
}

Result<std::optional<User>> Accounts::find_user(const std::string& name) const {
  return connections_.read([&](Connection& connection) -> Result<std::optional<User>> {
    auto query = connection.query(select_from("users", user_columns, "WHERE name = ?"));
    if (!query.bind(name).step()) return std::nullopt;
    User user = user_in(query);
    read_more(connection, user);
    return user;
  });
}

Result<std::vector<User>> Accounts::users() const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<User>> {
    auto query = connection.query(select_from("users", user_columns, "ORDER BY name"));
    auto users = rows_of(query, user_in);
    if (users)
      for (auto& user : *users) read_more(connection, user);
    return users;
  });
}

Result<std::int64_t> Accounts::count_users() const {
  return connections_.read([](Connection& connection) -> Result<std::int64_t> {
    auto query = connection.query("SELECT count(*) FROM users");
    return query.step() ? query.integer(0) : 0;
  });
}

Status Accounts::note_login(const UserId& id, Instant at) {
  return run_on_one(connections_, no_user(id), "UPDATE users SET last_login_at = ? WHERE id = ?", at, id);
}

Status Accounts::add(const ApiKey& key) {
  if (auto fine = check(key.permissions); !fine) return fine;
  return run(connections_, insert_into("api_keys", key_columns), key.id, key.user, key.name, key.hash, key.prefix,
             joined(key.permissions), key.created_at, key.expires_at, key.last_used_at, key.revoked_at)
      .transform_error([&](Error error) {
        if (error.kind == ErrorKind::not_found) error.message = no_user(key.user);
        if (error.kind == ErrorKind::conflict) error.message = "API key " + key.name + " is already there";
        return error;
      });
}

Result<std::optional<ApiKey>> Accounts::find_key(const std::string& hash) const {
  return first(connections_, select_from("api_keys", key_columns, "WHERE hash = ?"), key_in, hash);
}

Result<std::vector<ApiKey>> Accounts::keys() const {
  return list(connections_, select_from("api_keys", key_columns, "ORDER BY created_at, id"), key_in);
}

Status Accounts::note_use(const ApiKeyId& id, Instant at) {
  return run_on_one(connections_, "no API key " + id.str(), "UPDATE api_keys SET last_used_at = ? WHERE id = ?", at,
                    id);
}

Status Accounts::revoke(const ApiKeyId& id, Instant at) {
  return run_on_one(connections_, "no API key " + id.str(), "UPDATE api_keys SET revoked_at = ? WHERE id = ?", at, id);
}

}  // namespace hadir::sql
