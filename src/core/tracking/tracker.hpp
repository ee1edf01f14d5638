#pragma once
#include <span>
#include <vector>

#include "core/ids.hpp"
#include "core/ports/face_models.hpp"
#include "core/time.hpp"

namespace hadir {

/// Where one face has been: its box, how it moves, when it was last seen.
struct Track {
  TrackId id = 0;
  Rect box;              ///< of the last detection, in pixels of the frame
  Detection detection;   ///< the last one
  float velocity_x = 0;  ///< of the centre, pixels a second
  float velocity_y = 0;
  float growth = 0;      ///< of the width, pixels a second
  Millis started{0};     ///< PTS of the first detection
  Millis seen{0};        ///< PTS of the last detection
  int hits = 0;          ///< frames in which it was detected
  int misses = 0;        ///< analysed frames since then in which it was looked for and not found
  bool updated = false;  ///< found in the newest frame
  bool leapt = false;    ///< ... but hardly where it was: perhaps it is another face now

  /// Where the box should be at that time if it goes on as it moved.
  Rect predicted(Millis at) const;
};

/// Follows faces over frames: constant-velocity prediction, one-to-one assignment (Hungarian) by overlap, then by
/// nearness for what moved further than its own size between two analysed frames. Weak detections may continue a track
/// but never start one (Zhang et al., "ByteTrack", ECCV 2022). Belongs to one thread at a time.
class Tracker {
 public:
  struct Options {
    double iou_threshold = 0.3;
    int max_misses = 8;
    Millis timeout{10'000};
    double start_score = 0.7;  ///< detections below it only continue tracks
  };
  explicit Tracker(Options options) : options_(options) {}

  /// Takes the detections of a frame at that PTS (not before the previous call's). `looked`: the frame was searched, at
  /// least where the tracks are; otherwise nobody counts as missed.
  /// Returns the tracks that ended with this frame.
  std::vector<Track> update(std::span<const Detection> detections, Millis pts, bool looked);
  /// Ends all tracks: the scene was cut, the stream began anew, or it is over. Returns those that had begun.
  std::vector<Track> end_all();

  /// The track turned out to be another face now: it goes on under a new id, which is returned (0: no such track).
  TrackId split(TrackId id, Millis pts);

  const std::vector<Track>& tracks() const { return tracks_; }

 private:
  double overlap_cost(const Track& track, const Detection& detection, Millis pts) const;
  static double nearness_cost(const Track& track, const Detection& detection, Millis pts);
  /// Pairs tracks not yet updated with detections not yet taken, at least cost.
  void pair(std::span<const Detection> detections, Millis pts, std::vector<char>& taken, const auto& eligible,
            const auto& cost_of);

  Options options_;
  std::vector<Track> tracks_;
  TrackId next_id_ = 1;
};

}  // namespace hadir
