#include "app/people/enrol_person.hpp"

#include <algorithm>
#include <format>
#include <set>

#include "app/facts/picture_paths.hpp"
#include "app/people/employee_code.hpp"
#include "core/recognition/outliers.hpp"

namespace hadir {
namespace {

/// By what the bytes begin with, so that the kept file opens by a double click.
const char* extension_of(std::span<const std::uint8_t> bytes) {
  const std::string_view head(reinterpret_cast<const char*>(bytes.data()), std::min<std::size_t>(bytes.size(), 12));
  if (head.starts_with("\x89PNG")) return "png";
  if (head.starts_with("BM")) return "bmp";
  if (head.starts_with("RIFF") && head.ends_with("WEBP")) return "webp";
  return "jpg";
}

std::string joined(const std::vector<PhotoRefusal>& refused) {
  std::string text;
  for (const auto& refusal : refused)
    text += std::format("{}{}: {}", text.empty() ? "" : "; ", refusal.photo, refusal.reason);
  return text;
}

}  // namespace

struct EnrolPerson::Attempt {
  Person person;
  std::vector<FaceTemplate> before;  ///< the person's templates of this model
  std::vector<std::string> photos_before;
  std::vector<Candidate> candidates;
  std::vector<PhotoRefusal> refused;
  std::vector<FaceTemplate> templates;

  void refuse(std::size_t candidate, PhotoFault fault, std::string reason) {
    refused.push_back({candidates[candidate].photo->name, fault, std::move(reason)});
    candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(candidate));
  }
};

Result<EnrolOutcome> EnrolPerson::enrol(const EnrolRequest& request, std::vector<PhotoRefusal>* refused) {
  const std::scoped_lock lock(mutex_);
  if (request.photos.empty()) return fail(ErrorKind::invalid_input, "enrolling needs at least one photo");
  auto person = person_for(request);
  if (!person) return std::unexpected(person.error());
  Attempt attempt;
  attempt.person = std::move(*person);
  if (auto read = read_photos(request, attempt); !read) return std::unexpected(read.error());
  if (auto compared = refuse_somebody_else(attempt); !compared) return std::unexpected(compared.error());
  refuse_unlike_the_others(attempt);
  if (refused != nullptr) *refused = attempt.refused;
  if (attempt.candidates.empty()) {
    const bool all_taken = std::ranges::all_of(
        attempt.refused, [](const PhotoRefusal& refusal) { return refusal.fault == PhotoFault::somebody_else; });
    return fail(all_taken ? ErrorKind::conflict : ErrorKind::invalid_input,
                std::format("{} cannot be enrolled: {}", attempt.person.name, joined(attempt.refused)));
  }
  auto kept = keep_photos(request, attempt);
  if (kept) kept = store(request, attempt);
  if (!kept) {
    for (const auto& face : attempt.templates) static_cast<void>(context_.pictures.remove(face.photo));
    return std::unexpected(kept.error());
  }
  if (auto told = tell_gallery(attempt.person.id); !told) return std::unexpected(told.error());
  return EnrolOutcome{std::move(attempt.person), std::move(attempt.templates), std::move(attempt.refused)};
}

Result<Person> EnrolPerson::person_for(const EnrolRequest& request) {
  if (request.person) return context_.database.persons().get(*request.person);
  if (request.name.empty()) return fail(ErrorKind::invalid_input, "enrolling needs a name");
  const auto now = context_.clock.now();
  Person person;
  person.id = PersonId(context_.uuids.next(now));
  person.name = request.name;
  person.employee_code = request.employee_code;
  person.department = request.department;
  person.role = request.role;
  person.email = request.email;
  person.phone = request.phone;
  person.type = request.type;
  person.created_at = now;
  person.updated_at = now;
  if (person.employee_code.empty()) {
    auto code = next_employee_code(context_.database);
    if (!code) return std::unexpected(code.error());
    person.employee_code = std::move(*code);
  } else {
    const auto taken = context_.database.persons().find_by_code(person.employee_code);
    if (!taken) return std::unexpected(taken.error());
    if (*taken)
      return fail(ErrorKind::conflict,
                  std::format("employee_code {} belongs to {}", person.employee_code, (*taken)->name));
  }
  return person;
}

Status EnrolPerson::read_photos(const EnrolRequest& request, Attempt& attempt) {
  if (request.person) {
    auto before = context_.database.templates().of_person(*request.person);
    if (!before) return std::unexpected(before.error());
    for (auto& face : *before) {
      attempt.photos_before.push_back(face.photo);
      if (face.model == context_.models.embedder->model()) attempt.before.push_back(std::move(face));
    }
  }
  for (const auto& photo : request.photos) {
    auto reading = read_photo_face(context_.reader, context_.models, photo.bytes, rules_.photo);
    if (!reading) return std::unexpected(reading.error());
    if (auto* refusal = std::get_if<PhotoRefusal>(&*reading)) {
      refusal->photo = photo.name;
      attempt.refused.push_back(std::move(*refusal));
    } else if (auto turned = pose_fault(std::get<PhotoFace>(*reading).pose, photo.pose)) {
      turned->photo = photo.name;
      attempt.refused.push_back(std::move(*turned));
    } else {
      attempt.candidates.push_back({&photo, std::move(std::get<PhotoFace>(*reading))});
    }
  }
  return {};
}

/// Compares with everybody else who is enrolled.
Status EnrolPerson::refuse_somebody_else(Attempt& attempt) {
  const auto& embedder = *context_.models.embedder;
  const auto enrolled = context_.database.templates().of_model(embedder.model());
  if (!enrolled) return std::unexpected(enrolled.error());
  std::set<PersonId> people;
  for (const auto& face : *enrolled) people.insert(face.person);
  const auto& calibration = embedder.calibration();
  const float threshold = rules_.recognition_threshold
                              ? static_cast<float>(*rules_.recognition_threshold)
                              : threshold_for(calibration, std::max<std::size_t>(1, people.size()), rules_.target_fpir);
  for (std::size_t i = attempt.candidates.size(); i-- > 0;) {
    const FaceTemplate* closest = nullptr;
    float most = threshold;
    for (const auto& face : *enrolled) {
      if (face.person == attempt.person.id) continue;
      const float alike = similarity(calibration.metric, attempt.candidates[i].face.embedding, face.embedding);
      if (alike < most) continue;
      most = alike;
      closest = &face;
    }
    if (closest == nullptr) continue;
    const auto other = context_.database.persons().get(closest->person);
    if (!other) return std::unexpected(other.error());
    attempt.refuse(i, PhotoFault::somebody_else,
                   std::format("it looks like {} ({}), who is enrolled already", other->name, other->employee_code));
  }
  return {};
}

void EnrolPerson::refuse_unlike_the_others(Attempt& attempt) {
  const auto& calibration = context_.models.embedder->calibration();
  const float near = rules_.repeated_distance;
  const float repeated_similarity = calibration.metric == Metric::cosine ? 1 - near * near / 2 : 1 - near;
  std::vector<Embedding> known;
  for (const auto& face : attempt.before) known.push_back(face.embedding);
  for (std::size_t i = 0; i < attempt.candidates.size();) {
    const auto& embedding = attempt.candidates[i].face.embedding;
    const bool repeated = std::ranges::any_of(known, [&](const Embedding& other) {
      return similarity(calibration.metric, embedding, other) > repeated_similarity;
    });
    if (repeated) {
      attempt.refuse(i, PhotoFault::repeated, "the same photo is enrolled already");
      continue;
    }
    known.push_back(embedding);
    ++i;
  }
  const float threshold = threshold_for(calibration, 1, rules_.same_person_fmr);
  const auto out = outliers(calibration.metric, known, threshold, attempt.before.size());
  for (auto outlier = out.rbegin(); outlier != out.rend(); ++outlier)
    attempt.refuse(*outlier - attempt.before.size(), PhotoFault::unlike_the_others,
                   "it does not look like the person on the other photos");
}

Status EnrolPerson::keep_photos(const EnrolRequest& request, Attempt& attempt) {
  const auto folder = face_image_folder(attempt.person.employee_code);
  std::set<std::string> stems;
  for (const auto& photo : attempt.photos_before) stems.insert(photo.substr(0, photo.rfind('.')));
  unsigned number = 0;
  for (const auto& candidate : attempt.candidates) {
    std::string stem;
    do stem = std::format("{}/{:03}", folder, ++number);
    while (stems.contains(stem));
    const auto now = context_.clock.now();
    FaceTemplate face{.id = TemplateId(context_.uuids.next(now)),
                      .person = attempt.person.id,
                      .model = context_.models.embedder->model(),
                      .embedding = candidate.face.embedding,
                      .pose = candidate.face.pose,
                      .quality = static_cast<float>(vote_weight(candidate.face.quality)),
                      .source = request.source,
                      .photo = std::format("{}.{}", stem, extension_of(candidate.photo->bytes)),
                      .created_at = now};
    if (auto put = context_.pictures.put(face.photo, candidate.photo->bytes); !put) return put;
    attempt.templates.push_back(std::move(face));
  }
  return {};
}

Status EnrolPerson::store(const EnrolRequest& request, Attempt& attempt) {
  return context_.database.in_transaction([&]() -> Status {
    Status stored = store_person(request, attempt);
    if (stored) stored = store_faces(request, attempt);
    if (stored && request.along) stored = request.along(attempt.person, attempt.templates);
    return stored;
  });
}

/// A change of somebody's faces shows in their time of change, too: that is how programs that run learn of it.
Status EnrolPerson::store_person(const EnrolRequest& request, Attempt& attempt) {
  if (!request.person) return context_.database.persons().add(attempt.person);
  auto current = context_.database.persons().get(*request.person);
  if (!current) return std::unexpected(current.error());
  attempt.person = std::move(*current);
  attempt.person.updated_at = std::max(context_.clock.now(), attempt.person.updated_at + Millis{1});
  return context_.database.persons().update(attempt.person);
}

Status EnrolPerson::store_faces(const EnrolRequest& request, Attempt& attempt) {
  const bool primary = request.primary || attempt.photos_before.empty();
  if (primary) {
    std::vector<FaceTemplate> demoted;
    for (const auto& face : attempt.before)
      if (face.is_primary) demoted.push_back(face);
    for (auto& face : demoted) {
      if (auto removed = context_.database.templates().remove(face.id); !removed) return removed;
      face.is_primary = false;
    }
    if (auto added = context_.database.templates().add(demoted); !added) return added;
    attempt.templates.front().is_primary = true;
  }
  if (auto added = context_.database.templates().add(attempt.templates); !added) return added;
  for (std::size_t i = 0; i < attempt.templates.size(); ++i) {
    const auto& face = attempt.templates[i];
    const PersonImage image{.id = PersonImageId(context_.uuids.next(face.created_at)),
                            .person = face.person,
                            .path = face.photo,
                            .size = static_cast<std::int64_t>(attempt.candidates[i].photo->bytes.size()),
                            .is_primary = primary && i == 0,
                            .quality = face.quality,
                            .face = attempt.candidates[i].face.box,
                            .created_at = face.created_at};
    if (auto added = context_.database.images().add(image); !added) return added;
  }
  return {};
}

Status EnrolPerson::tell_gallery(const PersonId& person) {
  if (context_.gallery == nullptr) return {};
  auto all = context_.database.templates().of_person(person);
  if (!all) return std::unexpected(all.error());
  std::vector<Embedding> embeddings;
  for (auto& face : *all)
    if (face.model == context_.models.embedder->model()) embeddings.push_back(std::move(face.embedding));
  return context_.gallery->set_person(person, std::move(embeddings));
}

}  // namespace hadir
