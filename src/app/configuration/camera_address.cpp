#include "app/configuration/camera_address.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <format>
#include <system_error>

#include "core/masking.hpp"

namespace hadir {
namespace {

bool only_digits(std::string_view text) {
  return !text.empty() && text.size() <= 2 &&
         std::ranges::all_of(text, [](unsigned char c) { return std::isdigit(c) != 0; });
}

/// The word before "://" or before the first ":" in small letters; empty when the text is no address.
std::string scheme_of(std::string_view address) {
  const auto colon = address.find(':');
  if (colon == std::string_view::npos || colon == 0) return {};
  std::string scheme(address.substr(0, colon));
  for (char& c : scheme) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '+' && c != '-' && c != '.') return {};
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return scheme;
}

bool has_host(std::string_view address) {
  const auto begin = address.find("://");
  if (begin == std::string_view::npos) return false;
  std::string_view authority = address.substr(begin + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return !authority.empty() && authority.front() != ':';
}

}  // namespace

Result<std::string> checked_camera_address(std::string_view address, const std::filesystem::path& base) {
  constexpr std::array<std::string_view, 4> schemes{"rtsp", "rtsps", "http", "https"};
  constexpr std::string_view webcam = "/dev/video";
  if (address.empty()) return fail(ErrorKind::invalid_input, "is empty");
  if (std::ranges::any_of(address, [](unsigned char c) { return c < 0x20 || c == 0x7f; }))
    return fail(ErrorKind::invalid_input, "contains control characters");
  if (only_digits(address)) return std::string(address);
  if (address.starts_with(webcam) && only_digits(address.substr(webcam.size()))) return std::string(address);

  const std::string scheme = scheme_of(address);
  if (std::ranges::find(schemes, scheme) != schemes.end()) {
    if (has_host(address)) return std::string(address);
    return fail(ErrorKind::invalid_input, std::format("{} names no host", mask_credentials(address)));
  }
  if (!scheme.empty())
    return fail(ErrorKind::invalid_input,
                std::format("{} is not allowed: only rtsp, rtsps, http and https addresses, a webcam number, or a file "
                            "by its path",
                            mask_credentials(address)));
  std::error_code error;
  std::filesystem::path file = std::filesystem::absolute(base / address, error).lexically_normal();
  if (!std::filesystem::is_regular_file(file, error))
    return fail(
        ErrorKind::invalid_input,
        std::format("{} is neither an rtsp, rtsps, http or https address, nor a webcam number, nor an existing file",
                    mask_credentials(address)));
  return file.string();
}

}  // namespace hadir
