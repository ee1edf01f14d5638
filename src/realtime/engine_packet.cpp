#include "realtime/engine_packet.hpp"

#include <format>

#include "realtime/text.hpp"

namespace hadir {
namespace {

Result<EnginePacket> decode_record(std::string_view record) {
  if (!record.starts_with('b')) return decode_text(record);
  auto bytes = from_base64(record.substr(1));
  if (!bytes) return fail(ErrorKind::invalid_input, "a binary Engine.IO packet is not base64");
  return EnginePacket{.type = EnginePacketType::message, .data = std::move(*bytes), .is_binary = true};
}

}  // namespace

std::size_t bytes_of(const OutPacket& packet) {
  std::size_t bytes = 0;
  for (const WireMessage& message : packet) bytes += message.data.size();
  return bytes;
}

std::string encode_text(EnginePacketType type, std::string_view data) {
  std::string text(1, static_cast<char>(type));
  text += data;
  return text;
}

Result<EnginePacket> decode_text(std::string_view text) {
  if (text.empty()) return fail(ErrorKind::invalid_input, "an Engine.IO packet is empty");
  if (text.front() < '0' || text.front() > '6')
    return fail(ErrorKind::invalid_input, "an Engine.IO packet has an unknown type");
  if (!is_utf8(text)) return fail(ErrorKind::invalid_input, "an Engine.IO packet is not UTF-8");
  return EnginePacket{.type = static_cast<EnginePacketType>(text.front()), .data = std::string(text.substr(1))};
}

std::string encode_for_polling(const WireMessage& message) {
  return message.is_binary ? "b" + to_base64(message.data) : message.data;
}

Result<std::vector<EnginePacket>> decode_payload(std::string_view body, std::size_t most_packets) {
  std::vector<EnginePacket> packets;
  while (true) {
    const auto end = body.find(record_separator);
    auto packet = decode_record(body.substr(0, end));
    if (!packet) return std::unexpected(packet.error());
    if (packets.size() == most_packets)
      return fail(ErrorKind::invalid_input, std::format("a polling body has more than {} packets", most_packets));
    packets.push_back(std::move(*packet));
    if (end == std::string_view::npos) return packets;
    body.remove_prefix(end + 1);
  }
}

}  // namespace hadir
