#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/login_repository.hpp"
#include "core/records/account.hpp"

namespace hadir {

/// Users, their roles and their API keys. Only hashes are kept. Errors as those of the other repositories.
class AccountRepository {
 public:
  virtual ~AccountRepository() = default;
  /// Adds or replaces by name.
  virtual Status put(const Role& role) = 0;
  virtual Result<std::vector<Role>> roles() const = 0;
  /// `conflict` while a user has it.
  virtual Status remove_role(const std::string& name) = 0;

  /// `conflict` for a name that is taken, `not_found` for a role that does not exist.
  virtual Status add(const User& user) = 0;
  virtual Status update(const User& user) = 0;
  virtual Status remove(const UserId& id) = 0;  ///< with the API keys
  virtual Result<User> user(const UserId& id) const = 0;
  virtual Result<std::optional<User>> find_user(const std::string& name) const = 0;
  virtual Result<std::vector<User>> users() const = 0;  ///< by name
  virtual Result<std::int64_t> count_users() const = 0;
  virtual Status note_login(const UserId& id, Instant at) = 0;

  virtual Status add(const ApiKey& key) = 0;
  virtual Result<std::optional<ApiKey>> find_key(const std::string& hash) const = 0;
  virtual Result<std::vector<ApiKey>> keys() const = 0;  ///< by creation
  virtual Status note_use(const ApiKeyId& id, Instant at) = 0;
  virtual Status revoke(const ApiKeyId& id, Instant at) = 0;

  /// Who is signed in with these accounts.
  virtual LoginRepository& logins() = 0;
};

}  // namespace hadir
