#pragma once
// Internal to media/.
#include "media/libav.hpp"

namespace hadir {

/// Makes every decoded picture a yuv420p Frame: shared where libav decoded to that already, converted otherwise (NV12,
/// 10 bits, 4:2:2, 4:4:4, gray, RGB, ...). Keeps the matrix and range of YUV; RGB becomes limited range. Not
/// thread-safe.
class YuvConverter {
 public:
  /// Takes the pixels out of `decoded`. `invalid_input` for a size or pixel format that can't be converted.
  Result<Frame> convert(AVFrame& decoded);

 private:
  libav::SwsPtr scaler_;
};

}  // namespace hadir
