#include "pipeline/stage_meter.hpp"

#include <ctime>

namespace hadir {
namespace {

constexpr std::array<const char*, stage_count> names = {"decode", "motion",   "detect", "track", "quality",
                                                        "embed",  "liveness", "match",  "emit"};

}  // namespace

void StageMeter::count(Stage stage, std::uint64_t in, std::uint64_t out, std::uint64_t dropped) {
  auto& cell = cells_[static_cast<std::size_t>(stage)];
  cell.in.fetch_add(in, std::memory_order_relaxed);
  cell.out.fetch_add(out, std::memory_order_relaxed);
  cell.dropped.fetch_add(dropped, std::memory_order_relaxed);
}

void StageMeter::spend(Stage stage, std::uint64_t nanoseconds) {
  cells_[static_cast<std::size_t>(stage)].nanoseconds.fetch_add(nanoseconds, std::memory_order_relaxed);
}

std::vector<StageCounters> StageMeter::read() const {
  std::vector<StageCounters> all;
  for (std::size_t i = 0; i < stage_count; ++i) {
    const auto& cell = cells_[i];
    all.push_back({names[i], cell.in.load(std::memory_order_relaxed), cell.out.load(std::memory_order_relaxed),
                   cell.dropped.load(std::memory_order_relaxed),
                   static_cast<double>(cell.nanoseconds.load(std::memory_order_relaxed)) / 1e6});
  }
  return all;
}

std::uint64_t thread_cpu_nanoseconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000ULL + static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace hadir
