#pragma once
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>

namespace hadir {

class EngineServer;

/// What the framework keeps instead of the server itself, because it forgets nothing that it was given. Thread-safe.
struct EngineGateway {
 public:
  explicit EngineGateway(EngineServer& server) : server_(&server) {}
  /// Runs `work` with the server; false when that is gone.
  template <class Work>
  bool with(Work&& work) {
    const std::shared_lock lock(mutex_);
    if (server_ == nullptr) return false;
    work(*server_);
    return true;
  }
  /// Waits for what runs; nothing reaches the server from then on.
  void close() {
    const std::unique_lock lock(mutex_);
    server_ = nullptr;
  }

 private:
  std::shared_mutex mutex_;
  EngineServer* server_;
};

/// Lets WebSockets of that path reach the server. Drogon 1.9 finds the objects for them by the names of their classes,
/// so there is one in the life of a process; it is made and registered here, by no static object.
void register_websockets(const std::shared_ptr<EngineGateway>& gateway, const std::string& path);

}  // namespace hadir
