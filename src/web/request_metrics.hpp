#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace hadir {

/// How many requests each address answered, how, and how fast: for /metrics.
/// Safe from any thread.
class RequestMetrics {
 public:
  /// Upper bounds of the histogram, in seconds; one bucket more for what took
  /// longer.
  static constexpr std::array<double, 10> bounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0};
  struct Series {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, bounds.size() + 1> buckets{};  ///< not added up
    double seconds = 0;
    std::uint64_t count = 0;
  };
  /// `route`: method and path as registered, "GET /api/cameras/{id}": never
  /// what a client made up.
  void note(const std::string& route, int status, std::chrono::nanoseconds took);
  std::map<std::string, Series> read() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, Series> series_;
};

}  // namespace hadir
