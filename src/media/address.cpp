#include "media/address.hpp"

#include <algorithm>
#include <cctype>
#include <format>
#include <string_view>

#include "core/masking.hpp"

namespace hadir {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// The scheme in lower case, or "" when the text has none. A colon behind a '/' belongs to a path.
std::string scheme_of(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  std::string scheme;
  for (const unsigned char c : text.substr(0, colon)) {
    // ',' too: libav takes options in "rtsp,key=value:" for a part of the scheme.
    if (std::isalnum(c) == 0 && c != '+' && c != '-' && c != '.' && c != ',') return {};
    scheme += static_cast<char>(std::tolower(c));
  }
  return scheme;
}

/// True when something stands behind "scheme://" where the host belongs.
bool has_host(std::string_view text) {
  const auto start = text.find("://");
  if (start == std::string_view::npos) return false;
  const auto host = text.substr(start + 3);
  return !host.empty() && host.front() != '/' && host.front() != '?';
}

}  // namespace

Result<VideoAddress> parse_video_address(const std::string& text) {
  if (text.empty()) return fail(ErrorKind::invalid_input, "the video address is empty");
  if (text.find('\0') != std::string::npos)
    return fail(ErrorKind::invalid_input, "the video address holds a zero byte");
  if (all_digits(text)) {
    const std::string device = "/dev/video" + text;
    return VideoAddress{VideoKind::device, device, device};
  }
  constexpr std::string_view device_prefix = "/dev/video";
  if (text.starts_with(device_prefix) && all_digits(std::string_view(text).substr(device_prefix.size())))
    return VideoAddress{VideoKind::device, text, text};

  const std::string scheme = scheme_of(text);
  if (scheme.empty()) return VideoAddress{VideoKind::file, "file:" + text, mask_credentials(text)};
  if (scheme == "file") {
    std::string path = text.substr(5);
    if (path.starts_with("//")) path.erase(0, 2);
    if (path.empty()) return fail(ErrorKind::invalid_input, "the video address \"file:\" names no file");
    return VideoAddress{VideoKind::file, "file:" + path, mask_credentials(path)};
  }
  const bool rtsp = scheme == "rtsp" || scheme == "rtsps";
  const bool http = scheme == "http" || scheme == "https";
  const std::string display = mask_credentials(text);
  if (!rtsp && !http)
    return fail(ErrorKind::invalid_input,
                std::format("\"{}\" addresses are not supported as video: use rtsp://, rtsps://, http://, https://, "
                            "a file, or a V4L2 device (\"0\", \"/dev/video0\")",
                            scheme));
  if (!has_host(text)) return fail(ErrorKind::invalid_input, std::format("\"{}\" names no host", display));
  return VideoAddress{rtsp ? VideoKind::rtsp : VideoKind::http, text, display};
}

}  // namespace hadir
