#include "core/attendance/violations.hpp"

#include <algorithm>
#include <format>

namespace hadir {

std::optional<Instant> opening_after(const Rulebook& rules, const JudgedPerson& who, const Seen& last,
                                     const std::optional<Instant>& last_opened) {
  const auto& policy = rules.policy_at(last.at);
  const auto threshold = std::max(policy.alert_threshold, policy.present_timeout);
  const auto day = rules.day_of(who, last.at);
  const auto end = rules.closes_at(who, day);
  const auto points = rules.turning_points(who, last.camera, last.at, end);
  const auto counts = [&](Instant at) {
    return rules.day_of(who, at) == day && rules.state_at(who, at).tracking_active && !rules.is_dark(last.camera, at);
  };

  std::optional<Instant> since;  // an absence that counts goes on since then
  auto from = last.at;
  for (std::size_t i = 0; i <= points.size() && from < end; ++i) {
    const auto to = i < points.size() ? points[i] : end;
    if (!counts(from)) {
      since.reset();
    } else {
      if (!since) since = from;
      auto opens = *since + threshold;
      if (last_opened) opens = std::max(opens, *last_opened + policy.alert_min_interval);
      if (opens < to) return std::max(opens, from);
    }
    from = to;
  }
  return std::nullopt;
}

std::vector<Violation> violations_of(const Rulebook& rules, const JudgedPerson& who, LocalDay day,
                                     std::span<const Sighting> ordered, Instant now) {
  std::vector<Violation> violations;
  std::optional<Instant> last_opened;
  for (std::size_t i = 0; i < ordered.size(); ++i) {
    const auto& last = ordered[i];
    const auto until = i + 1 < ordered.size() ? ordered[i + 1].at : now;
    // Cheap before dear: nearly every absence is over before it could count.
    if (until - last.at <= rules.timeout_at(last.at) || rules.day_of(who, last.at) != day) continue;
    const auto opens = opening_after(rules, who, {.at = last.at, .camera = last.camera}, last_opened);
    if (!opens || *opens >= until) continue;
    last_opened = opens;
    Violation violation{.id = AlertId(std::format("{}@{}", who.id.str(), opens->time_since_epoch().count())),
                        .person = who.id,
                        .day = day,
                        .camera = last.camera,
                        .last_seen = last.at,
                        .opened_at = *opens,
                        .resolved_at = std::nullopt,
                        .schedule = rules.state_at(who, *opens)};
    if (i + 1 < ordered.size()) violation.resolved_at = until;
    violations.push_back(std::move(violation));
  }
  return violations;
}

}  // namespace hadir
