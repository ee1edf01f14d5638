#include "web/live/attendance_endpoint.hpp"

#include <drogon/HttpAppFramework.h>
#include <drogon/HttpFilter.h>
#include <drogon/WebSocketController.h>
#include <trantor/net/EventLoop.h>

#include "web/http_reply.hpp"
#include "web/live/attendance_socket.hpp"
#include "web/live/websocket_path.hpp"

namespace hadir {

/// Refuses before the connection is upgraded, so that a wrong request gets a 4xx and not a closed WebSocket. Who asks
/// is looked up on a worker; the framework's answer is made on the connection's own thread again.
class AttendanceCheck final : public drogon::HttpFilter<AttendanceCheck, false> {
 public:
  AttendanceCheck(std::shared_ptr<AttendanceGateway> gateway, WorkerPool& pool)
      : gateway_(std::move(gateway)), pool_(pool) {}

  void doFilter(const drogon::HttpRequestPtr& request, drogon::FilterCallback&& refuse,
                drogon::FilterChainCallback&& go_on) override {
    auto* loop = trantor::EventLoop::getEventLoopOfCurrentThread();
    const auto answer = [refuse, go_on](const drogon::HttpResponsePtr& refused) {
      if (!refused) return go_on();
      refused->setCloseConnection(true);
      refuse(refused);
    };
    const bool taken = pool_.submit([gateway = gateway_, request, loop, answer] {
      drogon::HttpResponsePtr refused;
      if (!gateway->with([&](AttendanceSocket& server) { refused = server.admit(request); })) refused = busy();
      loop->queueInLoop([answer, refused] { answer(refused); });
    });
    if (!taken) answer(busy());
  }

 private:
  static drogon::HttpResponsePtr busy() { return error_reply(drogon::k503ServiceUnavailable); }

  std::shared_ptr<AttendanceGateway> gateway_;
  WorkerPool& pool_;
};

class AttendanceEndpoint final : public drogon::WebSocketController<AttendanceEndpoint, false> {
 public:
  explicit AttendanceEndpoint(std::shared_ptr<AttendanceGateway> gateway) : gateway_(std::move(gateway)) {}
  static void initPathRouting() {}  // done by register_attendance_socket

  void handleNewConnection(const drogon::HttpRequestPtr& request,
                           const drogon::WebSocketConnectionPtr& connection) override {
    if (!gateway_->with([&](AttendanceSocket& server) { server.opened(request, connection); }))
      connection->shutdown(drogon::CloseCode::kEndpointGone);
  }
  void handleNewMessage(const drogon::WebSocketConnectionPtr& connection, std::string&& message,
                        const drogon::WebSocketMessageType& type) override {
    gateway_->with([&](AttendanceSocket& server) { server.received(connection, std::move(message), type); });
  }
  void handleConnectionClosed(const drogon::WebSocketConnectionPtr& connection) override {
    gateway_->with([&](AttendanceSocket& server) { server.closed(connection); });
  }

 private:
  std::shared_ptr<AttendanceGateway> gateway_;
};

void register_attendance_socket(const std::shared_ptr<AttendanceGateway>& gateway, WorkerPool& pool) {
  drogon::app()
      .registerFilter(std::make_shared<AttendanceCheck>(gateway, pool))
      .registerController(std::make_shared<AttendanceEndpoint>(gateway))
      .registerWebSocketController(std::string(attendance_path), AttendanceEndpoint::classTypeName(),
                                   {AttendanceCheck::classTypeName()});
}

}  // namespace hadir
