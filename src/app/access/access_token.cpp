#include "app/access/access_token.hpp"

#include <jwt.h>

#include <memory>
#include <new>

namespace hadir {
namespace {

constexpr auto issuer = "hadir";
constexpr auto audience = "hadir-api";
constexpr std::size_t longest_token = 2048;
constexpr auto clock_skew = std::chrono::seconds{60};

struct FreeJwt {
  void operator()(jwt_t* token) const { jwt_free(token); }
};
using Jwt = std::unique_ptr<jwt_t, FreeJwt>;

std::int64_t seconds_of(Instant at) {
  return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

Instant instant_of(std::int64_t seconds) {
  return Instant{std::chrono::seconds{seconds}};
}

std::string text_of(jwt_t* token, const char* grant) {
  const char* value = jwt_get_grant(token, grant);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string make_access_token(const AccessClaims& claims, const SigningKey& key) {
  jwt_t* made = nullptr;
  if (jwt_new(&made) != 0) throw std::bad_alloc();
  const Jwt token(made);
  const bool fine = jwt_add_grant(made, "iss", issuer) == 0 && jwt_add_grant(made, "aud", audience) == 0 &&
                    jwt_add_grant(made, "sub", claims.user.str().c_str()) == 0 &&
                    jwt_add_grant(made, "sid", claims.session.str().c_str()) == 0 &&
                    jwt_add_grant_int(made, "iat", static_cast<long>(seconds_of(claims.issued_at))) == 0 &&
                    jwt_add_grant_int(made, "exp", static_cast<long>(seconds_of(claims.expires_at))) == 0 &&
                    jwt_set_alg(made, JWT_ALG_HS256, key.data(), static_cast<int>(key.size())) == 0;
  const std::unique_ptr<char, decltype(&jwt_free_str)> text(fine ? jwt_encode_str(made) : nullptr, jwt_free_str);
  if (text == nullptr) throw std::bad_alloc();
  return text.get();
}

std::optional<AccessClaims> read_access_token(const std::string& token, const SigningKey& key, Instant now) {
  if (token.size() > longest_token || token.contains('\0')) return std::nullopt;
  jwt_t* read = nullptr;
  if (jwt_decode(&read, token.c_str(), key.data(), static_cast<int>(key.size())) != 0) return std::nullopt;
  const Jwt owned(read);
  if (jwt_get_alg(read) != JWT_ALG_HS256) return std::nullopt;
  if (text_of(read, "iss") != issuer || text_of(read, "aud") != audience) return std::nullopt;
  AccessClaims claims{.user = UserId(text_of(read, "sub")),
                      .session = SessionId(text_of(read, "sid")),
                      .issued_at = instant_of(jwt_get_grant_int(read, "iat")),
                      .expires_at = instant_of(jwt_get_grant_int(read, "exp"))};
  if (claims.user.empty() || claims.session.empty()) return std::nullopt;
  if (now >= claims.expires_at || claims.issued_at > now + clock_skew) return std::nullopt;
  return claims;
}

}  // namespace hadir
