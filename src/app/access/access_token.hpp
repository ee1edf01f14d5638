#pragma once
#include <chrono>
#include <optional>
#include <string>

#include "app/access/secrets.hpp"
#include "core/records/login.hpp"

namespace hadir {

/// What an access token says. It is believed only together with the session it names, which can be revoked.
struct AccessClaims {
  UserId user;
  SessionId session;
  Instant issued_at{};
  Instant expires_at{};
  friend bool operator==(const AccessClaims&, const AccessClaims&) = default;
};

/// A JWT (RFC 7519) signed with HS256; times are cut to the second.
std::string make_access_token(const AccessClaims& claims, const SigningKey& key);
/// Nothing for another algorithm ("none" above all), another key, another issuer or audience, missing claims, or a
/// token that is too old or from the future.
std::optional<AccessClaims> read_access_token(const std::string& token, const SigningKey& key, Instant now);

}  // namespace hadir
