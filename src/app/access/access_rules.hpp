#pragma once
#include <algorithm>
#include <chrono>
#include <expected>
#include <string>
#include <thread>

#include "app/access/secrets.hpp"
#include "core/error.hpp"

namespace hadir {

/// How long what holds, and how dear a password is.
struct AccessRules {
  SigningKey key{};  ///< signs access tokens and CSRF tokens; the same on all servers of a site
  PasswordCost password_cost;
  std::chrono::minutes session_idle{60};      ///< a browser's session ends after so long without a request,
  std::chrono::hours session_longest{12};     ///< and after this whatever happens
  std::chrono::minutes access_token{10};      ///< a JWT
  std::chrono::hours token_session{24 * 14};  ///< refresh tokens are renewed until then
  std::chrono::hours setup_link{24};
  std::chrono::hours invitation{72};
  /// Passwords hashed at a time, over all requests: each takes `password_cost.memory`.
  int hashers = static_cast<int>(std::max(1U, std::thread::hardware_concurrency() / 2));
};

/// From where somebody asks.
struct Origin {
  std::string address;  ///< "10.0.0.7"
  std::string client;   ///< User-Agent
};

/// Who does something, for the audit log.
struct Actor {
  std::string name;
  std::string address;
};

/// Why somebody was not let in.
struct Denial {
  enum class Reason {
    unauthenticated = 1,  ///< we don't know who that is
    throttled,            ///< too many attempts: after `retry_after`
    failed                ///< `error` says what is wrong with what was asked, or with us
  };
  Reason reason = Reason::unauthenticated;
  Error error;
  std::chrono::seconds retry_after{0};
};

template <class T>
using Admission = std::expected<T, Denial>;

inline std::unexpected<Denial> denied(std::string why) {
  return std::unexpected(Denial{.reason = Denial::Reason::unauthenticated,
                                .error = {ErrorKind::invalid_input, std::move(why)},
                                .retry_after = {}});
}
inline std::unexpected<Denial> throttled(std::chrono::seconds wait) {
  return std::unexpected(Denial{.reason = Denial::Reason::throttled,
                                .error = {ErrorKind::unavailable, "too many attempts; wait a moment"},
                                .retry_after = wait});
}
inline std::unexpected<Denial> failed(Error error) {
  return std::unexpected(Denial{.reason = Denial::Reason::failed, .error = std::move(error), .retry_after = {}});
}

}  // namespace hadir
