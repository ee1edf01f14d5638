#include "pipeline/camera_analysis.hpp"

#include <algorithm>

#include "core/tracking/quality.hpp"
#include "pipeline/crop.hpp"

namespace hadir {
namespace {

constexpr double crop_factor = 1.9;  // a face's picture shows this much around it
constexpr int crop_max_width = 320;
constexpr int crop_quality = 85;
constexpr Millis picture_interval{1000};     // a track's recent picture is at most this old
constexpr Millis last_sighting_after{1000};  // an ended track tells when it was last seen if that is news
constexpr double refine_factor = 2.0;        // a face is located again inside its box widened so much ...
constexpr int hits_before_look = 2;          // what flickers up once is rarely a face
constexpr Size refine_input{160, 160};       // ... at this network input
constexpr float same_face_iou = 0.3F;

Tracker::Options tracker_options(const AnalysisSettings& settings) {
  return {settings.tracker_iou_threshold, settings.tracker_max_misses,
          Millis{static_cast<long long>(settings.tracking_timeout * 1000)}, settings.detection_score};
}

Detection scaled(const Detection& detection, double sx, double sy) {
  const auto fx = static_cast<float>(sx);
  const auto fy = static_cast<float>(sy);
  Detection result = detection;
  result.box = {detection.box.x * fx, detection.box.y * fy, detection.box.width * fx, detection.box.height * fy};
  for (auto& point : result.landmarks) point = {point.x * fx, point.y * fy};
  return result;
}

}  // namespace

CameraAnalysis::CameraAnalysis(CameraId camera, AnalysisSettings settings, const AnalysisContext& context,
                               std::unique_ptr<UuidSource> ids)
    : camera_(std::move(camera)),
      settings_(std::move(settings)),
      context_(context),
      ids_(std::move(ids)),
      tracker_(tracker_options(settings_)) {}

Result<std::vector<SightingFact>> CameraAnalysis::analyse(const Frame& frame, FaceModels& models,
                                                          const std::optional<Frame>& detail) {
  std::vector<SightingFact> facts;
  calibration_ = models.embedder->calibration();
  if (last_pts_ && frame.pts < *last_pts_) facts = finish();  // the stream began anew
  last_pts_ = frame.pts;

  MotionGate::Motion motion;
  {
    StageTimer timer(context_.meter, Stage::motion);
    motion = motion_.update(frame);
  }
  if (motion.scene_cut)
    for (const auto& track : tracker_.end_all()) close(track, facts);
  if (auto status = detect_and_track(frame, models, motion, facts); !status) return std::unexpected(status.error());
  const Frame& shown = detail && !detail->empty() ? *detail : frame;
  auto looks = choose_looks(frame, shown, models);
  if (auto status = take_looks(std::move(looks), frame, models, facts); !status) return std::unexpected(status.error());
  emit_due(frame, facts);
  context_.meter.count(Stage::emit, facts.size(), facts.size());
  return facts;
}

Result<std::vector<Detection>> CameraAnalysis::detect(const DetectionPlan& plan, const Frame& frame,
                                                      FaceModels& models) {
  StageTimer timer(context_.meter, Stage::detect);
  std::vector<Detection> all;
  for (const auto& run : plan.runs) {
    auto found = models.detector->detect(frame, run.input, run.region);
    if (!found) return found;
    for (const auto& detection : *found) {
      // Surroundings overlap: the same face may be found in two of them.
      const auto same = [&](const Detection& other) { return iou(other.box, detection.box) > same_face_iou; };
      if (plan.runs.size() == 1 || std::ranges::none_of(all, same)) all.push_back(detection);
    }
  }
  context_.meter.count(Stage::detect, plan.runs.size(), all.size());
  return all;
}

Status CameraAnalysis::detect_and_track(const Frame& frame, FaceModels& models, const MotionGate::Motion& motion,
                                        std::vector<SightingFact>& facts) {
  const auto plan = planner_.plan(motion, tracker_.tracks(), frame.pts, frame.size(), settings_);
  context_.meter.count(Stage::motion, 1, plan ? 1 : 0, plan ? 0 : 1);
  std::vector<Detection> detections;
  if (plan) {
    auto found = detect(*plan, frame, models);
    if (!found) return std::unexpected(found.error());
    detections = std::move(*found);
  }
  StageTimer timer(context_.meter, Stage::track);
  for (const auto& track : tracker_.update(detections, frame.pts, plan.has_value())) close(track, facts);
  context_.meter.count(Stage::track, detections.size(), tracker_.tracks().size());
  return {};
}

void CameraAnalysis::note_seen(const Track& track, const Frame& frame, const Frame& detail) {
  auto& followed = followed_[track.id];
  auto& seen = followed.last_seen;
  seen.camera = camera_;
  seen.track = track.id;
  seen.at = frame.captured_at;
  seen.pts = frame.pts;
  seen.box = track.box;
  seen.frame = frame.size();
  if (followed.picture_at && frame.pts - *followed.picture_at < picture_interval) return;
  const double sx = static_cast<double>(detail.width) / frame.width;
  const double sy = static_cast<double>(detail.height) / frame.height;
  followed.picture =
      copy_region(detail, with_surroundings(scaled(track.detection, sx, sy).box, crop_factor, detail.size()));
  followed.picture_at = frame.pts;
  followed.picture_quality = 0;
}

std::vector<CameraAnalysis::Look> CameraAnalysis::choose_looks(const Frame& frame, const Frame& detail,
                                                               FaceModels& models) {
  std::vector<Look> looks;
  for (const auto& track : tracker_.tracks()) {
    if (!track.updated) continue;
    note_seen(track, frame, detail);
    if (track.leapt) followed_[track.id].schedule.doubt();
    if (track.hits < hits_before_look) continue;
    if (auto look = prepare_look(track, followed_[track.id], frame, detail, models)) looks.push_back(std::move(*look));
  }
  return looks;
}

std::optional<Detection> CameraAnalysis::refine(const Detection& face, const Frame& detail, FaceModels& models) {
  const auto again =
      models.detector->detect(detail, refine_input, with_surroundings(face.box, refine_factor, detail.size()));
  if (!again) return std::nullopt;
  const Detection* nearest = nullptr;
  for (const auto& candidate : *again)
    if (iou(candidate.box, face.box) >= same_face_iou &&
        (nearest == nullptr || iou(candidate.box, face.box) > iou(nearest->box, face.box)))
      nearest = &candidate;
  return nearest == nullptr ? std::nullopt : std::optional(*nearest);
}

std::optional<CameraAnalysis::Look> CameraAnalysis::prepare_look(const Track& track, Followed& followed,
                                                                 const Frame& frame, const Frame& detail,
                                                                 FaceModels& models) {
  const double sx = static_cast<double>(detail.width) / frame.width;
  const double sy = static_cast<double>(detail.height) / frame.height;
  Detection face = scaled(track.detection, sx, sy);
  // Cheap refusals first: nothing is aligned that could not vote, or whose vote would change nothing.
  if (early_fault(face, detail.size(), settings_)) {
    context_.meter.count(Stage::quality, 1, 0, 1);
    return std::nullopt;
  }
  FaceQuality hopeful;
  hopeful.width_px = face.box.width;
  hopeful.blur_variance = 1e6;
  hopeful.score = 1;
  if (!followed.schedule.due(frame.pts, vote_weight(hopeful), settings_)) return std::nullopt;

  StageTimer timer(context_.meter, Stage::quality);
  auto aligned = models.embedder->align(detail, face.landmarks);
  if (!aligned) return std::nullopt;
  const auto quality = measure_quality(*aligned, face, detail.size());
  const double weight = vote_weight(quality);
  const bool refused = fault_of(quality, settings_).has_value();
  if (refused) followed.schedule.refused(frame.pts);
  const bool wanted = !refused && followed.schedule.due(frame.pts, weight, settings_);
  context_.meter.count(Stage::quality, 1, wanted ? 1 : 0, wanted ? 0 : 1);
  if (!wanted) return std::nullopt;
  if (auto again = refine(face, detail, models)) {
    face = *again;
    aligned = models.embedder->align(detail, face.landmarks);
    if (!aligned) return std::nullopt;
  }
  if (weight > followed.picture_quality) {
    followed.picture = copy_region(detail, with_surroundings(face.box, crop_factor, detail.size()));
    followed.picture_quality = weight;
    followed.picture_at = frame.pts;
  }
  if (settings_.liveness && models.liveness) {
    StageTimer liveness_timer(context_.meter, Stage::liveness);
    if (const auto live = models.liveness->live_probability(detail, face.box)) {
      followed.liveness_sum += *live;
      ++followed.liveness_count;
    }
    context_.meter.count(Stage::liveness, 1, 1);
  }
  return Look{track.id, std::move(*aligned), weight};
}

Status CameraAnalysis::take_looks(std::vector<Look> looks, const Frame& frame, FaceModels& models,
                                  std::vector<SightingFact>& facts) {
  if (looks.empty()) return {};
  std::vector<AlignedFace> faces;
  faces.reserve(looks.size());
  for (auto& look : looks) faces.push_back(std::move(look.face));
  std::vector<Embedding> embeddings;
  {
    StageTimer timer(context_.meter, Stage::embed);
    auto made = models.embedder->embed(faces);
    if (!made) return std::unexpected(made.error());
    embeddings = std::move(*made);
    context_.meter.count(Stage::embed, faces.size(), embeddings.size());
  }
  StageTimer timer(context_.meter, Stage::match);
  for (std::size_t i = 0; i < looks.size(); ++i) {
    auto& followed = followed_[looks[i].track];
    const auto weight = static_cast<float>(looks[i].weight);
    const auto before = followed;
    followed.identity.add(embeddings[i], weight, context_.gallery, calibration_, settings_);
    if (followed.identity.jumped()) {
      // The tracker slid onto another face: the old track ends here, the face goes on as a new one.
      Track old;
      old.id = looks[i].track;
      followed_[old.id] = before;
      const TrackId id = tracker_.split(old.id, frame.pts);
      Followed fresh;
      fresh.last_seen = before.last_seen;
      fresh.last_seen.track = id;
      fresh.picture = before.picture;
      fresh.identity.add(embeddings[i], weight, context_.gallery, calibration_, settings_);
      fresh.schedule.taken(frame.pts, looks[i].weight, fresh.identity, settings_);
      close(old, facts);
      followed_[id] = std::move(fresh);
      continue;
    }
    followed.schedule.taken(frame.pts, looks[i].weight, followed.identity, settings_);
  }
  context_.meter.count(Stage::match, looks.size(), looks.size());
  return {};
}

SightingFact CameraAnalysis::make_fact(Followed& followed) {
  const auto& decision = followed.identity.decision();
  SightingFact fact;
  fact.sighting = followed.last_seen;
  fact.sighting.id = SightingId(ids_->next(followed.last_seen.at));
  fact.sighting.person = decision.person;
  fact.sighting.confidence = decision.confidence;
  fact.sighting.similarity = decision.similarity;
  if (followed.liveness_count > 0)
    fact.sighting.liveness = followed.liveness_sum / static_cast<float>(followed.liveness_count);
  followed.last_emitted = followed.last_seen.pts;
  if (!followed.picture.empty()) {
    StageTimer timer(context_.meter, Stage::emit);
    if (auto jpeg = context_.jpeg.encode(followed.picture, {std::nullopt, crop_max_width, crop_quality}))
      fact.picture = std::move(*jpeg);
  }
  return fact;
}

void CameraAnalysis::emit_due(const Frame& frame, std::vector<SightingFact>& facts) {
  const Millis interval{static_cast<long long>(settings_.event_min_interval_sec * 1000)};
  for (const auto& track : tracker_.tracks()) {
    if (!track.updated) continue;
    auto& followed = followed_[track.id];
    if (followed.schedule.doubted()) continue;
    const auto verdict = followed.identity.decision().verdict;
    if (verdict == Verdict::known) {
      const bool news = !followed.was_known;
      followed.was_known = true;
      if (news || !followed.last_emitted || frame.pts - *followed.last_emitted >= interval)
        facts.push_back(make_fact(followed));
    } else if (verdict == Verdict::unknown && !followed.unknown_emitted && !followed.was_known) {
      followed.unknown_emitted = true;
      facts.push_back(make_fact(followed));
    }
  }
}

void CameraAnalysis::close(const Track& track, std::vector<SightingFact>& facts) {
  const auto found = followed_.find(track.id);
  if (found == followed_.end()) return;
  auto& followed = found->second;
  const auto verdict = followed.identity.decision().verdict;
  const bool looked_at = followed.identity.looks() > 0;
  if (verdict == Verdict::known) {
    if (!followed.last_emitted || followed.last_seen.pts - *followed.last_emitted >= last_sighting_after)
      facts.push_back(make_fact(followed));
  } else if (looked_at && !followed.was_known) {
    ++unknown_tracks_;
    if (!followed.unknown_emitted) facts.push_back(make_fact(followed));
  }
  followed_.erase(found);
}

std::vector<SightingFact> CameraAnalysis::finish() {
  std::vector<SightingFact> facts;
  for (const auto& track : tracker_.end_all()) close(track, facts);
  followed_.clear();
  last_pts_.reset();
  return facts;
}

std::vector<Overlay> CameraAnalysis::overlays() const {
  std::vector<Overlay> overlays;
  for (const auto& track : tracker_.tracks()) {
    Overlay overlay;
    overlay.track = track.id;
    overlay.box = track.box;
    if (const auto found = followed_.find(track.id); found != followed_.end()) {
      const auto& decision = found->second.identity.decision();
      overlay.confidence = decision.confidence;
      if (decision.verdict == Verdict::known) {
        overlay.kind = OverlayKind::known;
        overlay.person = decision.person;
        overlay.label = context_.name_of(*decision.person);
      } else if (decision.verdict == Verdict::unknown) {
        overlay.kind = OverlayKind::unknown;
        overlay.label = "Unknown";
      }
    }
    overlays.push_back(std::move(overlay));
  }
  return overlays;
}

}  // namespace hadir
