#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/recognition/calibration.hpp"

namespace hadir {

/// A face of a known person, for measuring a pack.
struct LabelledEmbedding {
  std::string person;
  std::string file;
  Embedding embedding;
};

/// Two photos of people with different names that look like one person: a wrong label, or the pack's worst mistake.
struct ImpostorPair {
  float similarity;
  std::string file_a;
  std::string file_b;
};

struct CalibrationFit {
  Calibration calibration;
  std::uint64_t impostor_pairs = 0;
  std::uint64_t genuine_pairs = 0;
  std::size_t people = 0;
  double eer_threshold = 0;
  std::vector<ImpostorPair> closest_impostors;  ///< the most similar ones, for a person to look at
};

/// Compares every photo with every other.
///
/// Impostors: all pairs of different people give the FMR points, at 1e-1, 1e-2, … as far as at least `least_pairs`
/// pairs lie above the point; beyond, `fmr_at` goes on in a straight line. Confidence: the logistic curve fitted by
/// maximum likelihood with equal weight for genuine and impostor pairs, and for each person's genuine pairs the weight
/// of their number of photos, so that people with very many photos do not rule. It is the chance that the pair is one
/// person when both cases were equally likely beforehand (Platt 1999). Minimum threshold: where the FMR is
/// `minimum_threshold_fmr`. `invalid_input` when there are no pairs of one of the two kinds.
struct CalibrationOptions {
  Metric metric = Metric::cosine;
  std::size_t least_pairs = 8;
  double minimum_threshold_fmr = 1e-4;
  std::size_t closest = 40;
};
Result<CalibrationFit> fit_calibration(std::span<const LabelledEmbedding> faces, const CalibrationOptions& options);

}  // namespace hadir
