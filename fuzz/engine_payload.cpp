// The body of an Engine.IO polling request. What could be read must be the same when it is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "realtime/engine_packet.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto packets = hadir::decode_payload(body, 1000);
  if (!packets) return 0;
  std::string written;
  for (const hadir::EnginePacket& packet : *packets) {
    if (!written.empty()) written += hadir::record_separator;
    written += hadir::encode_for_polling(
        {.data = packet.is_binary ? packet.data : hadir::encode_text(packet.type, packet.data),
         .is_binary = packet.is_binary});
  }
  const auto again = hadir::decode_payload(written, 1000);
  if (!again || again->size() != packets->size()) std::abort();
  for (std::size_t i = 0; i < packets->size(); ++i) {
    const hadir::EnginePacket& first = (*packets)[i];
    const hadir::EnginePacket& second = (*again)[i];
    if (first.type != second.type || first.data != second.data || first.is_binary != second.is_binary) std::abort();
  }
  return 0;
}
