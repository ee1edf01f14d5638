#include "web/realtime/held_connection.hpp"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ioctl.h>

#include <algorithm>

namespace hadir {

std::optional<HeldConnection> HeldConnection::find(const sockaddr* local, const sockaddr* peer) {
  auto socket = take_connection(local, peer);
  if (!socket) return std::nullopt;
  return HeldConnection(std::move(*socket));
}

void HeldConnection::send_without_delay() const {
  const int yes = 1;
  ::setsockopt(socket_.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
}

bool HeldConnection::is_open() const {
  pollfd asked{.fd = socket_.get(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&asked, 1, 0) == 0;
}

std::uint64_t HeldConnection::bytes_read() const {
  tcp_info info{};
  socklen_t size = sizeof info;
  int unread = 0;
  if (::getsockopt(socket_.get(), IPPROTO_TCP, TCP_INFO, &info, &size) != 0 ||
      ::ioctl(socket_.get(), FIONREAD, &unread) != 0)
    return 0;
  // What arrives between the two calls counts as unread, and must not make the difference huge.
  return info.tcpi_bytes_received -
         std::min<std::uint64_t>(info.tcpi_bytes_received, static_cast<std::uint64_t>(unread));
}

}  // namespace hadir
