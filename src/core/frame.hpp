#pragma once
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "core/geometry.hpp"
#include "core/time.hpp"

namespace hadir {

/// One plane of 8-bit samples; `data` may be nullptr only in an empty frame. Rows are `stride` bytes apart.
struct Plane {
  const std::uint8_t* data = nullptr;
  std::ptrdiff_t stride = 0;
};

enum class ColourMatrix { bt601 = 1, bt709 };

/// A decoded picture, planar YUV 4:2:0 (I420), 8 bits: Y of width×height, U and V of ceil(width/2)×ceil(height/2).
/// Immutable and cheap to copy: copies share the pixels, which live as long as `owner`. Safe to read from any thread.
struct Frame {
  int width = 0;
  int height = 0;
  std::array<Plane, 3> planes{};
  ColourMatrix matrix = ColourMatrix::bt601;
  bool full_range = false;     ///< true: samples use 0..255 (JPEG); false: 16..235/240 (most video)
  Millis pts{0};               ///< time in the stream's own clock, 0 at its first frame
  Instant captured_at{};       ///< our UTC estimate of when the camera saw it
  std::uint64_t sequence = 0;  ///< counts decoded frames of the source
  std::shared_ptr<const void> owner;

  Size size() const { return {width, height}; }
  bool empty() const { return width <= 0 || height <= 0; }
  int chroma_width() const { return (width + 1) / 2; }
  int chroma_height() const { return (height + 1) / 2; }
};

}  // namespace hadir
