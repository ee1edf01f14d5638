#pragma once
#include <mutex>
#include <string>
#include <unordered_map>

#include "app/access/access_rules.hpp"
#include "core/access/principal.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// What an API key begins with, so that people and scanners of leaked secrets know it.
inline constexpr std::string_view api_key_prefix = "hadir_";

/// Who it is that shows a cookie, an access token or an API key. Looked up anew after two seconds at the latest, so
/// that what another program takes away is gone then; `forget` makes it at once. While the
/// database is away, who was known is known for ten minutes more, so that cameras can be watched. Safe from any thread.
class Identity {
 public:
  Identity(Database& database, const Clock& clock, const AccessRules& rules)
      : database_(database), clock_(clock), rules_(rules) {}

  Admission<Principal> by_cookie(const std::string& secret);
  Admission<Principal> by_access_token(const std::string& token);
  Admission<Principal> by_api_key(const std::string& key);
  void forget();

  /// What requests that change something must show along with that cookie. Other sites cannot know it.
  std::string csrf_token(const std::string& secret) const;

 private:
  struct Known {
    Principal principal;
    Instant looked_up{};
    Instant until{};
  };
  using LookUp = Admission<Known> (Identity::*)(const std::string& secret);

  Admission<Principal> known_or(const std::string& secret, LookUp look_up);
  Admission<Known> look_up_cookie(const std::string& secret);
  Admission<Known> look_up_token(const std::string& token);
  Admission<Known> look_up_key(const std::string& key);
  Admission<Known> of_session(const Session& session, Instant until);
  Admission<Principal> principal_of(const UserId& id) const;

  Database& database_;
  const Clock& clock_;
  const AccessRules& rules_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  // by digest; under mutex_
  std::uint64_t generation_ = 0;                  // under mutex_: how often all was forgotten
};

/// The permissions of these roles together. Words that name none give none.
Permissions permissions_of(const std::vector<std::string>& role_names, const std::vector<Role>& roles);
/// Those that these words name.
Permissions permissions_named(const std::vector<std::string>& words);

}  // namespace hadir
