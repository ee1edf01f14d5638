#pragma once
#include <memory>

#include "core/ports/pictures.hpp"

namespace hadir {

/// PhotoReader: JPEG by libjpeg-turbo (grey and CMYK too), upright by its EXIF orientation; PNG, WebP and BMP by libav,
/// transparent parts over white. Frames are full-range BT.601. The size is checked before memory is taken for the
/// pixels.
std::unique_ptr<PhotoReader> make_photo_reader();

}  // namespace hadir
