#include "app/evaluation/identification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hadir {

SearchErrors search_errors_at(std::span<const SearchOutcome> outcomes, double threshold) {
  std::size_t enrolled = 0, missed = 0, strangers = 0, named = 0;
  for (const auto& outcome : outcomes) {
    const bool accepted = outcome.similarity >= threshold;
    if (outcome.enrolled) {
      ++enrolled;
      if (!(accepted && outcome.best_is_right)) ++missed;
    } else {
      ++strangers;
      if (accepted) ++named;
    }
  }
  return {threshold, proportion(missed, enrolled), proportion(named, strangers)};
}

double threshold_at_fpir(std::span<const SearchOutcome> outcomes, double fpir) {
  std::vector<float> strangers;
  for (const auto& outcome : outcomes)
    if (!outcome.enrolled) strangers.push_back(outcome.similarity);
  if (strangers.empty()) return 0;
  std::ranges::sort(strangers, std::greater{});
  const auto allowed = static_cast<std::size_t>(fpir * double(strangers.size()) + 1e-9);
  if (allowed >= strangers.size()) return strangers.back();
  return std::nextafter(strangers[allowed], std::numeric_limits<float>::infinity());
}

IdentificationReport identification_report(std::span<const SearchOutcome> outcomes, std::span<const double> fpirs) {
  IdentificationReport report;
  std::size_t right = 0;
  for (const auto& outcome : outcomes) {
    ++(outcome.enrolled ? report.enrolled_probes : report.stranger_probes);
    if (outcome.enrolled && outcome.best_is_right) ++right;
  }
  report.rank1 = proportion(right, report.enrolled_probes);
  for (const double fpir : fpirs) report.at_fpir[fpir] = search_errors_at(outcomes, threshold_at_fpir(outcomes, fpir));
  return report;
}

}  // namespace hadir
