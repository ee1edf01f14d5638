#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir {

using UserId = Id<struct UserTag>;      ///< UUIDv7
using ApiKeyId = Id<struct ApiKeyTag>;  ///< UUIDv7

/// What somebody may do: "persons:read", "attendance:write", ...
struct Role {
  std::string name;  ///< unique, not empty
  std::string description;
  std::vector<std::string> permissions;  ///< each without a comma
  friend bool operator==(const Role&, const Role&) = default;
};

/// Somebody who logs in. The password itself is kept nowhere.
struct User {
  UserId id;
  std::string name;  ///< unique, not empty
  std::string display_name;
  std::string password_hash;       ///< Argon2id, as libsodium writes it; empty: cannot log in by password
  std::vector<std::string> roles;  ///< names, in order
  bool is_active = true;
  Instant created_at{};
  Instant updated_at{};
  std::optional<Instant> last_login_at;
  std::optional<PersonId> person = std::nullopt;  ///< who this user is among the enrolled, for self:read
  std::vector<CameraId> cameras = {};             ///< sees only these; empty: all
  std::vector<std::string> departments = {};      ///< sees only their people; empty: all
  friend bool operator==(const User&, const User&) = default;
};

/// A key by which a program calls the API in a user's name, with no more than that user's permissions.
struct ApiKey {
  ApiKeyId id;
  UserId user;
  std::string name;                      ///< "payroll"
  std::string hash;                      ///< SHA-256 of the key, lower-case hexadecimal; unique
  std::string prefix;                    ///< first letters of the key, by which people know it again
  std::vector<std::string> permissions;  ///< fewer than the user's; empty: all of the user's
  Instant created_at{};
  std::optional<Instant> expires_at;
  std::optional<Instant> last_used_at;
  std::optional<Instant> revoked_at;
  bool holds_at(Instant at) const { return !(expires_at && *expires_at <= at) && !(revoked_at && *revoked_at <= at); }
  friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

}  // namespace hadir
