#include "app/facts/fact_rules.hpp"

#include <algorithm>

#include "core/uuid.hpp"

namespace hadir {
namespace {

Millis millis(double seconds) {
  return std::chrono::round<Millis>(std::chrono::duration<double>(seconds));
}

/// Moves what a query answered to where it belongs; false on its error.
template <class T>
bool take(Result<T> answer, T& place, std::optional<Error>& error) {
  if (answer)
    place = std::move(*answer);
  else
    error = answer.error();
  return answer.has_value();
}

}  // namespace

Result<FactRules> FactRules::from(const SiteSettings& settings) {
  const std::chrono::time_zone* site = nullptr;
  if (settings.time_zone.empty()) {
    try {
      site = std::chrono::current_zone();
    } catch (const std::runtime_error&) {
      return fail(ErrorKind::invalid_input,
                  "this machine's time zone is not known: set time_zone in the configuration");
    }
  } else {
    auto zone = find_zone(settings.time_zone);
    if (!zone) return std::unexpected(zone.error());
    site = *zone;
  }
  FactRules rules;
  rules.site = site;
  rules.day_starts_at = settings.day_starts_at;
  rules.present_timeout = millis(settings.present_timeout_sec);
  rules.last_out_delay = millis(settings.attendance_last_out_delay_sec);
  rules.alert_min_interval = millis(settings.alert_min_interval_sec);
  rules.first_in_overwrite = settings.attendance_first_in_overwrite_enabled;
  rules.auto_attendance = settings.auto_attendance_enabled;
  rules.bands.auto_check_in = settings.auto_check_in_threshold;
  rules.bands.auto_check_out = settings.auto_checkout_threshold;
  // Whoever lowers a threshold below the review band wants the band lowered, too.
  rules.bands.manual_review =
      std::min({rules.bands.manual_review, rules.bands.auto_check_in, rules.bands.auto_check_out});
  rules.bands.duplicate_window = settings.duplicate_check_window;
  return rules;
}

SitePolicy FactRules::policy() const {
  SitePolicy policy;
  policy.valid_from = since;
  policy.time_zone = std::string(site->name());
  policy.day_starts_at = day_starts_at;
  policy.present_timeout = present_timeout;
  policy.alert_threshold = present_timeout;
  policy.alert_min_interval = alert_min_interval;
  policy.first_in_overwrite = first_in_overwrite;
  policy.auto_attendance = auto_attendance;
  policy.bands = bands;
  return policy;
}

namespace {

/// All but the outages.
Result<Rulebook::Contents> read_contents(RuleRepository& rules) {
  Rulebook::Contents all;
  std::optional<Error> error;
  const bool read = take(rules.policies(), all.policies, error) && take(rules.schedules(), all.schedules, error) &&
                    take(rules.shifts(), all.shifts, error) && take(rules.assignments(), all.assignments, error) &&
                    take(rules.rules(), all.rules, error) && take(rules.exceptions(), all.exceptions, error);
  if (!read) return std::unexpected(*error);
  return all;
}

}  // namespace

Result<Rulebook> known_hours(Database& database, const FactRules& settings) {
  auto all = read_contents(database.rules());
  if (!all) return std::unexpected(all.error());
  if (all->policies.empty()) all->policies.push_back(settings.policy());
  return Rulebook::from(std::move(*all));
}

Result<Rulebook> known_rules(Database& database, const FactRules& settings) {
  auto all = read_contents(database.rules());
  if (!all) return std::unexpected(all.error());
  auto outages = database.rules().outages({}, {});
  if (!outages) return std::unexpected(outages.error());
  all->outages = std::move(*outages);
  if (all->policies.empty()) all->policies.push_back(settings.policy());
  return Rulebook::from(std::move(*all));
}

Result<Rulebook> load_rules(Database& database, const FactRules& settings, std::vector<CameraOutage> outages) {
  auto all = read_contents(database.rules());
  if (!all) return std::unexpected(all.error());
  all->outages = std::move(outages);
  auto policy = settings.policy();
  if (!all->policies.empty()) {
    const auto& latest = all->policies.back();
    policy.valid_from = std::max(policy.valid_from, latest.valid_from);
    auto same = latest;
    same.valid_from = policy.valid_from;
    if (same == policy) return Rulebook::from(std::move(*all));
    if (policy.valid_from == latest.valid_from) policy.valid_from += Millis{1};
  }
  if (auto added = database.rules().add(policy); !added) return std::unexpected(added.error());
  all->policies.push_back(std::move(policy));
  return Rulebook::from(std::move(*all));
}

Status add_first_schedule(Database& database, Instant from) {
  const auto known = database.rules().schedules();
  if (!known) return std::unexpected(known.error());
  if (!known->empty()) return {};
  ScheduleVersion first;
  first.id = ScheduleId(RandomUuidSource().next(from));
  first.valid_from = from;
  first.remarks = "the usual hours, until others are set";
  first.created_at = from;
  return database.rules().add(first);
}

}  // namespace hadir
