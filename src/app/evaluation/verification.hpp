#pragma once
#include <map>
#include <span>
#include <vector>

namespace hadir {

/// Two photos compared 1:1. A pair one of whose photos has no usable face gets a similarity of minus infinity: it is
/// never accepted, and counts against the system when the two are the same person.
struct ScoredPair {
  float similarity = 0;
  bool same = false;
  int fold = 0;
};

struct VerificationReport {
  double accuracy = 0;               ///< mean over the folds, each judged by the threshold best on the others
  double threshold = 0;              ///< the best single one over all pairs
  double accuracy_at_threshold = 0;  ///< with it: optimistic, chosen on the same pairs
  double eer = 0;                    ///< where FMR and FNMR are equal
  double eer_threshold = 0;
  std::map<double, double> tar_at_fmr;  ///< share of same pairs accepted at that false match rate
  std::map<double, double> threshold_at_fmr;
};

/// The threshold (accepted: similarity >= threshold) with the most right answers; between two scores, in their middle.
float best_threshold(std::span<const ScoredPair> pairs);
double accuracy_at(std::span<const ScoredPair> pairs, float threshold);

/// The lowest threshold that accepts at most this share of the different pairs.
float threshold_at_fmr(std::span<const ScoredPair> pairs, double fmr);

/// Pairs must hold both same and different ones. With fewer than two folds, `accuracy` is `accuracy_at_threshold`.
VerificationReport verification_report(std::span<const ScoredPair> pairs, std::span<const double> fmrs);

}  // namespace hadir
