#pragma once
#include <sys/socket.h>

#include "core/error.hpp"

namespace hadir {

/// A socket of ours; closes it.
class OwnedSocket {
 public:
  explicit OwnedSocket(int descriptor = -1) : descriptor_(descriptor) {}
  OwnedSocket(OwnedSocket&& other) noexcept : descriptor_(other.release()) {}
  OwnedSocket& operator=(OwnedSocket&& other) noexcept;
  ~OwnedSocket();
  int get() const { return descriptor_; }
  int release();

 private:
  int descriptor_;
};

/// A second descriptor of the connection of this process between these two addresses, to answer on it directly.
///
/// Drogon 1.9.0 knows streamed replies only by a callback that must always have bytes at hand (waiting in it would hold
/// up every connection of that thread), and gives no way to the connection. So a live stream takes its own descriptor:
/// the handler never calls its callback, Drogon keeps waiting, and closes its side when the client goes or its idle
/// time is over; ours stays open, because close() on one of two descriptors ends nothing. docs/adr tells more.
/// `unavailable` when there is no such connection (the client just went).
Result<OwnedSocket> take_connection(const sockaddr* local, const sockaddr* peer);

}  // namespace hadir
