#include "app/evaluation/calibration_fit.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace hadir {
namespace {

/// Similarities -1..1 in steps fine enough that a bin's middle stands for its pairs.
constexpr int bins = 20000;

struct Histogram {
  std::vector<double> weight = std::vector<double>(bins, 0.0);

  static int bin_of(float similarity) {
    return std::clamp(static_cast<int>((similarity + 1.F) / 2.F * bins), 0, bins - 1);
  }
  static double lower_edge(int bin) { return 2.0 * bin / bins - 1.0; }
  static double middle(int bin) { return lower_edge(bin) + 1.0 / bins; }
  void add(float similarity, double w = 1) { weight[static_cast<std::size_t>(bin_of(similarity))] += w; }
  double total() const {
    double sum = 0;
    for (const double w : weight) sum += w;
    return sum;
  }
};

struct Pairs {
  Histogram impostors;
  Histogram genuine;
  std::uint64_t impostor_count = 0;
  std::uint64_t genuine_count = 0;
  std::vector<ImpostorPair> closest;
};

Pairs compare_all(std::span<const LabelledEmbedding> faces, const CalibrationOptions& options) {
  std::map<std::string, std::size_t> photos;
  for (const auto& face : faces) ++photos[face.person];
  Pairs pairs;
  const auto by_similarity = [](const ImpostorPair& a, const ImpostorPair& b) { return a.similarity > b.similarity; };
  for (std::size_t i = 0; i < faces.size(); ++i)
    for (std::size_t j = i + 1; j < faces.size(); ++j) {
      const float s = similarity(options.metric, faces[i].embedding, faces[j].embedding);
      if (faces[i].person == faces[j].person) {
        // A person of n photos has n (n - 1) / 2 pairs and counts n.
        pairs.genuine.add(s, 2.0 / double(photos[faces[i].person] - 1));
        ++pairs.genuine_count;
        continue;
      }
      pairs.impostors.add(s);
      ++pairs.impostor_count;
      if (pairs.closest.size() == options.closest && s <= pairs.closest.back().similarity) continue;
      const ImpostorPair pair{s, faces[i].file, faces[j].file};
      pairs.closest.insert(std::ranges::upper_bound(pairs.closest, pair, by_similarity), pair);
      if (pairs.closest.size() > options.closest) pairs.closest.pop_back();
    }
  return pairs;
}

/// The similarity that a share `fmr` of impostor pairs reaches.
double similarity_at(const Histogram& impostors, double fmr) {
  const double wanted = fmr * impostors.total();
  double above = 0;
  for (int bin = bins - 1; bin >= 0; --bin) {
    above += impostors.weight[static_cast<std::size_t>(bin)];
    if (above >= wanted) return Histogram::lower_edge(bin);
  }
  return -1;
}

std::vector<FmrPoint> fmr_points(const Pairs& pairs, std::size_t least_pairs) {
  std::vector<FmrPoint> points;
  const double total = double(pairs.impostor_count);
  const auto add = [&](double fmr) {
    const auto at = static_cast<float>(similarity_at(pairs.impostors, fmr));
    if (points.empty() || at > points.back().similarity) points.push_back({at, fmr});
  };
  for (double fmr = 0.1; fmr * total >= double(least_pairs); fmr /= 10) {
    add(fmr);
    if (fmr * 0.3 * total >= double(least_pairs)) add(fmr * 0.3);
  }
  return points;
}

/// Newton's method on the two parameters of 1 / (1 + exp(-(a s + b))).
void fit_logistic(const Pairs& pairs, Calibration& calibration) {
  const double genuine_weight = 0.5 / pairs.genuine.total();
  const double impostor_weight = 0.5 / pairs.impostors.total();
  double a = 10, b = -3;
  for (int step = 0; step < 100; ++step) {
    double ga = 0, gb = 0, haa = 1e-12, hab = 0, hbb = 1e-12;
    for (int bin = 0; bin < bins; ++bin) {
      const auto index = static_cast<std::size_t>(bin);
      const double genuine = pairs.genuine.weight[index] * genuine_weight;
      const double both = genuine + pairs.impostors.weight[index] * impostor_weight;
      if (both == 0) continue;
      const double s = Histogram::middle(bin);
      const double p = 1 / (1 + std::exp(-(a * s + b)));
      const double residual = genuine - both * p;
      const double curvature = both * p * (1 - p);
      ga += residual * s;
      gb += residual;
      haa += curvature * s * s;
      hab += curvature * s;
      hbb += curvature;
    }
    const double determinant = haa * hbb - hab * hab;
    double da = (hbb * ga - hab * gb) / determinant;
    double db = (haa * gb - hab * ga) / determinant;
    // Far from the solution Newton's step overshoots: no more than ten units of slope at once.
    const double shrink = std::min(1.0, 10 / std::max(std::abs(da), 1e-9));
    a += da * shrink;
    b += db * shrink;
    if (std::abs(da) < 1e-9 && std::abs(db) < 1e-9) break;
  }
  calibration.slope = static_cast<float>(a);
  calibration.midpoint = static_cast<float>(-b / a);
}

double eer_threshold(const Pairs& pairs) {
  double fmr = 1, fnmr = 0;
  const double impostors = pairs.impostors.total(), genuine = pairs.genuine.total();
  for (int bin = 0; bin < bins; ++bin) {
    if (fnmr >= fmr) return Histogram::lower_edge(bin);
    fmr -= pairs.impostors.weight[static_cast<std::size_t>(bin)] / impostors;
    fnmr += pairs.genuine.weight[static_cast<std::size_t>(bin)] / genuine;
  }
  return 1;
}

}  // namespace

Result<CalibrationFit> fit_calibration(std::span<const LabelledEmbedding> faces, const CalibrationOptions& options) {
  Pairs pairs = compare_all(faces, options);
  if (pairs.genuine_count == 0 || pairs.impostor_count == 0)
    return fail(ErrorKind::invalid_input, "calibration needs photos of several people, and several of some person");
  CalibrationFit fit;
  fit.calibration.metric = options.metric;
  fit.calibration.impostors = fmr_points(pairs, options.least_pairs);
  if (fit.calibration.impostors.size() < 2)
    return fail(ErrorKind::invalid_input, "calibration needs more photos: too few pairs of different people");
  fit_logistic(pairs, fit.calibration);
  fit.calibration.minimum_threshold = static_cast<float>(similarity_at(pairs.impostors, options.minimum_threshold_fmr));
  fit.impostor_pairs = pairs.impostor_count;
  fit.genuine_pairs = pairs.genuine_count;
  std::map<std::string, int> people;
  for (const auto& face : faces) ++people[face.person];
  fit.people = people.size();
  fit.eer_threshold = eer_threshold(pairs);
  fit.closest_impostors = std::move(pairs.closest);
  return fit;
}

}  // namespace hadir
