#pragma once
#include <string>

#include "core/error.hpp"

namespace hadir {

/// Where video may come from. Everything else (concat:, data:, exec:, rtmp://, ...) is refused.
enum class VideoKind { rtsp = 1, http, file, device };

struct VideoAddress {
  VideoKind kind;
  std::string target;   ///< what libav opens: the address, "file:PATH", or "/dev/videoN"
  std::string display;  ///< for messages: credentials masked
};

/// Reads rtsp://, rtsps://, http://, https://, a path, file://PATH, "0" (the first V4L2 device) or "/dev/videoN".
/// `invalid_input` for an empty text and for any other scheme.
Result<VideoAddress> parse_video_address(const std::string& text);

}  // namespace hadir
