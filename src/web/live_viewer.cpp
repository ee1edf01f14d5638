#include "web/live_viewer.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <string_view>

namespace hadir {
namespace {

constexpr std::string_view reply_head =
    "HTTP/1.1 200 OK\r\n"
    "content-type: multipart/x-mixed-replace; boundary=hadir-frame\r\n"
    "cache-control: no-store\r\n"
    "x-content-type-options: nosniff\r\n"
    "cross-origin-resource-policy: same-origin\r\n"
    "connection: close\r\n\r\n"
    "--hadir-frame\r\n";

}  // namespace

LiveViewer::LiveViewer(CameraId of, OwnedSocket on)
    : camera(std::move(of)),
      connection(std::move(on)),
      sending(std::make_shared<const std::string>(reply_head)),
      moved(std::chrono::steady_clock::now()) {}

void LiveViewer::send_more() {
  while (sending != nullptr) {
    const ssize_t n =
        ::send(connection.get(), sending->data() + sent, sending->size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
      gone = true;
      return;
    }
    sent += static_cast<std::size_t>(n);
    moved = std::chrono::steady_clock::now();
    if (sent == sending->size()) {
      last = std::exchange(sending, nullptr);
      sent = 0;
    }
  }
}

}  // namespace hadir
