#pragma once
#include <memory>

#include "core/ports/pictures.hpp"

namespace hadir {

/// JpegEncoder by libjpeg-turbo: 4:2:0, JPEG's full-range BT.601 whatever the frame's matrix and range. Never scales
/// up. A crop's left and top edge move out to the next even pixel. `invalid_input` for an empty frame, a crop outside
/// the frame, or a quality outside 1..100.
std::unique_ptr<JpegEncoder> make_jpeg_encoder();

}  // namespace hadir
