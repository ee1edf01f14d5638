#pragma once
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "realtime/engine_packet.hpp"

namespace hadir {

/// JSON as clients see it: members keep their order; binary values travel as attachments.
using LiveJson = nlohmann::ordered_json;

/// Socket.IO protocol 5. Source: github.com/socketio/socket.io-protocol, revision 5.
enum class SocketPacketType { connect = 0, disconnect, event, ack, connect_error };

struct SocketPacket {
  SocketPacketType type = SocketPacketType::event;
  std::string name_space = "/";
  std::optional<std::uint64_t> id;  ///< of an acknowledgement that is asked for (event) or given (ack)
  LiveJson data;                    ///< null where the packet has none; may hold binary values
};

/// The text ("42[…]", with the Engine.IO type in front) and the attachments that follow it. Texts that are not UTF-8
/// get replacement characters.
OutPacket encode(const SocketPacket& packet);

/// What a client may send. Beyond it the packet is refused.
struct SocketLimits {
  std::size_t attachments = 64;
  std::size_t attachment_bytes = 4 << 20;  ///< of one packet together
  std::size_t depth = 32;                  ///< of arrays and objects in one another
  std::size_t members = 4096;              ///< of all objects of a packet together
  std::size_t name_space_bytes = 128;
};

/// Puts a client's messages together to packets. After a failure it is of no further use: the client is closed.
/// Not thread-safe.
class SocketPacketDecoder {
 public:
  explicit SocketPacketDecoder(const SocketLimits& limits) : limits_(limits) {}

  /// A text message ("2[…]", without the Engine.IO type). Nothing while attachments are missing. `invalid_input` when
  /// it is not a packet that a client may send, or comes where an attachment should.
  Result<std::optional<SocketPacket>> text(std::string_view message);
  /// An attachment. `invalid_input` when none is missing.
  Result<std::optional<SocketPacket>> binary(std::string bytes);

 private:
  Status put_attachments(LiveJson& value);

  SocketLimits limits_;
  std::optional<SocketPacket> waiting_;
  std::size_t missing_ = 0;
  std::size_t held_bytes_ = 0;
  std::vector<std::optional<std::string>> attachments_;
};

}  // namespace hadir
