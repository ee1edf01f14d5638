// Where a camera is said to be. What is taken is something the media folder takes, too, and says no password.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/configuration/camera_address.hpp"
#include "core/masking.hpp"
#include "media/address.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto address = hadir::checked_camera_address(text, "/nonexistent");
  const auto parsed = hadir::parse_video_address(text);
  if (address && !hadir::parse_video_address(*address)) std::abort();
  for (const auto* error : {address ? nullptr : &address.error(), parsed ? nullptr : &parsed.error()})
    if (error != nullptr && error->kind != hadir::ErrorKind::invalid_input) std::abort();
  // Masking what is masked changes nothing.
  const auto masked = hadir::mask_credentials(text);
  if (hadir::mask_credentials(masked) != masked) std::abort();
  if (parsed && hadir::mask_credentials(parsed->display) != parsed->display) std::abort();
  return 0;
}
