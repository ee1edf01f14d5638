// A client's Socket.IO messages, one a line; lines that begin with the byte 1 are attachments. A packet that could be
// read must be the same when it is written and read again, and a client's state must survive any order of packets.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "realtime/socket_client.hpp"

namespace {

using namespace hadir;

void check_round_trip(const SocketPacket& packet) {
  if (packet.type == SocketPacketType::connect_error) std::abort();  // no client may send it
  const OutPacket written = encode(packet);
  SocketPacketDecoder decoder({.attachments = 1000, .depth = 100, .members = 100'000});
  auto again = decoder.text(std::string_view(written.front().data).substr(1));
  for (std::size_t i = 1; again && i < written.size(); ++i) again = decoder.binary(written[i].data);
  if (!again || !*again) std::abort();
  const SocketPacket& second = **again;
  if (second.type != packet.type || second.name_space != packet.name_space || second.id != packet.id ||
      second.data != packet.data)
    std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  SocketPacketDecoder decoder({});
  SocketClient client({.name_spaces = {"/", "/custom"}}, {});
  bool decodes = true;
  bool is_served = true;
  while (!rest.empty() && (decodes || is_served)) {
    const auto end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    const bool is_binary = line.starts_with('\x01');
    const std::string message(is_binary ? line.substr(1) : line);
    if (decodes) {
      const auto packet = is_binary ? decoder.binary(message) : decoder.text(message);
      decodes = packet.has_value();
      if (packet && *packet) check_round_trip(**packet);
    }
    if (is_served) {
      auto meaning = client.received({.data = message, .is_binary = is_binary});
      is_served = meaning.has_value();
      if (meaning)
        for (const auto& entry : meaning->entries) client.accept(entry.name_space, "sid");
    }
  }
  return 0;
}
