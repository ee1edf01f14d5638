#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "core/ports/live_view.hpp"

namespace hadir {

enum class Stage { decode, motion, detect, track, quality, embed, liveness, match, emit };
inline constexpr std::size_t stage_count = 9;

/// Counts what every stage takes in, passes on and drops, and the CPU time it costs. Safe from any thread; readings of
/// different counters may be a moment apart.
class StageMeter {
 public:
  void count(Stage stage, std::uint64_t in, std::uint64_t out, std::uint64_t dropped = 0);
  void spend(Stage stage, std::uint64_t nanoseconds);
  std::vector<StageCounters> read() const;

 private:
  struct Cell {
    std::atomic<std::uint64_t> in{0}, out{0}, dropped{0}, nanoseconds{0};
  };
  std::array<Cell, stage_count> cells_;
};

/// CPU time of the calling thread in nanoseconds: what work costs, whoever else runs.
std::uint64_t thread_cpu_nanoseconds();

/// Charges the CPU time of its scope to a stage.
class StageTimer {
 public:
  StageTimer(StageMeter& meter, Stage stage) : meter_(meter), stage_(stage), began_(thread_cpu_nanoseconds()) {}
  ~StageTimer() { meter_.spend(stage_, thread_cpu_nanoseconds() - began_); }
  StageTimer(const StageTimer&) = delete;
  StageTimer& operator=(const StageTimer&) = delete;

 private:
  StageMeter& meter_;
  Stage stage_;
  std::uint64_t began_;
};

}  // namespace hadir
