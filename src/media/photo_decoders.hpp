#pragma once
// Internal to media/: one function a picture format. Messages continue "FILE: ".
#include <cstdint>
#include <span>

#include "core/error.hpp"
#include "core/frame.hpp"

namespace hadir {

inline constexpr std::int64_t max_photo_pixels = 50'000'000;

Result<Frame> decode_jpeg(std::span<const std::uint8_t> bytes);
Result<Frame> decode_png(std::span<const std::uint8_t> bytes);
Result<Frame> decode_webp(std::span<const std::uint8_t> bytes);
Result<Frame> decode_bmp(std::span<const std::uint8_t> bytes);

/// Packed 8-bit RGBA (alpha ignored) to a full-range BT.601 frame.
Result<Frame> frame_from_rgba(const std::uint8_t* pixels, int stride, int width, int height);

/// `invalid_input` for a size that is empty or too large.
Status check_photo_size(std::int64_t width, std::int64_t height);

}  // namespace hadir
