#include "core/tracking/tracker.hpp"

#include <algorithm>
#include <cmath>

#include "core/tracking/assignment.hpp"

namespace hadir {
namespace {

constexpr double forbidden = 1e3;      // a cost no real pairing reaches
constexpr float certain_iou = 0.5F;    // a face that overlaps itself less has leapt
constexpr float velocity_gain = 0.5F;  // how much of a newly measured velocity is believed
constexpr float nearness = 1.0F;       // centres at most this many box widths apart ...
constexpr float size_ratio = 1.6F;     // ... and sizes at most this different, to be the same face without overlap
constexpr Millis longest_prediction{1000};

float seconds(Millis time) {
  return static_cast<float>(time.count()) / 1000.0F;
}

void follow(Track& track, const Detection& detection, Millis pts) {
  track.leapt = std::max(iou(track.predicted(pts), detection.box), iou(track.box, detection.box)) < certain_iou;
  const float elapsed = seconds(pts - track.seen);
  if (elapsed > 0) {
    const Point from = track.box.centre();
    const Point to = detection.box.centre();
    track.velocity_x += velocity_gain * ((to.x - from.x) / elapsed - track.velocity_x);
    track.velocity_y += velocity_gain * ((to.y - from.y) / elapsed - track.velocity_y);
    track.growth += velocity_gain * ((detection.box.width - track.box.width) / elapsed - track.growth);
  }
  track.box = detection.box;
  track.detection = detection;
  track.seen = pts;
  track.misses = 0;
  track.updated = true;
  ++track.hits;
}

}  // namespace

Rect Track::predicted(Millis at) const {
  const float ahead = seconds(std::min(at - seen, longest_prediction));
  const float width = std::max(box.width * 0.5F, box.width + growth * ahead);
  const float height = box.height * width / std::max(1.0F, box.width);
  const Point c = box.centre();
  return {c.x + velocity_x * ahead - width / 2, c.y + velocity_y * ahead - height / 2, width, height};
}

double Tracker::overlap_cost(const Track& track, const Detection& detection, Millis pts) const {
  const double overlap = std::max(iou(track.predicted(pts), detection.box), iou(track.box, detection.box));
  return overlap >= options_.iou_threshold ? 1.0 - overlap : forbidden;
}

double Tracker::nearness_cost(const Track& track, const Detection& detection, Millis pts) {
  const Rect ahead = track.predicted(pts);
  const Rect& box = detection.box;
  const float apart = std::hypot(ahead.centre().x - box.centre().x, ahead.centre().y - box.centre().y);
  const float larger = std::max(ahead.width, box.width);
  const float smaller = std::max(1.0F, std::min(ahead.width, box.width));
  return apart <= nearness * larger && larger / smaller <= size_ratio ? apart / larger : forbidden;
}

void Tracker::pair(std::span<const Detection> detections, Millis pts, std::vector<char>& taken, const auto& eligible,
                   const auto& cost_of) {
  std::vector<std::size_t> rows;
  for (std::size_t t = 0; t < tracks_.size(); ++t)
    if (!tracks_[t].updated) rows.push_back(t);
  std::vector<std::size_t> columns;
  for (std::size_t d = 0; d < detections.size(); ++d)
    if (!taken[d] && eligible(detections[d])) columns.push_back(d);
  if (rows.empty() || columns.empty()) return;
  std::vector<double> cost(rows.size() * columns.size());
  for (std::size_t r = 0; r < rows.size(); ++r)
    for (std::size_t c = 0; c < columns.size(); ++c)
      cost[r * columns.size() + c] = cost_of(tracks_[rows[r]], detections[columns[c]]);
  const auto column_of = assign(cost, rows.size(), columns.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (column_of[r] < 0) continue;
    const auto c = static_cast<std::size_t>(column_of[r]);
    if (cost[r * columns.size() + c] >= forbidden) continue;
    follow(tracks_[rows[r]], detections[columns[c]], pts);
    taken[columns[c]] = 1;
  }
}

std::vector<Track> Tracker::update(std::span<const Detection> detections, Millis pts, bool looked) {
  for (auto& track : tracks_) track.updated = false;
  std::vector<char> taken(detections.size(), 0);
  const auto strong = [&](const Detection& detection) { return detection.score >= options_.start_score; };
  const auto any = [](const Detection&) { return true; };
  const auto by_overlap = [&](const Track& t, const Detection& d) { return overlap_cost(t, d, pts); };
  const auto by_nearness = [&](const Track& t, const Detection& d) { return nearness_cost(t, d, pts); };
  pair(detections, pts, taken, strong, by_overlap);
  pair(detections, pts, taken, any, by_overlap);
  pair(detections, pts, taken, any, by_nearness);

  std::vector<Track> ended;
  std::erase_if(tracks_, [&](Track& track) {
    if (track.updated) return false;
    if (looked) ++track.misses;
    if (track.misses <= options_.max_misses && pts - track.seen <= options_.timeout) return false;
    ended.push_back(track);
    return true;
  });
  for (std::size_t d = 0; d < detections.size(); ++d) {
    if (taken[d] || detections[d].score < options_.start_score) continue;
    Track track;
    track.id = next_id_++;
    track.box = detections[d].box;
    track.detection = detections[d];
    track.started = track.seen = pts;
    track.hits = 1;
    track.updated = true;
    tracks_.push_back(track);
  }
  return ended;
}

TrackId Tracker::split(TrackId id, Millis pts) {
  for (auto& track : tracks_) {
    if (track.id != id) continue;
    track.id = next_id_++;
    track.started = pts;
    track.hits = 1;
    return track.id;
  }
  return 0;
}

std::vector<Track> Tracker::end_all() {
  return std::exchange(tracks_, {});
}

}  // namespace hadir
