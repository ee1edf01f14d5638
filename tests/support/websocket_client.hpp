#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace hadir {

/// A connection to loopback that gives up reading after ten seconds; what it then has is returned.
class WireConnection {
 public:
  explicit WireConnection(std::uint16_t port, bool version_6 = false);
  ~WireConnection() { close(); }
  WireConnection(const WireConnection&) = delete;
  WireConnection& operator=(const WireConnection&) = delete;

  /// False when the other end has closed.
  bool send(std::string_view bytes);
  std::string read_until(std::string_view end);
  std::string read(std::size_t bytes);
  /// Stops reading for good: nothing more is taken off the network.
  void close();
  /// True when the other end has closed and everything was read.
  bool at_end();

 private:
  bool receive();
  int socket_;
  std::string buffer_;
  bool ended_ = false;
};

/// One message, or its end.
struct WireFrame {
  int opcode = -1;  ///< 1 text, 2 binary, 8 close; -1 when the connection ended without it, or nothing came in time
  std::string data;
  bool is_text() const { return opcode == 1; }
  bool is_closed() const { return opcode == 8 || opcode == -1; }
};

/// RFC 6455, as far as tests need it: fragments of the server are not put together, since it sends none.
class WebSocketClient {
 public:
  WebSocketClient(std::uint16_t port, const std::string& target, const std::string& headers = {});
  int status() const { return status_; }  ///< 101 when it is open

  bool text(std::string_view message) { return frame(1, message); }
  bool binary(std::string_view message) { return frame(2, message); }
  /// Any frame, also one that no client may send.
  bool frame(int opcode, std::string_view payload, bool is_last = true, bool is_masked = true);
  bool raw(std::string_view bytes) { return connection_.send(bytes); }
  /// The next message or the end; pings are answered on the way.
  WireFrame next();
  /// The next text; Engine.IO pings are answered on the way.
  std::string next_text();
  /// The same for any message.
  WireFrame next_message();
  bool closes();  ///< whatever comes before it is passed over
  void close() { connection_.close(); }

 private:
  WireConnection connection_;
  int status_ = 0;
};

}  // namespace hadir
