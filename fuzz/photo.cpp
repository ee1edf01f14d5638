// A picture that somebody sends. What is read has pixels that are there; what is not is refused with a reason.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <numeric>

#include "media/photo_reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto reader = hadir::make_photo_reader();
  const auto frame = reader->decode({data, size});
  if (!frame) {
    const auto kind = frame.error().kind;
    if (kind != hadir::ErrorKind::invalid_input && kind != hadir::ErrorKind::unavailable) std::abort();
    return 0;
  }
  if (frame->width <= 0 || frame->height <= 0 || static_cast<std::int64_t>(frame->width) * frame->height > 50'000'000)
    std::abort();
  return 0;
}
