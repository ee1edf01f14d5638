#include "support/websocket_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <format>
#include <stdexcept>
#include <utility>

namespace hadir {

WireConnection::WireConnection(std::uint16_t port, bool version_6)
    : socket_(::socket(version_6 ? AF_INET6 : AF_INET, SOCK_STREAM, 0)) {
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  sockaddr_in6 wide{};
  wide.sin6_family = AF_INET6;
  wide.sin6_port = htons(port);
  wide.sin6_addr = in6addr_loopback;
  sockaddr_in narrow{};
  narrow.sin_family = AF_INET;
  narrow.sin_port = htons(port);
  narrow.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const auto* address =
      version_6 ? reinterpret_cast<const sockaddr*>(&wide) : reinterpret_cast<const sockaddr*>(&narrow);
  if (::connect(socket_, address, version_6 ? sizeof wide : sizeof narrow) != 0)
    throw std::runtime_error(std::format("nobody listens on port {}", port));
}

bool WireConnection::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::string WireConnection::read_until(std::string_view end) {
  while (true) {
    if (const auto at = buffer_.find(end); at != std::string::npos) {
      std::string taken = buffer_.substr(0, at + end.size());
      buffer_.erase(0, at + end.size());
      return taken;
    }
    if (!receive()) return std::exchange(buffer_, {});
  }
}

std::string WireConnection::read(std::size_t bytes) {
  while (buffer_.size() < bytes && receive()) {
  }
  std::string taken = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return taken;
}

void WireConnection::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

bool WireConnection::at_end() {
  return buffer_.empty() && !receive() && ended_;
}

bool WireConnection::receive() {
  char block[65536];
  const ssize_t got = ::recv(socket_, block, sizeof block, 0);
  ended_ = got == 0 || (got < 0 && errno == ECONNRESET);
  if (got <= 0) return false;
  buffer_.append(block, static_cast<std::size_t>(got));
  return true;
}

WebSocketClient::WebSocketClient(std::uint16_t port, const std::string& target, const std::string& headers)
    : connection_(port) {
  connection_.send(std::format(
      "GET {} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{}\r\n",
      target, headers));
  const std::string head = connection_.read_until("\r\n\r\n");
  if (head.size() > 12) status_ = std::atoi(head.c_str() + 9);
}

bool WebSocketClient::frame(int opcode, std::string_view payload, bool is_last, bool is_masked) {
  std::string bytes(1, static_cast<char>((is_last ? 0x80 : 0) | opcode));
  const int mask_bit = is_masked ? 0x80 : 0;
  if (payload.size() < 126) {
    bytes += static_cast<char>(mask_bit | static_cast<int>(payload.size()));
  } else if (payload.size() < 65536) {
    bytes += static_cast<char>(mask_bit | 126);
    for (const int shift : {8, 0}) bytes += static_cast<char>(payload.size() >> shift & 0xFF);
  } else {
    bytes += static_cast<char>(mask_bit | 127);
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(payload.size() >> shift & 0xFF);
  }
  constexpr std::string_view mask = "\x12\x34\x56\x78";
  if (is_masked) bytes += mask;
  const std::size_t start = bytes.size();
  bytes += payload;
  if (is_masked)
    for (std::size_t i = 0; i < payload.size(); ++i)
      bytes[start + i] = static_cast<char>(bytes[start + i] ^ mask[i % 4]);
  return connection_.send(bytes);
}

WireFrame WebSocketClient::next() {
  while (true) {
    const std::string head = connection_.read(2);
    if (head.size() < 2) return {};
    const int opcode = head[0] & 0x0F;
    std::size_t length = head[1] & 0x7F;
    if (length >= 126) {
      const std::string more = connection_.read(length == 126 ? 2 : 8);
      length = 0;
      for (const char byte : more) length = length << 8 | static_cast<unsigned char>(byte);
    }
    std::string data = connection_.read(length);
    if (opcode != 9) return {opcode, std::move(data)};
    frame(10, data);
  }
}

WireFrame WebSocketClient::next_message() {
  WireFrame got = next();
  while (got.is_text() && got.data == "2") {
    text("3");
    got = next();
  }
  return got;
}

std::string WebSocketClient::next_text() {
  const WireFrame got = next_message();
  return got.is_text() ? got.data : std::format("not a text but opcode {}", got.opcode);
}

bool WebSocketClient::closes() {
  while (true) {
    const WireFrame got = next();
    if (got.opcode == 8) return true;
    if (got.opcode == -1) return connection_.at_end();
  }
}

}  // namespace hadir
