#pragma once
#include <shared_mutex>

namespace hadir {

/// What the framework keeps instead of a server itself, because it forgets nothing that it was given. Thread-safe.
template <class Server>
class ServerGateway {
 public:
  explicit ServerGateway(Server& server) : server_(&server) {}
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
  Server* server_;
};

}  // namespace hadir
