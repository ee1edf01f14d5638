#pragma once
// Internal to media/.
#include "core/frame.hpp"
#include "media/libav.hpp"

namespace hadir {

/// EXIF orientation, 1..8 (CIPA DC-008, tag 0x0112): how the stored rows and columns lie in the upright picture.
/// 1 upright, 2 mirrored, 3 upside down, 4 flipped, 5 transposed, 6 to be turned right, 7 transversed, 8 to be turned
/// left.
using ExifOrientation = int;

/// Copies a plane of width×height samples so that it stands upright; 5..8 make it height×width.
void copy_upright(const Plane& from, int width, int height, ExifOrientation orientation, std::uint8_t* to,
                  std::ptrdiff_t to_stride);

/// The frame standing upright; itself when it does already. Empty when there is no memory for it.
Frame upright(const Frame& frame, ExifOrientation orientation);

}  // namespace hadir
