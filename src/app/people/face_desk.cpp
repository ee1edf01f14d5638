#include "app/people/face_desk.hpp"

#include <algorithm>

namespace hadir {
namespace {

constexpr std::size_t most_matches = 10;

/// A face that is searched for is looked at more kindly than one that stands for somebody for years.
PhotoRules probe_rules(PhotoRules rules) {
  rules.min_face_px = 40;
  rules.min_blur_variance = 15;
  rules.max_yaw_deg = 65;
  return rules;
}

}  // namespace

struct FaceDesk::Models {
  Models(FaceModels made, const FaceDesk& desk)
      : face_models(std::move(made)),
        enrolment({.database = desk.parts_.database,
                   .pictures = desk.parts_.pictures,
                   .reader = desk.parts_.reader,
                   .models = face_models,
                   .clock = desk.parts_.clock,
                   .uuids = uuids},
                  desk.rules_) {}
  FaceModels face_models;
  RandomUuidSource uuids;
  EnrolPerson enrolment;
};

FaceDesk::FaceDesk(Parts parts, EnrolRules rules) : parts_(std::move(parts)), rules_(rules) {}
FaceDesk::~FaceDesk() = default;

Result<FaceDesk::Models*> FaceDesk::models() {
  if (!models_) {
    auto made = parts_.models.make();
    if (!made) return std::unexpected(made.error());
    models_ = std::make_unique<Models>(std::move(*made), *this);
  }
  return models_.get();
}

Result<EnrolOutcome> FaceDesk::enrol(const EnrolRequest& request, std::vector<PhotoRefusal>* refused) {
  auto outcome = [&]() -> Result<EnrolOutcome> {
    const std::scoped_lock lock(mutex_);
    const auto ready = models();
    if (!ready) return std::unexpected(ready.error());
    return (*ready)->enrolment.enrol(request, refused);
  }();
  if (outcome)
    if (const auto told = people_changed(); !told) return std::unexpected(told.error());
  return outcome;
}

Result<PhotoLook> FaceDesk::check(const EnrolPhoto& photo) {
  const std::scoped_lock lock(mutex_);
  const auto ready = models();
  if (!ready) return std::unexpected(ready.error());
  auto look = look_at_photo(parts_.reader, (*ready)->face_models, photo.bytes, rules_.photo);
  if (look && !look->fault) look->fault = pose_fault(look->pose, photo.pose);
  return look;
}

Result<std::variant<FaceSearch, PhotoRefusal>> FaceDesk::search(const FaceQuery& query) {
  Embedding probe;
  Calibration calibration;
  {
    const std::scoped_lock lock(mutex_);
    const auto ready = models();
    if (!ready) return std::unexpected(ready.error());
    auto& face_models = (*ready)->face_models;
    auto reading = read_photo_face(parts_.reader, face_models, query.photo, probe_rules(rules_.photo));
    if (!reading) return std::unexpected(reading.error());
    if (auto* refusal = std::get_if<PhotoRefusal>(&*reading)) return std::move(*refusal);
    probe = std::move(std::get<PhotoFace>(*reading).embedding);
    calibration = face_models.embedder->calibration();
  }
  const float threshold =
      rules_.recognition_threshold
          ? static_cast<float>(*rules_.recognition_threshold)
          : threshold_for(calibration, std::max<std::size_t>(1, parts_.gallery.person_count()), rules_.target_fpir);
  FaceSearch found;
  // Everybody, as those who may not be told of must not hide others; sorted by similarity, so it ends early.
  const auto alike = parts_.gallery.search(probe, query.may_be_told ? parts_.gallery.person_count() : most_matches);
  for (const PersonMatch& match : alike) {
    const float confidence = confidence_of(calibration, match.similarity);
    if (confidence < static_cast<float>(query.least_confidence) || found.matches.size() == most_matches) break;
    auto person = parts_.database.persons().get(match.person);
    if (!person && person.error().kind == ErrorKind::not_found) continue;  // erased a moment ago
    if (!person) return std::unexpected(person.error());
    if (query.may_be_told && !query.may_be_told(*person)) continue;
    found.recognised = found.recognised || (found.matches.empty() && match.similarity >= threshold);
    found.matches.push_back({std::move(*person), match.similarity, confidence});
  }
  return found;
}

}  // namespace hadir
