#pragma once
#include "app/access/access_control.hpp"
#include "web/gate.hpp"
#include "web/gate_options.hpp"
#include "web/request_rate.hpp"

namespace hadir {

/// What a request shows to say who it is from. At most one of them counts, in this order.
struct ShownSecret {
  enum class Kind { none = 1, api_key, access_token, cookie };
  Kind kind = Kind::none;
  std::string secret;
};

/// Knows callers by a cookie, `Authorization: Bearer` with an access token or an API key, or `x-api-key`. Requests that
/// change something and come with a cookie must also show its CSRF token (`x-csrf-token`) and come from our own page.
class AccessGate final : public Gate {
 public:
  AccessGate(AccessControl& access, GateOptions options);

  std::expected<Principal, drogon::HttpResponsePtr> admit(const drogon::HttpRequestPtr& request,
                                                          const Access& access) override;
  std::string address_of(const drogon::HttpRequestPtr& request) const override;

  /// What that request shows; also for the hand-shakes of live channels.
  ShownSecret shown_by(const drogon::HttpRequestPtr& request) const;
  /// Who shows that. Not for requests that change something: see `admit`.
  Admission<Principal> caller_of(const ShownSecret& shown);
  /// Whether a browser sent this from a page of ours, as far as it says so.
  bool comes_from_our_page(const drogon::HttpRequestPtr& request) const;

  /// The Set-Cookie that signs a browser in, and the one that signs it out.
  void put_cookie(const drogon::HttpResponsePtr& response, const SignedIn& signed_in) const;
  void take_cookie(const drogon::HttpResponsePtr& response) const;
  const char* cookie_name() const { return options_.is_behind_tls ? "__Host-hadir" : "hadir_session"; }

 private:
  std::optional<drogon::HttpResponsePtr> check_csrf(const drogon::HttpRequestPtr& request,
                                                    const ShownSecret& shown) const;

  AccessControl& access_;
  const GateOptions options_;
  RequestRate rate_;
};

/// 401, 429 or what the error says, with the headers that belong to it.
drogon::HttpResponsePtr denial_reply(const Denial& denial);
/// 403 with a code and message of its own.
drogon::HttpResponsePtr forbidden_reply(std::string_view code, std::string_view message);

}  // namespace hadir
