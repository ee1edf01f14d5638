#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "core/records/account.hpp"

namespace hadir {

using SessionId = Id<struct SessionTag>;  ///< UUIDv7

enum class SessionKind {
  browser = 1,  ///< known by a cookie
  token,        ///< known by access tokens, renewed with refresh tokens
};
/// "browser", "token".
inline const char* to_text(SessionKind kind) {
  return kind == SessionKind::browser ? "browser" : "token";
}

/// Somebody who is signed in. Secrets are kept as SHA-256 in lower-case hexadecimal.
struct Session {
  SessionId id;
  UserId user;
  SessionKind kind = SessionKind::browser;
  std::string hash;  ///< of the cookie, or of the refresh token that is good now; unique
  std::string address;
  std::string client;  ///< what the program calls itself (User-Agent), cut to 200 letters
  Instant created_at{};
  Instant last_used_at{};
  Instant expires_at{};  ///< whatever happens in between
  std::optional<Instant> revoked_at;
  bool holds_at(Instant at) const { return at < expires_at && !(revoked_at && *revoked_at <= at); }
  friend bool operator==(const Session&, const Session&) = default;
};

/// A link that lets somebody choose a password once: the first user at the first start, invited users later.
struct Invitation {
  std::string hash;            ///< SHA-256 of what the link holds; unique
  std::optional<UserId> user;  ///< whose password; empty: whoever sets this hadir up
  Instant created_at{};
  Instant expires_at{};
  friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// Wrong passwords in a row of one subject: an account, an address, an account from an address.
struct LoginFailures {
  std::int64_t count = 0;
  Instant last_at{};
  friend bool operator==(const LoginFailures&, const LoginFailures&) = default;
};

}  // namespace hadir
