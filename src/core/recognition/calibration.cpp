#include "core/recognition/calibration.hpp"

#include <algorithm>
#include <cmath>

namespace hadir {
namespace {

double log_fmr(const FmrPoint& point) {
  return std::log(std::max(point.fmr, 1e-12));
}

}  // namespace

float confidence_of(const Calibration& calibration, float similarity) {
  if (calibration.slope == 0.0F) return std::clamp(similarity, 0.0F, 1.0F);
  return 1.0F / (1.0F + std::exp(-calibration.slope * (similarity - calibration.midpoint)));
}

double fmr_at(const Calibration& calibration, float threshold) {
  const auto& points = calibration.impostors;
  if (points.size() < 2) return 1.0;
  // The segment that holds the threshold; the first and last segments also serve what lies beyond them.
  std::size_t upper = 1;
  while (upper + 1 < points.size() && points[upper].similarity < threshold) ++upper;
  const auto& a = points[upper - 1];
  const auto& b = points[upper];
  const double slope = (log_fmr(b) - log_fmr(a)) / (b.similarity - a.similarity);
  return std::clamp(std::exp(log_fmr(a) + slope * (threshold - a.similarity)), 0.0, 1.0);
}

float threshold_for(const Calibration& calibration, std::size_t people, double target_fpir) {
  if (people == 0 || calibration.impostors.size() < 2) return calibration.minimum_threshold;
  // 1 - (1 - FPIR)^(1/N) without losing digits for large N.
  const double target_fmr =
      -std::expm1(std::log1p(-target_fpir) / static_cast<double>(people)) / calibration.population_factor;
  float low = -1.0F;
  float high = 1.0F;
  for (int step = 0; step < 40; ++step) {
    const float middle = (low + high) / 2;
    (fmr_at(calibration, middle) > target_fmr ? low : high) = middle;
  }
  return std::max(calibration.minimum_threshold, high);
}

}  // namespace hadir
