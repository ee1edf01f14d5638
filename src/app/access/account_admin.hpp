#pragma once
#include <optional>
#include <string>
#include <vector>

#include "app/access/access_rules.hpp"
#include "app/access/identity.hpp"

namespace hadir {

/// What may be said of a user; what is not given stays as it is (or has its default in a new one).
struct UserChange {
  std::optional<std::string> display_name = {};
  std::optional<std::vector<std::string>> roles = {};
  std::optional<bool> is_active = {};
  std::optional<std::optional<PersonId>> person = {};
  std::optional<std::vector<CameraId>> cameras = {};
  std::optional<std::vector<std::string>> departments = {};
};

/// A key, and the only time that it is seen.
struct NewApiKey {
  ApiKey key;
  std::string secret;
};

/// Users, roles and keys, as an administrator or the command line changes them. There is always somebody left who may
/// administrate: `conflict` else. Whoever is changed in what they may do signs in again. All of it is noted in the
/// audit log in the same transaction. Safe from any thread.
class AccountAdmin {
 public:
  AccountAdmin(Database& database, const Clock& clock, const AccessRules& rules, Identity& identity)
      : database_(database), clock_(clock), rules_(rules), identity_(identity) {}

  /// Puts the built-in roles as this program knows them, and forgets what ended a week ago.
  Status prepare();

  /// Without a password the user can't sign in before `invite`.
  Result<User> add_user(const std::string& name, const std::optional<std::string>& password, const UserChange& given,
                        const Actor& actor);
  Result<User> change_user(const UserId& id, const UserChange& change, const Actor& actor);
  Status set_password(const UserId& id, const std::string& password, const Actor& actor);
  /// The secret of a link by which the user chooses a password.
  Result<std::string> invite(const UserId& id, const Actor& actor);
  Status remove_user(const UserId& id, const Actor& actor);
  /// Forgets wrong passwords: nobody waits any longer to sign in with that name, from any address.
  Status unlock(const std::string& name, const Actor& actor);

  /// `conflict` for a built-in one, `invalid_input` for a permission that nobody knows.
  Status put_role(const Role& role, const Actor& actor);
  Status remove_role(const std::string& name, const Actor& actor);

  /// `permissions` empty: all of the user's.
  Result<NewApiKey> add_key(const UserId& user, const std::string& name, const std::vector<std::string>& permissions,
                            std::optional<Instant> expires_at, const Actor& actor);
  Status revoke_key(const ApiKeyId& id, const Actor& actor);

 private:
  Status change(const Actor& actor, const std::string& action, const std::string& subject, const std::string& detail,
                const std::function<Status()>& work);
  Status somebody_administrates() const;

  Database& database_;
  const Clock& clock_;
  const AccessRules& rules_;
  Identity& identity_;
};

}  // namespace hadir
