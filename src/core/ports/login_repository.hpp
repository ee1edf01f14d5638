#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/records/login.hpp"

namespace hadir {

/// Who is signed in, who was invited, who guesses passwords. Errors as those of the other repositories.
class LoginRepository {
 public:
  virtual ~LoginRepository() = default;

  virtual Status add(const Session& session) = 0;
  virtual Result<std::optional<Session>> session(const SessionId& id) const = 0;
  virtual Result<std::optional<Session>> find_session(const std::string& hash) const = 0;
  /// Those of a user that hold at that time, newest first.
  virtual Result<std::vector<Session>> sessions(const UserId& user, Instant at) const = 0;
  virtual Status note_use(const SessionId& id, Instant at) = 0;
  /// The session is known by `hash` from now on; the hash before is remembered as spent. `conflict` when the session's
  /// hash is no longer `from`, so of two that renew with the same secret one succeeds.
  virtual Status renew(const SessionId& id, const std::string& from, const std::string& hash, Instant at) = 0;
  /// The session for which a refresh token of that hash was good once.
  virtual Result<std::optional<SessionId>> spent(const std::string& hash) const = 0;
  virtual Status revoke(const SessionId& id, Instant at) = 0;
  /// All of a user, but for one when it is given.
  virtual Status revoke_all(const UserId& user, Instant at, const std::optional<SessionId>& but) = 0;

  virtual Status add(const Invitation& invitation) = 0;
  /// Takes it away and returns it; nothing when there is none or it is too old. Of two that take it, one gets it.
  virtual Result<std::optional<Invitation>> take_invitation(const std::string& hash, Instant at) = 0;
  /// Those without a user: only the newest set-up link is good.
  virtual Status remove_setup_invitations() = 0;

  virtual Result<std::optional<LoginFailures>> failures(const std::string& subject) const = 0;
  /// One more; counts from 1 again when the one before was earlier than `forget_before`.
  virtual Result<LoginFailures> add_failure(const std::string& subject, Instant at, Instant forget_before) = 0;
  virtual Status forgive(const std::string& subject) = 0;
  /// Forgets every subject that begins with this.
  virtual Status forgive_all(const std::string& prefix) = 0;

  /// Removes what ended or expired before: sessions with their spent tokens, invitations, failures.
  virtual Status remove_ended(Instant before) = 0;
};

}  // namespace hadir
