#pragma once
#include <vector>

#include "core/recognition/embedding.hpp"

namespace hadir {

/// One measured point of a pack's impostor distribution: of two different people's photos, this share is at least as
/// similar as `similarity`.
struct FmrPoint {
  float similarity;
  double fmr;  ///< false match rate of one comparison, 0..1
};

/// What a pack's manifest says of its similarities. Measured by `hadir eval`; see docs/benchmarks.md.
struct Calibration {
  Metric metric = Metric::cosine;
  /// Confidence = 1 / (1 + exp(-slope (similarity - midpoint))), or max(0, similarity) when slope is 0 (dlib: 1 -
  /// distance).
  float midpoint = 0.3F;
  float slope = 20.F;
  std::vector<FmrPoint> impostors;  ///< similarity ascending, fmr descending, at least two points
  /// The impostors were measured over a mixed crowd of celebrities, but the people before one camera share origin and
  /// age more often, and such strangers are confused 10 to 100 times as often (NIST IR 8280, 2019). Their rate is taken
  /// as the measured one times this.
  double population_factor = 10;
  float minimum_threshold = 0.3F;  ///< never decide below this, however small the gallery
};

/// 0..1, growing with similarity.
float confidence_of(const Calibration& calibration, float similarity);

/// FMR of one comparison at that threshold: log-linear between the measured points and beyond them.
double fmr_at(const Calibration& calibration, float threshold);

/// The threshold at which a search of a gallery of `people` names a stranger with probability `target_fpir`
/// (0 < target < 1): FPIR = 1 - (1 - population_factor FMR)^N solved for FMR, then `fmr_at` inverted; at least
/// `minimum_threshold`.
float threshold_for(const Calibration& calibration, std::size_t people, double target_fpir);

}  // namespace hadir
