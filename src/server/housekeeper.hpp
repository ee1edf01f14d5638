#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "app/housekeeping/housekeeping.hpp"
#include "core/ports/live_view.hpp"
#include "store/upkeep.hpp"

namespace hadir {

/// Keeps house on a thread of its own: when it is made, and whenever a working day of the site begins. At the beginning
/// of a day it also looks for contradictions in the database and refreshes its statistics. What cannot be done is tried
/// again after `retry`. Says in one line what it removed.
class Housekeeper {
 public:
  static constexpr Millis retry{600'000};

  struct Parts {
    Database& database;
    PictureStore& pictures;
    PictureArchive& archive;
    std::unique_ptr<Upkeep> upkeep;
    std::function<bool()> facts_waiting;  ///< whether facts wait in the spool; safe from any thread
    std::function<void(bool is_well, const std::string& line)> tell;
  };
  Housekeeper(Parts parts, HousekeepingRules rules, const Clock& clock,
              std::chrono::milliseconds look_every = std::chrono::seconds(10));
  /// Stops within a batch; a check of the database that has begun is finished.
  ~Housekeeper() = default;

  HealthItem health() const;
  /// How often it was all done, since it was made.
  int rounds() const;

 private:
  void run(const std::stop_token& stop);
  bool keep(const std::stop_token& stop, bool is_new_day);
  std::string check();
  void note(const std::string& trouble);

  Parts parts_;
  const HousekeepingRules rules_;
  const Clock& clock_;
  const std::chrono::milliseconds look_every_;

  mutable std::mutex mutex_;
  std::string trouble_;  ///< empty while all is well
  int rounds_ = 0;
  std::jthread thread_;  ///< last, so that it ends before anything it uses
};

}  // namespace hadir
