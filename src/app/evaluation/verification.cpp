#include "app/evaluation/verification.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace hadir {
namespace {

std::vector<float> sorted_scores(std::span<const ScoredPair> pairs, bool same) {
  std::vector<float> scores;
  for (const auto& pair : pairs)
    if (pair.same == same) scores.push_back(pair.similarity);
  std::ranges::sort(scores);
  return scores;
}

/// Share of ascending scores at or above the threshold.
double share_from(const std::vector<float>& ascending, float threshold) {
  const auto first = std::ranges::lower_bound(ascending, threshold);
  return double(ascending.end() - first) / double(ascending.size());
}

float threshold_accepting(const std::vector<float>& ascending_impostors, double fmr) {
  const auto count = ascending_impostors.size();
  const auto accepted = static_cast<std::size_t>(fmr * double(count) + 1e-9);
  if (accepted >= count) return ascending_impostors.front();
  // Just above the best score that has to be refused.
  return std::nextafter(ascending_impostors[count - 1 - accepted], std::numeric_limits<float>::infinity());
}

double mean_fold_accuracy(std::span<const ScoredPair> pairs, const std::set<int>& folds) {
  double sum = 0;
  for (const int fold : folds) {
    std::vector<ScoredPair> rest, judged;
    for (const auto& pair : pairs) (pair.fold == fold ? judged : rest).push_back(pair);
    sum += accuracy_at(judged, best_threshold(rest));
  }
  return sum / double(folds.size());
}

}  // namespace

float best_threshold(std::span<const ScoredPair> pairs) {
  std::vector<ScoredPair> ascending(pairs.begin(), pairs.end());
  std::ranges::sort(ascending, {}, &ScoredPair::similarity);
  // From accepting all of them upwards: each pair left behind turns right when it is a different pair.
  long right = std::ranges::count(ascending, true, &ScoredPair::same);
  long most = right;
  float best = ascending.empty() ? 0.F : std::nextafter(ascending.front().similarity, -2.F);
  for (std::size_t i = 0; i < ascending.size(); ++i) {
    right += ascending[i].same ? -1 : 1;
    const bool ends_here = i + 1 == ascending.size() || ascending[i + 1].similarity > ascending[i].similarity;
    if (!ends_here || right <= most) continue;
    most = right;
    const float below = ascending[i].similarity;
    if (i + 1 == ascending.size())
      best = std::nextafter(below, std::numeric_limits<float>::infinity());
    else
      best = std::isfinite(below) ? below + (ascending[i + 1].similarity - below) / 2 : ascending[i + 1].similarity;
  }
  return best;
}

double accuracy_at(std::span<const ScoredPair> pairs, float threshold) {
  if (pairs.empty()) return 0;
  const auto right =
      std::ranges::count_if(pairs, [&](const ScoredPair& p) { return (p.similarity >= threshold) == p.same; });
  return double(right) / double(pairs.size());
}

float threshold_at_fmr(std::span<const ScoredPair> pairs, double fmr) {
  return threshold_accepting(sorted_scores(pairs, false), fmr);
}

VerificationReport verification_report(std::span<const ScoredPair> pairs, std::span<const double> fmrs) {
  const auto genuine = sorted_scores(pairs, true);
  const auto impostors = sorted_scores(pairs, false);
  VerificationReport report;
  const float best = best_threshold(pairs);
  report.threshold = best;
  report.accuracy_at_threshold = accuracy_at(pairs, best);
  std::set<int> folds;
  for (const auto& pair : pairs) folds.insert(pair.fold);
  report.accuracy = folds.size() < 2 ? report.accuracy_at_threshold : mean_fold_accuracy(pairs, folds);
  for (const double fmr : fmrs) {
    const float threshold = threshold_accepting(impostors, fmr);
    report.threshold_at_fmr[fmr] = threshold;
    report.tar_at_fmr[fmr] = share_from(genuine, threshold);
  }
  // FNMR grows and FMR falls with the threshold: the scores themselves are where they can cross.
  double smallest_gap = 2;
  for (const auto* scores : {&genuine, &impostors})
    for (const float score : *scores) {
      if (!std::isfinite(score)) continue;
      const double fmr = share_from(impostors, score);
      const double fnmr = 1 - share_from(genuine, score);
      if (std::abs(fmr - fnmr) >= smallest_gap) continue;
      smallest_gap = std::abs(fmr - fnmr);
      report.eer = (fmr + fnmr) / 2;
      report.eer_threshold = score;
    }
  return report;
}

}  // namespace hadir
