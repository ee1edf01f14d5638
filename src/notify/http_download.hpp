#pragma once
#include <chrono>
#include <mutex>
#include <set>
#include <string>

#include "core/ports/downloader.hpp"

namespace hadir {

/// Downloads by libcurl: https and http only (also after a redirect, at most 10), certificates checked, proxies taken
/// from the environment as curl does. A host that could not be reached is not asked again by the same downloader, so
/// that seven files from an address that is walled off cost one waiting. Thread-safe: each call has a connection of its
/// own.
class HttpDownloader final : public Downloader {
 public:
  struct Options {
    std::chrono::seconds connect_timeout{5};
    std::chrono::seconds stall_timeout{30};  ///< gives up when less than 1 kB/s came for so long
  };
  HttpDownloader() : HttpDownloader(Options{}) {}
  explicit HttpDownloader(Options options);

  /// Writes to "<to>.download" first; `to` is replaced only by a whole body.
  /// `invalid_input` for another scheme; `unavailable` when the host does not answer, answers with an error, or sends
  /// more than `max_bytes`, and when the file cannot be written.
  Status fetch(const std::string& address, const std::filesystem::path& to, std::uintmax_t max_bytes) override;

 private:
  Options options_;
  std::mutex mutex_;
  std::set<std::string> unreachable_;  ///< host and port
};

}  // namespace hadir
