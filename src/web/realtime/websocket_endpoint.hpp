#pragma once
#include <memory>
#include <string>

#include "web/realtime/server_gateway.hpp"

namespace hadir {

class EngineServer;

/// What the framework keeps of the engine's server.
struct EngineGateway final : ServerGateway<EngineServer> {
  using ServerGateway::ServerGateway;
};

/// Lets WebSockets of that path reach the server. Drogon 1.9 finds the objects for them by the names of their classes,
/// so there is one in the life of a process; it is made and registered here, by no static object.
void register_websockets(const std::shared_ptr<EngineGateway>& gateway, const std::string& path);

}  // namespace hadir
