#include "media/disposable.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>

namespace hadir {
namespace {

using ByteSpan = std::span<const unsigned char>;

/// Until this many packets were seen the highest temporal layer isn't known.
constexpr int layer_learning_packets = 16;

/// The next NAL unit at `at`, which moves behind it; nothing at the end or where the lengths make no sense.
std::optional<ByteSpan> next_unit(ByteSpan bytes, int length_size, std::size_t& at) {
  if (length_size > 0) {
    const auto prefix = static_cast<std::size_t>(length_size);
    if (at + prefix > bytes.size()) return std::nullopt;
    std::size_t length = 0;
    for (std::size_t i = 0; i < prefix; ++i) length = length << 8 | bytes[at + i];
    at += prefix;
    if (length > bytes.size() - at) return std::nullopt;
    const auto unit = bytes.subspan(at, length);
    at += length;
    return unit;
  }
  // Only the header of a unit is read, so a unit may well reach to the end of the packet.
  for (; at + 3 < bytes.size(); ++at) {
    if (bytes[at] != 0 || bytes[at + 1] != 0 || bytes[at + 2] != 1) continue;
    at += 3;
    return bytes.subspan(at);
  }
  return std::nullopt;
}

/// Exponential-Golomb code ue(v) at bit `at`, which moves behind it (H.264, 9.1). 0 past the end.
unsigned take_golomb(ByteSpan bytes, std::size_t& at) {
  const auto bit = [&](std::size_t i) { return i / 8 < bytes.size() ? bytes[i / 8] >> (7 - i % 8) & 1U : 1U; };
  unsigned zeros = 0;
  while (zeros < 16 && bit(at) == 0) {
    ++zeros;
    ++at;
  }
  unsigned value = 0;
  for (unsigned i = 0; i <= zeros; ++i) value = value << 1 | bit(at++);
  return value - 1;
}

PacketUse h264_use(ByteSpan slice) {
  if ((slice[0] & 0x60) == 0) return PacketUse::disposable;
  std::size_t at = 8;
  take_golomb(slice, at);  // first_mb_in_slice
  const unsigned slice_type = take_golomb(slice, at);
  return slice_type == 1 || slice_type == 6 ? PacketUse::reference_b : PacketUse::reference;
}

}  // namespace

DisposableTest::DisposableTest(const AVCodecParameters& codec) : codec_(codec.codec_id) {
  const AVCodecDescriptor* descriptor = avcodec_descriptor_get(codec_);
  intra_only_ = descriptor != nullptr && (descriptor->props & AV_CODEC_PROP_INTRA_ONLY) != 0;
  // avcC and hvcC begin with version 1; start codes begin with zeros.
  if (codec.extradata == nullptr || codec.extradata[0] != 1) return;
  if (codec_ == AV_CODEC_ID_H264 && codec.extradata_size > 4) length_size_ = (codec.extradata[4] & 3) + 1;
  if (codec_ == AV_CODEC_ID_HEVC && codec.extradata_size > 21) length_size_ = (codec.extradata[21] & 3) + 1;
}

bool DisposableTest::hevc(unsigned char first, unsigned char second) {
  const int type = first >> 1 & 0x3F;
  const int layer = (second & 7) - 1;
  highest_layer_ = std::max(highest_layer_, layer);
  return type <= 14 && type % 2 == 0 && layer == highest_layer_ && packets_ > layer_learning_packets;
}

PacketUse DisposableTest::operator()(const AVPacket& packet) {
  packets_ = std::min(packets_ + 1, layer_learning_packets + 1);
  if (intra_only_ || (packet.flags & AV_PKT_FLAG_DISPOSABLE) != 0) return PacketUse::disposable;
  if (codec_ != AV_CODEC_ID_H264 && codec_ != AV_CODEC_ID_HEVC) return PacketUse::reference;
  const ByteSpan bytes(packet.data, packet.data == nullptr ? 0 : static_cast<std::size_t>(packet.size));
  std::size_t at = 0;
  while (const auto unit = next_unit(bytes, length_size_, at)) {
    if (codec_ == AV_CODEC_ID_H264 && !unit->empty()) {
      const int type = (*unit)[0] & 0x1F;
      if (type >= 1 && type <= 5) return h264_use(*unit);
    }
    if (codec_ == AV_CODEC_ID_HEVC && unit->size() > 1) {
      const int type = (*unit)[0] >> 1 & 0x3F;
      if (type < 32) return hevc((*unit)[0], (*unit)[1]) ? PacketUse::disposable : PacketUse::reference;
    }
  }
  return PacketUse::reference;
}

}  // namespace hadir
