#pragma once
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/facts/fact_pictures.hpp"
#include "app/facts/fact_rules.hpp"
#include "core/attendance/violation.hpp"
#include "core/ports/repositories.hpp"
#include "core/ports/sighting_sink.hpp"
#include "core/settings.hpp"

namespace hadir {

/// A day that a sighting, or its end, changed.
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
  std::vector<PresenceEdge> taken_back;      ///< edges told before that a late sighting shows to be wrong
  std::vector<AttendanceChange> attendance;  ///< one a person and day
  std::vector<Violation> opened;             ///< alerts; those known to be over at once are among `resolved`, too
  std::vector<Violation> resolved;
  std::vector<Violation> withdrawn;         ///< alerts told before that are none
  std::vector<Notification> notifications;  ///< kept in the database
  std::size_t repeated = 0;                 ///< sightings that were already there
  /// What came of another batch afterwards.
  void add(RecordedFacts&& more);
  bool empty() const {
    return sightings.empty() && edges.empty() && taken_back.empty() && attendance.empty() && opened.empty() &&
           resolved.empty() && withdrawn.empty() && notifications.empty();
  }
};

/// Makes facts of sightings: the journal, presence with its edges, attendance with its pictures, alerts.
///
/// A batch is one transaction: all of it or nothing (the closing of many people's days is several). Recording a
/// sighting again changes nothing, nor does the order in which they come (core/attendance/judge.hpp). Pictures follow
/// the transaction; when they cannot be written the facts stand, `health` says so, and writing is tried again. Somebody
/// erased meanwhile is recorded as nobody, without a picture. Safe from any thread; calls run one after the other.
class FactRecorder {
 public:
  FactRecorder(Database& database, PictureStore& pictures, FactRules rules);

  /// Errors are the database's.
  Result<RecordedFacts> record(std::span<const SightingFact> facts);
  /// Tells the time: ends the stay of everybody not seen for the time-out, opens alerts, closes days, and writes
  /// pictures that are due. The first call looks a few days back for days that ended while the program did not run.
  Result<RecordedFacts> expire(Instant now);
  /// A rule was added or changed: read them anew. With the days that exceptions or approvals are about, everybody's
  /// are judged again. Without a call the rules are read anew every `rules_age` of the time told.
  Result<RecordedFacts> rules_changed(std::span<const LocalDay> days);
  /// A camera is dark since its last frame; or gives pictures again. Keeps the outage and a notification, and takes
  /// back alerts about people it saw last. Nothing happens when that is known.
  Result<RecordedFacts> camera_dark(const CameraId& camera, Instant last_frame, Instant now);
  Result<RecordedFacts> camera_back(const CameraId& camera, Instant now);
  /// At the start: between the last sighting and `now` the program did not run, so no camera saw anybody.
  Status was_off(Instant now);
  /// Writes every picture that is still held back. Call before stopping.
  void flush(Instant now);

  /// The state of the pictures; does not wait for a batch.
  HealthItem health() const { return fact_pictures_.health(); }

 private:
  class Batch;
  static constexpr Millis rules_age{5'000};

  Status read_rules(Instant now);
  Result<RecordedFacts> in_batch(const std::function<Status(Batch&)>& work);
  Status pass_time(Batch& batch, Instant now);
  Status close_days(Instant now, RecordedFacts& recorded);
  Status close_days_of(Batch& batch, std::span<const JudgedPerson> people, Instant now, Instant& next_close);

  Database& database_;
  const FactRules settings_;
  std::mutex mutex_;
  FactPictures fact_pictures_;
  std::optional<Rulebook> rules_;
  Instant rules_read_{};
  std::optional<Instant> told_;          ///< the latest moment told
  bool next_known_ = false;              ///< `next_` is right
  std::map<PersonId, Instant> next_;     ///< before it time alone changes nothing for them
  Instant next_close_{};                 ///< before it no day ends
  std::optional<Instant> closed_until_;  ///< days that ended by then are closed
};

}  // namespace hadir
