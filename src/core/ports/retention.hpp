#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/time.hpp"

namespace hadir {

/// Rows that grow with time and go by their age.
enum class KeptRows {
  sightings = 1,   ///< the journal, by `at`
  presence_edges,  ///< ENTER and EXIT ("events"), by `at`
  alert_logs,      ///< by `opened_at`
  notifications,   ///< by `created_at`
  outbox           ///< messages sent or given up, by `created_at`; those still to be sent never go
};

/// A stretch of time whose rows were removed on purpose; nothing without a bound.
struct RemovedSpan {
  std::optional<Instant> from;  ///< at >= from
  std::optional<Instant> to;    ///< at < to
  bool contains(Instant at) const { return !(from && at < *from) && !(to && at >= *to); }
  friend bool operator==(const RemovedSpan&, const RemovedSpan&) = default;
};

/// Counts and removes rows of a stretch of time, a bounded number at a time so that nobody waits long for the database.
/// Rows of [from, to), everything without bounds. Errors as those of the other repositories.
class Retention {
 public:
  virtual ~Retention() = default;
  virtual Result<std::int64_t> count(KeptRows rows, const RemovedSpan& span) const = 0;
  /// Removes at most so many; how many. None are left when it is fewer than `most`.
  virtual Result<std::int64_t> remove(KeptRows rows, const RemovedSpan& span, int most) = 0;

  /// Remembers that these rows are gone on purpose, so that nobody makes them anew from the journal. Say so before
  /// removing them.
  virtual Status note_removed(KeptRows rows, const RemovedSpan& span) = 0;
  /// What was said so far, by `from`; stretches that meet are one.
  virtual Result<std::vector<RemovedSpan>> removed(KeptRows rows) const = 0;

  /// Pictures that rows of a stretch of time refer to: of sightings, by `at`.
  virtual Result<std::vector<std::string>> sighting_pictures(const RemovedSpan& span) const = 0;
  /// Sightings of a stretch of time forget their pictures below that folder: at most so many; how many.
  virtual Result<std::int64_t> forget_sighting_pictures(const RemovedSpan& span, const std::string& folder,
                                                        int most) = 0;
  /// The marks of that working day forget their pictures; of how many people.
  virtual Result<std::int64_t> forget_day_pictures(LocalDay day) = 0;
};

}  // namespace hadir
