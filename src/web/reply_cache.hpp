#pragma once
#include <drogon/HttpRequest.h>
#include <drogon/HttpResponse.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "core/access/principal.hpp"

namespace hadir {

/// Lists that many ask for and that take long to make: made once and given to everybody who may see the same, until
/// something changes. What changes through this server or is recorded by it counts at once (`changed`), what another
/// program writes within a second. Safe from any thread.
class ReplyCache {
 public:
  using Clock = std::chrono::steady_clock;
  static constexpr std::chrono::seconds longest{1};
  static constexpr std::size_t most = 64;

  using Make = std::function<drogon::HttpResponsePtr()>;

  /// Something was written: whoever asks from now on gets it.
  void changed() { ++generation_; }

  /// The list of that name for the request's query and what its caller sees; where it is not at hand, as `make` answers
  /// (JSON with 200; other answers are passed on), which must depend on nothing else. Packed for those who take gzip;
  /// 304 for those who have it (If-None-Match).
  drogon::HttpResponsePtr reply(const char* name, const drogon::HttpRequestPtr& request, const Principal& caller,
                                const Make& make);

 private:
  struct Kept {
    std::string plain;
    std::string packed;  ///< gzip
    std::string tag;     ///< ETag
    std::string total;   ///< of the header x-total-count; empty: without it
    std::uint64_t generation = 0;
    Clock::time_point made{};
  };
  using Entry = std::shared_ptr<const Kept>;

  Entry find(const std::string& key, std::uint64_t generation);
  void keep(const std::string& key, Entry entry);

  std::atomic<std::uint64_t> generation_ = 0;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;  // under mutex_
};

}  // namespace hadir
