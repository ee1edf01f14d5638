#include "core/recognition/track_identity.hpp"

#include <algorithm>
#include <vector>

namespace hadir {
namespace {

/// The threshold in force for a gallery of that size.
float threshold_in_force(const Gallery& gallery, const Calibration& calibration, const AnalysisSettings& settings) {
  if (settings.recognition_threshold) return static_cast<float>(*settings.recognition_threshold);
  return threshold_for(calibration, gallery.person_count(), settings.target_fpir);
}

/// A single look may be this much less similar than the fused threshold and still count as a vote for its best match.
constexpr float vote_slack = 0.08F;
/// One in this many stranger pairs is less alike than what counts as the same track's face.
constexpr double jump_fmr = 0.2;

float similarity_at_fmr(const Calibration& calibration, double fmr) {
  Calibration without_floor = calibration;
  without_floor.minimum_threshold = -1.0F;
  without_floor.population_factor = 1;
  return threshold_for(without_floor, 1, fmr);
}

}  // namespace

void TrackIdentity::forget() {
  votes_.clear();
  decision_ = {};
  looks_ = 0;
  best_similarity_ = -1;
}

TrackDecision TrackIdentity::add(const Embedding& look, float weight, const Gallery& gallery,
                                 const Calibration& calibration, const AnalysisSettings& settings) {
  jumped_ = false;
  if (!votes_.empty()) {
    float nearest = -1;
    for (const auto& vote : votes_) nearest = std::max(nearest, similarity(calibration.metric, vote.look, look));
    if (nearest < similarity_at_fmr(calibration, jump_fmr)) {
      forget();
      jumped_ = true;
    }
  }
  ++looks_;
  const float threshold = threshold_in_force(gallery, calibration, settings);
  Vote vote{look, weight, std::nullopt};
  const auto matches = gallery.search(look, 1);
  if (!matches.empty()) {
    best_similarity_ = std::max(best_similarity_, matches.front().similarity);
    if (matches.front().similarity >= threshold - vote_slack) vote.person = matches.front().person;
  }
  votes_.push_back(std::move(vote));
  while (votes_.size() > static_cast<std::size_t>(settings.smoothing_window)) votes_.pop_front();
  decision_ = decide(gallery, calibration, settings, threshold);
  return decision_;
}

TrackDecision TrackIdentity::decide(const Gallery& gallery, const Calibration& calibration,
                                    const AnalysisSettings& settings, float threshold) const {
  TrackDecision decision;
  decision.threshold = threshold;
  std::vector<Embedding> looks;
  std::vector<float> weights;
  float total = 0;
  for (const auto& vote : votes_) {
    looks.push_back(vote.look);
    weights.push_back(vote.weight);
    total += vote.weight;
  }
  const bool enough = static_cast<int>(votes_.size()) >= settings.smoothing_min_votes;
  if (enough) decision.verdict = Verdict::unknown;
  const auto probe = fuse(calibration.metric, looks, weights);
  if (!probe) return decision;
  const auto matches = gallery.search(*probe, 2);
  if (matches.empty()) return decision;
  const auto& best = matches.front();
  decision.similarity = best.similarity;
  decision.confidence = confidence_of(calibration, best.similarity);

  int votes_for = 0;
  float weight_for = 0;
  for (const auto& vote : votes_) {
    if (vote.person != best.person) continue;
    ++votes_for;
    weight_for += vote.weight;
  }
  const float margin = matches.size() > 1 ? best.similarity - matches[1].similarity : 2.0F;
  if (votes_for >= settings.smoothing_min_votes && weight_for > total / 2 && best.similarity >= threshold &&
      margin >= static_cast<float>(settings.min_margin)) {
    decision.verdict = Verdict::known;
    decision.person = best.person;
  }
  return decision;
}

}  // namespace hadir
