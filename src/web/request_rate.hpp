#pragma once
#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace hadir {

/// A bucket of tokens for each address: `per_second` come, at most `burst` are kept, a request takes one. Remembers a
/// bounded number of addresses. Safe from any thread.
class RequestRate {
 public:
  using Time = std::chrono::steady_clock::time_point;
  RequestRate(double per_second, double burst) : per_second_(per_second), burst_(burst) {}

  /// Zero when the request may go on, otherwise how long to wait, rounded up. `per_second` 0: always zero.
  std::chrono::seconds take(const std::string& address, Time now);

 private:
  struct Bucket {
    double tokens = 0;
    Time filled{};
  };
  const double per_second_;
  const double burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;  // under mutex_
};

}  // namespace hadir
