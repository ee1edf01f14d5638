#pragma once
#include <optional>
#include <semaphore>
#include <string>

#include "app/access/access_rules.hpp"
#include "app/access/identity.hpp"

namespace hadir {

/// A new session: what the cookie holds.
struct SignedIn {
  UserId user;
  Session session;
  std::string secret;
};

/// For programs: a JWT for a few minutes, and what a new one is had with.
struct TokenPair {
  UserId user;
  std::string access_token;
  std::string refresh_token;
  std::chrono::seconds expires_in{0};
};

struct Credentials {
  std::string name;
  std::string password;
};

/// Passwords and one-time links become sessions, sessions end. Everything is noted in the audit log, wrong passwords
/// too. Guessing is slowed down (login_throttle.hpp). Safe from any thread; hashing takes about 0.1 s.
class SignIn {
 public:
  SignIn(Database& database, const Clock& clock, const AccessRules& rules, Identity& identity);

  /// A new link's secret, the only one that is good from now on; nothing when there is a user already.
  Result<std::optional<std::string>> new_setup_token();
  /// Makes the first user, an administrator, or gives an invited one the password they chose (`name` is not needed
  /// then). The link is good for one time; a password that is refused does not use it up.
  Admission<SignedIn> set_up(const std::string& token, const Credentials& chosen, const Origin& origin);

  Admission<SignedIn> log_in(const Credentials& credentials, const Origin& origin);
  Admission<TokenPair> log_in_for_tokens(const Credentials& credentials, const Origin& origin);
  /// A refresh token is good once. One that is shown again ends its session: it was stolen, from or by whoever shows
  /// it.
  Admission<TokenPair> refresh(const std::string& refresh_token, const Origin& origin);
  /// Ends the session of a refresh token; nothing happens when there is none.
  Status revoke_refresh_token(const std::string& refresh_token, const Origin& origin);
  Status log_out(const Principal& caller, const Origin& origin);
  /// Asks for the old password; all other sessions of the user end and this one gets a new secret (none for a token's).
  Admission<std::optional<SignedIn>> change_password(const Principal& caller, const std::string& old_password,
                                                     const std::string& new_password, const Origin& origin);

 private:
  struct NewSession {
    Session session;
    std::string secret;
  };
  Admission<std::string> hashed(const std::string& password);
  Admission<User> check(const Credentials& credentials, const Origin& origin);
  Admission<bool> matches(const std::string& hash, const std::string& password);
  Status count_failure(const std::string& name, const std::optional<User>& user, const Origin& origin);
  Admission<Invitation> take(const std::string& token, const Origin& origin);
  Status note(const std::string& actor, const std::string& action, const std::string& subject, const Origin& origin);
  NewSession new_session(const UserId& user, SessionKind kind, const Origin& origin) const;
  Admission<NewSession> begin(const User& user, SessionKind kind, const Origin& origin);
  TokenPair pair_of(const Session& session, std::string refresh_token) const;

  Database& database_;
  const Clock& clock_;
  const AccessRules& rules_;
  Identity& identity_;
  std::counting_semaphore<1024> hashers_;
  const std::string nobodys_hash_;  ///< compared with when there is no such user, so that both take as long
};

}  // namespace hadir
