#include "web/connection_takeover.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace hadir {
namespace {

bool same_address(const sockaddr_storage& found, const sockaddr* wanted) {
  if (found.ss_family != wanted->sa_family) return false;
  if (wanted->sa_family == AF_INET) {
    sockaddr_in a{};
    sockaddr_in b{};
    std::memcpy(&a, &found, sizeof a);
    std::memcpy(&b, wanted, sizeof b);
    return a.sin_port == b.sin_port && a.sin_addr.s_addr == b.sin_addr.s_addr;
  }
  sockaddr_in6 a{};
  sockaddr_in6 b{};
  std::memcpy(&a, &found, sizeof a);
  std::memcpy(&b, wanted, sizeof b);
  return a.sin6_port == b.sin6_port && std::memcmp(&a.sin6_addr, &b.sin6_addr, sizeof a.sin6_addr) == 0;
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);

bool has_address(int descriptor, NameCall name_of, const sockaddr* wanted) {
  sockaddr_storage found{};
  socklen_t size = sizeof found;
  return name_of(descriptor, reinterpret_cast<sockaddr*>(&found), &size) == 0 && same_address(found, wanted);
}

}  // namespace

OwnedSocket& OwnedSocket::operator=(OwnedSocket&& other) noexcept {
  if (this != &other) {
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = other.release();
  }
  return *this;
}

OwnedSocket::~OwnedSocket() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

int OwnedSocket::release() {
  return std::exchange(descriptor_, -1);
}

Result<OwnedSocket> take_connection(const sockaddr* local, const sockaddr* peer) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const std::string name = entry.path().filename().string();
    int descriptor = -1;
    std::from_chars(name.data(), name.data() + name.size(), descriptor);
    if (descriptor < 0 || !has_address(descriptor, ::getpeername, peer)) continue;
    OwnedSocket ours(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    // The number may have become another connection's between looking and duplicating, so look again at the copy.
    if (ours.get() >= 0 && has_address(ours.get(), ::getpeername, peer) &&
        has_address(ours.get(), ::getsockname, local))
      return ours;
  }
  return fail(ErrorKind::unavailable, "the connection is gone");
}

}  // namespace hadir
