#include "web/realtime/handshake.hpp"

#include <format>

namespace hadir {
namespace {

const char* message_of(HandshakeError error) {
  switch (error) {
    case HandshakeError::unknown_transport:
      return "Transport unknown";
    case HandshakeError::unknown_session:
      return "Session ID unknown";
    case HandshakeError::bad_method:
      return "Bad handshake method";
    case HandshakeError::bad_request:
      return "Bad request";
    case HandshakeError::forbidden:
      return "Forbidden";
    case HandshakeError::unsupported_protocol:
      return "Unsupported protocol version";
  }
  std::unreachable();
}

/// "https://host:port" -> "host:port"
std::string_view host_of(std::string_view origin) {
  const auto begin = origin.find("://");
  return begin == std::string_view::npos ? std::string_view{} : origin.substr(begin + 3);
}

}  // namespace

drogon::HttpResponsePtr refusal(HandshakeError error) {
  auto response = drogon::HttpResponse::newHttpResponse();
  response->setStatusCode(error == HandshakeError::forbidden ? drogon::k403Forbidden : drogon::k400BadRequest);
  response->setContentTypeCode(drogon::CT_APPLICATION_JSON);
  response->addHeader("cache-control", "no-store");
  response->setBody(std::format(R"({{"code":{},"message":"{}"}})", std::to_underlying(error), message_of(error)));
  return response;
}

std::optional<std::string> page_of(const drogon::HttpRequestPtr& request, const EngineServer::Options& options) {
  if (options.serves_host && !options.serves_host(request->getHeader("host"))) return std::nullopt;
  const std::string& origin = request->getHeader("origin");
  if (origin.empty() || host_of(origin) == request->getHeader("host")) return "";
  if (!options.any_origin && !options.allowed_origins.contains(origin)) return std::nullopt;
  return origin;
}

HandshakeCheck check_handshake(const drogon::HttpRequestPtr& request, const EngineServer::Options& options) {
  HandshakeCheck check;
  const auto page = page_of(request, options);
  if (!page) {
    check.refusal = refusal(HandshakeError::forbidden);
    return check;
  }
  check.cors_origin = *page;
  const std::string& transport = request->getParameter("transport");
  check.is_websocket = transport == "websocket";
  check.session = request->getParameter("sid");
  if (request->getParameter("EIO") != "4")
    check.refusal = refusal(HandshakeError::unsupported_protocol);
  else if (!check.is_websocket && transport != "polling")
    check.refusal = refusal(HandshakeError::unknown_transport);
  return check;
}

void add_cors(const drogon::HttpResponsePtr& response, const std::string& cors_origin) {
  response->addHeader("vary", "origin");
  if (cors_origin.empty()) return;
  response->addHeader("access-control-allow-origin", cors_origin);
  response->addHeader("access-control-allow-credentials", "true");
}

HandshakeFacts facts_of(const drogon::HttpRequestPtr& request) {
  HandshakeFacts facts;
  for (const auto& [name, value] : request->getParameters()) facts.query.emplace(name, value);
  for (const auto& [name, value] : request->getHeaders()) facts.headers.emplace(name, value);
  for (const auto& [name, value] : request->getCookies()) facts.cookies.emplace(name, value);
  facts.address = request->getPeerAddr().toIp();
  return facts;
}

}  // namespace hadir
