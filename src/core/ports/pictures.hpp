#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/frame.hpp"

namespace hadir {

using Bytes = std::vector<std::uint8_t>;

/// Reads photos (JPEG, PNG, WebP, BMP) into frames, upright according to their EXIF orientation. Thread-safe.
class PhotoReader {
 public:
  virtual ~PhotoReader() = default;
  /// `invalid_input` for what is not a picture, is truncated, or has more than 50 million pixels; `not_found` for no
  /// file.
  virtual Result<Frame> read(const std::filesystem::path& file) const = 0;
  virtual Result<Frame> decode(std::span<const std::uint8_t> bytes) const = 0;
};

/// Writes JPEGs. Thread-safe.
class JpegEncoder {
 public:
  virtual ~JpegEncoder() = default;
  struct Options {
    std::optional<Rect> crop;  ///< only this part
    int max_width = 0;         ///< scaled down to it; 0: as it is
    int quality = 80;          ///< 1..100
  };
  virtual Result<Bytes> encode(const Frame& frame, const Options& options) const = 0;
};

/// Where pictures are kept, by a relative path such as "attendance_captures/2026-01-05/E1/first_in.jpg". Thread-safe.
class PictureStore {
 public:
  virtual ~PictureStore() = default;
  /// Whole or not at all: temporary file, fsync, rename. `unavailable` on a full disk or a read-only folder.
  virtual Status put(const std::string& path, std::span<const std::uint8_t> bytes) = 0;
  virtual Result<Bytes> get(const std::string& path) const = 0;
  virtual Status remove(const std::string& path) = 0;
};

}  // namespace hadir
