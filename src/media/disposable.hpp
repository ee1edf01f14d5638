#pragma once
// Internal to media/.
#include "media/libav.hpp"
#include "media/rate_picker.hpp"

namespace hadir {

/// Tells from the bytes of a packet whether any other picture needs it. libav's demuxers rarely say so themselves.
///   H.264  nal_ref_idc of the first slice is 0 (ITU-T H.264, 7.4.1); a reference whose slice_type is B (7.4.3) is
///   taken for
///          the middle of a pyramid
///   HEVC   a sub-layer non-reference picture (types 0, 2, .. 14) of the highest temporal layer seen (H.265, 7.4.2.2)
///   codecs without prediction between pictures (MJPEG): always
/// Not thread-safe.
class DisposableTest {
 public:
  explicit DisposableTest(const AVCodecParameters& codec);
  PacketUse operator()(const AVPacket& packet);

 private:
  bool hevc(unsigned char first, unsigned char second);

  AVCodecID codec_;
  bool intra_only_ = false;
  int length_size_ = 0;    ///< bytes of a NAL unit's length (MP4, Matroska); 0: start codes (RTSP, MPEG-TS)
  int highest_layer_ = 0;  ///< temporal id
  int packets_ = 0;
};

}  // namespace hadir
