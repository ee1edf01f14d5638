#pragma once
#include "core/attendance/rulebook.hpp"
#include "core/ports/repositories.hpp"
#include "core/settings.hpp"

namespace hadir {

/// What the settings say about the rules by which sightings become presence, attendance and alerts.
struct FactRules {
  const std::chrono::time_zone* site = nullptr;  ///< never nullptr
  std::chrono::minutes day_starts_at{0};
  Millis present_timeout{60'000};  ///< also the absence that counts as a violation
  Millis last_out_delay{0};        ///< of the last out's picture, see FactPictures
  Millis alert_min_interval{60'000};
  bool first_in_overwrite = false;
  bool auto_attendance = true;
  ConfidenceBands bands{};
  /// Since when these settings hold, where the database knows others: when the server started.
  Instant since{};

  /// `invalid_input` for a time zone nobody knows.
  static Result<FactRules> from(const SiteSettings& settings);
  /// As the version to be kept.
  SitePolicy policy() const;
};

/// All rules of the database as they are; those of the settings where it has no policy yet. Errors are the database's.
Result<Rulebook> known_rules(Database& database, const FactRules& settings);
/// The same without the outages of cameras, which grow with the years: for who asks about hours and days alone.
Result<Rulebook> known_hours(Database& database, const FactRules& settings);
/// All rules of the database, with `outages`. Where its latest policy is not that of the settings, or there is none,
/// one is added that holds from `settings.since`; so what was judged before stays as it was. Errors are the database's.
Result<Rulebook> load_rules(Database& database, const FactRules& settings, std::vector<CameraOutage> outages);

/// Gives a database without any schedule the usual one (08:00-17:00, Monday to Friday) from that moment on.
Status add_first_schedule(Database& database, Instant from);

}  // namespace hadir
