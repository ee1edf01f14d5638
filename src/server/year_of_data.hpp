#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/repositories.hpp"
#include "store/upkeep.hpp"

namespace hadir {

/// Made-up people and what cameras would have seen of them; the same for the same options.
struct YearOptions {
  int people = 1000;
  int days = 365;              ///< calendar days up to `until`; people come on Mondays to Fridays
  int sightings_per_day = 12;  ///< of a person on a working day, at least 2
  int cameras = 16;
  LocalDay until{std::chrono::year{2025} / 12 / 31};
};

struct YearReport {
  std::int64_t people = 0;
  std::int64_t days = 0;  ///< attendance days
  std::int64_t sightings = 0;
  std::int64_t edges = 0;
  std::int64_t alerts = 0;
};

/// Adds them; what is there already stays, so it may be done again.
Result<YearReport> fill_year(Database& database, Upkeep& upkeep, const YearOptions& options);

/// How long a query of a page or report took, over many subjects.
struct QueryTimes {
  std::string name;
  double p50_ms = 0;
  double p95_ms = 0;
  double max_ms = 0;
  std::size_t rows = 0;  ///< of the longest answer
};

/// Asks each query of `report_queries` so often, about people, cameras and days taken from all over the year.
Result<std::vector<QueryTimes>> time_queries(Database& database, const YearOptions& options, int repeats);

/// What a start costs that judges the last days of everybody again.
struct StartTimes {
  double wall_ms = 0;
  double cpu_ms = 0;     ///< of this process; a server of a database takes its own
  std::size_t days = 0;  ///< attendance days that changed
};
/// The first and a second start on the morning after the last day. The first judges the made-up days by the usual
/// schedule, the second finds nothing to change.
Result<std::vector<StartTimes>> time_starts(Database& database, const YearOptions& options);

}  // namespace hadir
