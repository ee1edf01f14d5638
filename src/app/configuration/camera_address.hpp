#pragma once
#include <filesystem>
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace hadir {

/// Checks where a camera is read from and returns it as the media folder takes it:
///   rtsp://, rtsps://, http://, https:// addresses with a host, as they are;
///   "0".."99" or "/dev/video0".."/dev/video99", a camera of this machine, as it is;
///   a video file that exists, as an absolute path (a relative one is looked for in `base`).
/// Anything else (file:, exec:, concat:, … and files that don't exist) is `invalid_input`; the message has no
/// credentials.
Result<std::string> checked_camera_address(std::string_view address, const std::filesystem::path& base);

}  // namespace hadir
