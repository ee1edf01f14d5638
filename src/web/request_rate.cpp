#include "web/request_rate.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

constexpr std::size_t most_addresses = 10'000;

}  // namespace

std::chrono::seconds RequestRate::take(const std::string& address, Time now) {
  if (per_second_ <= 0) return std::chrono::seconds{0};
  const std::scoped_lock lock(mutex_);
  if (buckets_.size() >= most_addresses && !buckets_.contains(address)) {
    // A full bucket says nothing that a new one would not.
    std::erase_if(buckets_, [&](const auto& one) {
      return one.second.tokens + std::chrono::duration<double>(now - one.second.filled).count() * per_second_ >= burst_;
    });
    if (buckets_.size() >= most_addresses) buckets_.clear();
  }
  auto& bucket = buckets_.try_emplace(address, Bucket{.tokens = burst_, .filled = now}).first->second;
  const double since = std::chrono::duration<double>(now - bucket.filled).count();
  bucket.tokens = std::min(burst_, bucket.tokens + std::max(0.0, since) * per_second_);
  bucket.filled = now;
  if (bucket.tokens >= 1) {
    bucket.tokens -= 1;
    return std::chrono::seconds{0};
  }
  return std::chrono::seconds{static_cast<std::int64_t>(std::ceil((1 - bucket.tokens) / per_second_))};
}

}  // namespace hadir
