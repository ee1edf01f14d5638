#pragma once
#include <chrono>
#include <filesystem>
#include <thread>

#include "core/time.hpp"

namespace hadir {

/// How long hadir has been running: this time, and in all its life, which a small file remembers. The file is renewed
/// once a minute, so a crash loses at most that; one that cannot be read or written counts from nothing, because
/// nothing else depends on it. Safe from any thread.
class Uptime {
 public:
  Uptime(std::filesystem::path file, const Clock& clock);
  ~Uptime();

  Instant started_at() const { return started_; }
  std::chrono::seconds this_run() const;
  std::chrono::seconds total() const { return before_ + this_run(); }

 private:
  void remember() const;

  const std::filesystem::path file_;
  const Clock& clock_;
  const Instant started_;
  std::chrono::seconds before_{0};  ///< of earlier runs
  std::jthread writer_;
};

}  // namespace hadir
