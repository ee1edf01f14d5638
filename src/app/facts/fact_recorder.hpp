#pragma once
#include <chrono>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/facts/fact_pictures.hpp"
#include "core/attendance/day_attendance.hpp"
#include "core/ports/repositories.hpp"
#include "core/ports/sighting_sink.hpp"
#include "core/settings.hpp"

namespace hadir {

/// The rules by which sightings become presence and attendance.
struct FactRules {
  const std::chrono::time_zone* site = nullptr;  ///< never nullptr
  std::chrono::minutes day_starts_at{0};
  Millis present_timeout{60'000};
  Millis last_out_delay{0};  ///< of the last out's picture, see FactPictures
  DayRules day;

  /// `invalid_input` for a time zone nobody knows.
  static Result<FactRules> from(const SiteSettings& settings);
};

/// A day that a sighting changed.
struct AttendanceChange {
  Person person;
  AttendanceDay day;
  bool first_in_changed = false;
  bool last_out_changed = false;
};

/// What was new in a batch, for live channels and logs.
struct RecordedFacts {
  std::vector<Sighting> sightings;           ///< those that were new, by time
  std::vector<PresenceEdge> edges;           ///< ENTER and EXIT, by time a person
  std::vector<AttendanceChange> attendance;  ///< one a person and day
  std::size_t repeated = 0;                  ///< sightings that were already there
};

/// Makes facts of sightings: the journal, presence with its edges, attendance with its pictures.
///
/// A batch is one transaction: all of it or nothing. Recording a sighting again changes nothing; the order within and
/// between batches does not matter to attendance, and to presence only beyond its time-out. Pictures follow the
/// transaction; when they cannot be written the facts stand, `health` says so, and writing is tried again.
/// Somebody erased meanwhile is recorded as nobody, without a picture.
/// Safe from any thread; calls run one after the other.
class FactRecorder {
 public:
  FactRecorder(Database& database, PictureStore& pictures, FactRules rules);

  /// Errors are the database's.
  Result<RecordedFacts> record(std::span<const SightingFact> facts);
  /// Ends the stay of everybody not seen for the time-out at `now`, and writes pictures that are due.
  Result<RecordedFacts> expire(Instant now);
  /// Writes every picture that is still held back. Call before stopping.
  void flush(Instant now);

  /// The state of the pictures; does not wait for a batch.
  HealthItem health() const { return fact_pictures_.health(); }

 private:
  class Batch;
  Status end_stays(Instant now, RecordedFacts& recorded, Instant& next);

  Database& database_;
  const FactRules rules_;
  std::mutex mutex_;
  FactPictures fact_pictures_;
  std::optional<Instant> next_exit_;  ///< before it nobody's stay can end; empty: not known
};

}  // namespace hadir
