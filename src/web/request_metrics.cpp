#include "web/request_metrics.hpp"

#include <algorithm>

namespace hadir {

void RequestMetrics::note(const std::string& route, int status, std::chrono::nanoseconds took) {
  const double seconds = std::chrono::duration<double>(took).count();
  const auto bucket = static_cast<std::size_t>(std::ranges::lower_bound(bounds, seconds) - bounds.begin());
  const std::scoped_lock lock(mutex_);
  Series& series = series_[route];
  ++series.by_status[status];
  ++series.buckets[bucket];
  series.seconds += seconds;
  ++series.count;
}

std::map<std::string, RequestMetrics::Series> RequestMetrics::read() const {
  const std::scoped_lock lock(mutex_);
  return series_;
}

}  // namespace hadir
