#pragma once
#include "core/time.hpp"

namespace hadir {

/// The machine's clock: the one place that asks what time it is. Safe from any thread.
class SystemClock final : public Clock {
 public:
  Instant now() const override {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace hadir
