#include "web/access_gate.hpp"

#include <drogon/Cookie.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <format>

#include "web/http_reply.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

bool changes_something(const drogon::HttpRequestPtr& request) {
  const auto method = request->method();
  return method != drogon::Get && method != drogon::Head && method != drogon::Options;
}

drogon::HttpResponsePtr reply(drogon::HttpStatusCode status, std::string_view code, std::string_view message) {
  return json_reply({{"success", false}, {"error", {{"code", code}, {"message", message}, {"fields", Json::object()}}}},
                    status);
}

/// "password" of "password: must …"; empty for a message of another shape.
std::string_view field_of(std::string_view message) {
  const auto colon = message.find(": ");
  if (colon == std::string_view::npos || message.find(' ') < colon) return {};
  return message.substr(0, colon);
}

/// "dash.example.org:8080" of "https://dash.example.org:8080".
std::string_view host_of(std::string_view origin) {
  const auto end = origin.find("://");
  return end == std::string_view::npos ? std::string_view{} : origin.substr(end + 3);
}

bool is_same_host(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// One line for the log, whatever was asked for.
std::string printable(std::string text) {
  constexpr std::size_t longest = 200;
  if (text.size() > longest) text.resize(longest);
  for (char& c : text)
    if (c < 0x20 || c == 0x7f) c = '?';
  return text;
}

bool is_bearer(std::string_view header) {
  return header.size() > 7 && is_same_host(header.substr(0, 7), "bearer ");
}

}  // namespace

drogon::HttpResponsePtr forbidden_reply(std::string_view code, std::string_view message) {
  return reply(drogon::k403Forbidden, code, message);
}

drogon::HttpResponsePtr denial_reply(const Denial& denial) {
  switch (denial.reason) {
    case Denial::Reason::unauthenticated: {
      auto response = reply(drogon::k401Unauthorized, "unauthenticated", denial.error.message);
      response->addHeader("www-authenticate", "Bearer realm=\"hadir\"");
      return response;
    }
    case Denial::Reason::throttled: {
      auto response = reply(drogon::k429TooManyRequests, "too_many_requests", denial.error.message);
      response->addHeader("retry-after", std::to_string(std::max<std::int64_t>(1, denial.retry_after.count())));
      return response;
    }
    case Denial::Reason::failed:
      return error_reply(denial.error, field_of(denial.error.message));
  }
  std::unreachable();
}

AccessGate::AccessGate(AccessControl& access, GateOptions options)
    : access_(access), options_(std::move(options)), rate_(options_.unknown_per_second, options_.burst) {}

std::string AccessGate::address_of(const drogon::HttpRequestPtr& request) const {
  std::string address = request->peerAddr().toIp();
  const std::string& forwarded = request->getHeader("x-forwarded-for");
  // The last address was put there by the proxy that speaks to us, the one before by the proxy before it, and so on, as
  // far as we trust them.
  std::string_view rest = forwarded;
  while (!rest.empty() && std::ranges::contains(options_.trusted_proxies, address)) {
    const auto comma = rest.rfind(',');
    const std::string_view last = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    if (last.empty() || last.size() > 45) break;
    address = last;
    rest = comma == std::string_view::npos ? std::string_view{} : rest.substr(0, comma);
  }
  return address;
}

ShownSecret AccessGate::shown_by(const drogon::HttpRequestPtr& request) const {
  using Kind = ShownSecret::Kind;
  if (const std::string& key = request->getHeader("x-api-key"); !key.empty()) return {Kind::api_key, key};
  if (const std::string& header = request->getHeader("authorization"); is_bearer(header)) {
    const std::string token(trimmed(std::string_view(header).substr(7)));
    return {token.starts_with(api_key_prefix) ? Kind::api_key : Kind::access_token, token};
  }
  if (const std::string& cookie = request->getCookie(cookie_name()); !cookie.empty()) return {Kind::cookie, cookie};
  return {};
}

Admission<Principal> AccessGate::caller_of(const ShownSecret& shown) {
  switch (shown.kind) {
    case ShownSecret::Kind::none:
      return denied("sign in first");
    case ShownSecret::Kind::api_key:
      return access_.identity.by_api_key(shown.secret);
    case ShownSecret::Kind::access_token:
      return access_.identity.by_access_token(shown.secret);
    case ShownSecret::Kind::cookie:
      return access_.identity.by_cookie(shown.secret);
  }
  std::unreachable();
}

bool AccessGate::comes_from_our_page(const drogon::HttpRequestPtr& request) const {
  if (const std::string& origin = request->getHeader("origin"); !origin.empty())
    return is_same_host(host_of(origin), request->getHeader("host")) && !host_of(origin).empty();
  const std::string& site = request->getHeader("sec-fetch-site");
  return site.empty() || site == "same-origin" || site == "none";
}

std::optional<drogon::HttpResponsePtr> AccessGate::check_csrf(const drogon::HttpRequestPtr& request,
                                                              const ShownSecret& shown) const {
  if (!comes_from_our_page(request)) return forbidden_reply("csrf", "the request comes from a page of another site");
  const std::string& token = request->getHeader("x-csrf-token");
  if (!same_secret(token, access_.identity.csrf_token(shown.secret)))
    return forbidden_reply("csrf", "the header x-csrf-token must hold the token of GET /api/auth/session");
  return std::nullopt;
}

std::expected<Principal, drogon::HttpResponsePtr> AccessGate::admit(const drogon::HttpRequestPtr& request,
                                                                    const Access& access) {
  const auto knock = [&]() -> std::optional<drogon::HttpResponsePtr> {
    const auto wait = rate_.take(address_of(request), std::chrono::steady_clock::now());
    if (wait <= std::chrono::seconds{0}) return std::nullopt;
    return denial_reply(throttled(wait).error());
  };
  if (access.is_open()) {
    if (auto refused = knock()) return std::unexpected(*refused);
    if (changes_something(request) && !comes_from_our_page(request))
      return std::unexpected(forbidden_reply("csrf", "the request comes from a page of another site"));
    return Principal{};
  }
  const ShownSecret shown = shown_by(request);
  auto caller = caller_of(shown);
  if (!caller) {
    if (auto refused = knock()) return std::unexpected(*refused);
    return std::unexpected(denial_reply(caller.error()));
  }
  if (shown.kind == ShownSecret::Kind::cookie && changes_something(request))
    if (auto refused = check_csrf(request, shown)) return std::unexpected(*refused);
  if (const auto permission = access.permission(); permission && !caller->may(*permission)) {
    spdlog::warn("{} from {} may not {} {}: lacks {}", caller->name, address_of(request), request->methodString(),
                 printable(request->path()), to_text(*permission));
    return std::unexpected(
        forbidden_reply("forbidden", std::format("this needs the permission {}", to_text(*permission))));
  }
  return std::move(*caller);
}

void AccessGate::put_cookie(const drogon::HttpResponsePtr& response, const SignedIn& signed_in) const {
  drogon::Cookie cookie(cookie_name(), signed_in.secret);
  cookie.setPath("/");
  cookie.setHttpOnly(true);
  cookie.setSecure(options_.is_behind_tls);
  // Strict: no page of another site makes the browser send it, not even by a link. Our page is open to all and asks for
  // everything else itself, so a link to it works all the same.
  cookie.setSameSite(drogon::Cookie::SameSite::kStrict);
  cookie.setMaxAge(static_cast<int>(std::chrono::seconds{access_.rules.session_longest}.count()));
  response->addCookie(std::move(cookie));
}

void AccessGate::take_cookie(const drogon::HttpResponsePtr& response) const {
  drogon::Cookie cookie(cookie_name(), "");
  cookie.setPath("/");
  cookie.setHttpOnly(true);
  cookie.setSecure(options_.is_behind_tls);
  cookie.setSameSite(drogon::Cookie::SameSite::kStrict);
  cookie.setMaxAge(0);
  response->addCookie(std::move(cookie));
}

}  // namespace hadir
