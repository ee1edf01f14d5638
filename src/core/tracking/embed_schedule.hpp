#pragma once
#include <optional>

#include "core/recognition/track_identity.hpp"
#include "core/settings.hpp"
#include "core/time.hpp"

namespace hadir {

/// Decides whether another look (embedding) at a track could change what is decided of it. Looks cost more than all
/// else, so: close together while a name is in reach, ever rarer for a clear stranger, rare re-checks once decided,
/// sooner when the face is clearly better than before. Pure; belongs to its track.
class EmbedSchedule {
 public:
  /// Is a look due, for a face of that `quality` (vote_weight) at that time?
  bool due(Millis now, double quality, const AnalysisSettings& settings) const;
  /// Notes that it was taken and what it led to.
  void taken(Millis now, double quality, const TrackIdentity& identity, const AnalysisSettings& settings);
  /// Something makes it doubtful that this is still the same face: look again at the next chance.
  void doubt();
  /// A look is owed before anything more is said of the track.
  bool doubted() const { return doubted_; }
  /// Notes that the face was refused by the quality gate: the next frames will hardly be better.
  void refused(Millis now);
  int looks() const { return looks_; }

 private:
  std::optional<Millis> not_before_;
  Millis next_{0};
  double best_quality_ = 0;
  Millis wait_{0};
  int looks_ = 0;
  bool doubted_ = false;
  bool named_ = false;
  Millis last_look_{0};
};

}  // namespace hadir
