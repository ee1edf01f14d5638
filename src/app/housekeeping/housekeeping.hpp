#pragma once
#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/attendance/site_calendar.hpp"
#include "core/ports/picture_archive.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"
#include "core/settings.hpp"

namespace hadir {

/// How long what is kept, in working days of the site.
struct HousekeepingRules {
  SiteCalendar calendar;
  int events_days = 1;  ///< the current day counted
  int sightings_days = 400;
  int captures_days = 90;
  int unknown_faces_days = 30;
  int notifications_days = 90;
  /// `invalid_input` for a time zone nobody knows.
  static Result<HousekeepingRules> from(const SiteSettings& settings);
};

struct HousekeepingOptions {
  bool dry_run = false;        ///< only count
  bool facts_waiting = false;  ///< facts wait in the spool: a picture without a record may yet get one
  std::stop_token stop{};      ///< asked between batches
  int batch = 500;             ///< rows removed at once
  Millis pause{5};             ///< between batches, so that facts get their turn
};

/// One kind of thing that went, or would.
struct Swept {
  std::string what;        ///< "events", "sightings", "attendance_captures", ...
  std::int64_t count = 0;  ///< rows or files
  std::int64_t bytes = 0;  ///< of files
};

struct HousekeepingReport {
  std::vector<Swept> swept;           ///< every kind, also where nothing went
  std::vector<std::string> problems;  ///< what could not be removed, a sentence each
  bool stopped = false;               ///< asked to stop before the end: the next time goes on
  std::int64_t count_of(std::string_view what) const;
};

/// "1200 events and 3 attendance_captures (0.4 MiB) removed", "nothing to remove".
std::string text_of(const HousekeepingReport& report, bool dry_run);

/// Removes what is older than the rules keep:
///   - events, sightings, notifications, messages that are done: rows, in batches;
///   - attendance_captures/<day> and captures/<camera>/unknown/<day>: first the records forget their pictures, then the
///     files go, so that a crash leaves files for the next time rather than records without a picture;
///   - pictures older than two days that no record names: of attendance, of strangers, of people who were erased;
///   - temporary files of programs that are gone.
/// Attendance, alerts and what people entered stay for good. Judgements are made of the journal: purged events are
/// remembered as purged (Retention::note_removed) and are not made anew. May run beside a server. Errors are the
/// database's; what cannot be removed from the disk is a problem of the report.
Result<HousekeepingReport> keep_house(Database& database, PictureStore& pictures, PictureArchive& archive,
                                      const HousekeepingRules& rules, Instant now, const HousekeepingOptions& options);

}  // namespace hadir
