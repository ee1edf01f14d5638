#pragma once
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>

#include "core/error.hpp"
#include "core/ports/frame_source.hpp"
#include "core/time.hpp"

namespace hadir {

struct StreamOptions {
  Instant start{};                    ///< captured_at of the first frame; later ones add their pts
  double wanted_fps = 0;              ///< frames a second handed out, chosen by pts; 0: every frame
  std::string rtsp_protocol = "tcp";  ///< tcp | udp
  double open_timeout_sec = 10;       ///< until the stream is known; not for files
  double read_timeout_sec = 10;       ///< without a packet of video; not for files
  bool deblock = true;                ///< false: decoding H.264 costs a fifth less, pictures drift slightly in each GOP
  std::stop_token stop;               ///< ends opening early
};

/// What became of a stream's packets and pictures so far.
struct DecodeCounts {
  std::uint64_t packets = 0;          ///< of the video stream
  std::uint64_t skipped_packets = 0;  ///< not decoded, because no frame needs them and wanted_fps doesn't either
  std::uint64_t broken = 0;           ///< packets or pictures that could not be decoded, or only with errors
  std::uint64_t decoded = 0;
  std::uint64_t delivered = 0;
};

/// The best video stream of a file, an RTSP or HTTP address or a V4L2 device, decoded on the caller's thread (libav's
/// own threads are off). Audio is ignored; broken packets are skipped and counted; time stamps always grow.
class VideoSource : public FrameSource {
 public:
  virtual DecodeCounts counts() const = 0;
};

/// Opens what `parse_video_address` accepts. Errors name the address without credentials:
///   `invalid_input`  the scheme isn't allowed, it is not a video, holds no video, or the password is wrong (401)
///   `not_found`      no such file or device, or 404
///   `unavailable`    no answer, connection refused, ...
Result<std::unique_ptr<VideoSource>> open_video(const std::string& address, const StreamOptions& options = {});

}  // namespace hadir
