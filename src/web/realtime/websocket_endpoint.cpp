#include "web/realtime/websocket_endpoint.hpp"

#include <drogon/HttpAppFramework.h>
#include <drogon/HttpFilter.h>
#include <drogon/WebSocketController.h>

#include "web/realtime/engine_server.hpp"

namespace hadir {

/// Refuses before the connection is upgraded, so that a wrong request gets a 400 and not a closed WebSocket.
class WebSocketCheck final : public drogon::HttpFilter<WebSocketCheck, false> {
 public:
  explicit WebSocketCheck(std::shared_ptr<EngineGateway> gateway) : gateway_(std::move(gateway)) {}
  void doFilter(const drogon::HttpRequestPtr& request, drogon::FilterCallback&& refuse,
                drogon::FilterChainCallback&& go_on) override {
    drogon::HttpResponsePtr refused;
    if (!gateway_->with([&](EngineServer& server) { refused = server.check_websocket(request); })) {
      refused = drogon::HttpResponse::newHttpResponse();
      refused->setStatusCode(drogon::k503ServiceUnavailable);
    }
    if (!refused) return go_on();
    refused->setCloseConnection(true);
    refuse(refused);
  }

 private:
  std::shared_ptr<EngineGateway> gateway_;
};

class WebSocketEndpoint final : public drogon::WebSocketController<WebSocketEndpoint, false> {
 public:
  explicit WebSocketEndpoint(std::shared_ptr<EngineGateway> gateway) : gateway_(std::move(gateway)) {}
  static void initPathRouting() {}  // done by register_websockets, with a path that is known at run time

  void handleNewConnection(const drogon::HttpRequestPtr& request,
                           const drogon::WebSocketConnectionPtr& connection) override {
    if (!gateway_->with([&](EngineServer& server) { server.websocket_opened(request, connection); }))
      connection->shutdown(drogon::CloseCode::kEndpointGone);
  }
  void handleNewMessage(const drogon::WebSocketConnectionPtr& connection, std::string&& message,
                        const drogon::WebSocketMessageType& type) override {
    gateway_->with([&](EngineServer& server) { server.websocket_message(connection, std::move(message), type); });
  }
  void handleConnectionClosed(const drogon::WebSocketConnectionPtr& connection) override {
    gateway_->with([&](EngineServer& server) { server.websocket_closed(connection); });
  }

 private:
  std::shared_ptr<EngineGateway> gateway_;
};

void register_websockets(const std::shared_ptr<EngineGateway>& gateway, const std::string& path) {
  drogon::app()
      .registerFilter(std::make_shared<WebSocketCheck>(gateway))
      .registerController(std::make_shared<WebSocketEndpoint>(gateway))
      .registerWebSocketController(path, WebSocketEndpoint::classTypeName(), {WebSocketCheck::classTypeName()});
}

}  // namespace hadir
