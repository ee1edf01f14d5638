#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <optional>
#include <string>

#include "web/realtime/engine_server.hpp"

namespace hadir {

/// Why a request is not answered, with the numbers that the clients' programs know.
enum class HandshakeError {
  unknown_transport = 0,
  unknown_session,
  bad_method,
  bad_request,
  forbidden,
  unsupported_protocol
};

/// 400 (403 for `forbidden`) with {"code":…,"message":…}.
drogon::HttpResponsePtr refusal(HandshakeError error);

/// The origin of the page that sent this where it is not ours but one that the options name; empty for a page of ours
/// or no page at all; nothing for a page of strangers, or a Host that is not this server's.
std::optional<std::string> page_of(const drogon::HttpRequestPtr& request, const EngineServer::Options& options);

struct HandshakeCheck {
  std::optional<drogon::HttpResponsePtr> refusal;
  std::string session;  ///< the id that the request names, or empty
  bool is_websocket = false;
  std::string cors_origin;  ///< the page's origin where it is not ours but allowed
};

/// Whether the request speaks our protocol and comes from a page that may connect: one of this server, one that the
/// options name, or no page at all. Pages of strangers are refused, which protects WebSockets, too.
HandshakeCheck check_handshake(const drogon::HttpRequestPtr& request, const EngineServer::Options& options);

/// Lets a page of that origin read the answer. There is no preflight: the clients' programs send none for what they do.
void add_cors(const drogon::HttpResponsePtr& response, const std::string& cors_origin);

HandshakeFacts facts_of(const drogon::HttpRequestPtr& request);

}  // namespace hadir
