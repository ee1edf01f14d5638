#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "core/error.hpp"

namespace hadir {

/// Fetches a public file. Thread-safe.
class Downloader {
 public:
  virtual ~Downloader() = default;
  /// Writes the whole body to `to` (replacing it), or nothing. Follows redirects, https and http only, at most
  /// `max_bytes`. `unavailable` when the host does not answer or answers with an error.
  virtual Status fetch(const std::string& address, const std::filesystem::path& to, std::uintmax_t max_bytes) = 0;
};

}  // namespace hadir
