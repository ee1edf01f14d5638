#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.hpp"

namespace hadir {

/// Engine.IO protocol 4. Source: github.com/socketio/engine.io-protocol, revision 4.
enum class EnginePacketType {
  open = '0',
  close = '1',
  ping = '2',
  pong = '3',
  message = '4',
  upgrade = '5',
  noop = '6'
};

struct EnginePacket {
  EnginePacketType type = EnginePacketType::message;
  std::string data;        ///< UTF-8, or any bytes of a binary message
  bool is_binary = false;  ///< of messages alone
};

/// One message as it goes over a WebSocket: text begins with its type ("4hello"), binary is the bytes themselves.
struct WireMessage {
  std::string data;
  bool is_binary = false;
};

/// What belongs together on its way out, in order: a text and the binary messages that it announces. Shared, so that
/// a broadcast to many clients is encoded and kept once.
using OutPacket = std::vector<WireMessage>;
using OutPacketPtr = std::shared_ptr<const OutPacket>;

std::size_t bytes_of(const OutPacket& packet);

/// Stands between the packets of a polling body.
constexpr char record_separator = '\x1e';

/// "4hello"
std::string encode_text(EnginePacketType type, std::string_view data = {});
/// One text packet; `invalid_input` for an unknown type, or for data that is not UTF-8.
Result<EnginePacket> decode_text(std::string_view text);

/// How a message is written into a polling body: text as it is, binary as "b" and base64.
std::string encode_for_polling(const WireMessage& message);
/// The packets of a polling body, in order; `invalid_input` when one of them can't be read, is empty, or when there are
/// more than `most_packets`.
Result<std::vector<EnginePacket>> decode_payload(std::string_view body, std::size_t most_packets);

}  // namespace hadir
