#pragma once
#include <deque>
#include <optional>

#include "core/recognition/calibration.hpp"
#include "core/recognition/gallery.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

namespace hadir {

enum class Verdict { undecided = 1, known, unknown };

/// What the votes of a track say together.
struct TrackDecision {
  Verdict verdict = Verdict::undecided;
  std::optional<PersonId> person;  ///< set when known
  float similarity = 0;            ///< of the fused votes to the best person
  float confidence = 0;            ///< the same, calibrated to 0..1
  float threshold = 0;             ///< that was in force
};

/// Decides who a track is, from several looks at it and never from one.
///
/// Each look is an embedding with a weight (quality × size). The latest `smoothing_window` of them vote for their best
/// match, and are fused into one probe, which is steadier than any of them. A person is named when
///   - at least `smoothing_min_votes` looks voted for them, holding more than half of the window's weight,
///   - the fused probe's best match is that person, at or above the threshold, and
///   - the runner-up person is at least `min_margin` less similar.
/// The threshold follows from the gallery's size and the target FPIR (core/recognition/calibration.hpp) unless the
/// settings fix it. A look that resembles the track's earlier looks less than two strangers usually do means the track
/// jumped to another face: everything before it is forgotten.
/// Belongs to one thread at a time.
class TrackIdentity {
 public:
  TrackDecision add(const Embedding& look, float weight, const Gallery& gallery, const Calibration& calibration,
                    const AnalysisSettings& settings);

  const TrackDecision& decision() const { return decision_; }
  int looks() const { return looks_; }     ///< since the track began or jumped
  bool jumped() const { return jumped_; }  ///< the last `add` found another face
  /// Best similarity of any look to any person: far below the threshold means a clear stranger.
  float best_similarity() const { return best_similarity_; }

 private:
  struct Vote {
    Embedding look;
    float weight;
    std::optional<PersonId> person;  ///< whose votes it is: best match at or above the voting floor
  };
  void forget();
  TrackDecision decide(const Gallery& gallery, const Calibration& calibration, const AnalysisSettings& settings,
                       float threshold) const;

  std::deque<Vote> votes_;
  TrackDecision decision_;
  int looks_ = 0;
  bool jumped_ = false;
  float best_similarity_ = -1;
};

}  // namespace hadir
