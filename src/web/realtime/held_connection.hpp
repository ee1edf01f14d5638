#pragma once
#include <sys/socket.h>

#include <cstdint>
#include <optional>

#include "web/connection_takeover.hpp"

namespace hadir {

/// A look at a connection that the framework serves and tells nothing about: whether the other end is still there, and
/// how much of what it sent the framework holds. A second descriptor of the same socket, so the connection ends only
/// when this is gone, too: keep it no longer than the connection. Not thread-safe.
class HeldConnection {
 public:
  /// Nothing when there is no such connection (any more).
  static std::optional<HeldConnection> find(const sockaddr* local, const sockaddr* peer);

  /// Lets small messages go without waiting for the other end's word on those before (no Nagle's algorithm): a text and
  /// its attachments would else lie 40 ms apart.
  void send_without_delay() const;
  /// False when the other end has closed its side or is gone.
  bool is_open() const;
  /// Bytes that the framework has read from the connection in its life; 0 when that can't be known.
  std::uint64_t bytes_read() const;

 private:
  explicit HeldConnection(OwnedSocket socket) : socket_(std::move(socket)) {}
  OwnedSocket socket_;
};

}  // namespace hadir
