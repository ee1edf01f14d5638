#pragma once
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/people/photo_face.hpp"
#include "core/ports/repositories.hpp"
#include "core/recognition/gallery.hpp"
#include "core/uuid.hpp"

namespace hadir {

struct EnrolRules {
  PhotoRules photo;
  double target_fpir = 0.003;                   ///< for "already enrolled as somebody else"
  std::optional<double> recognition_threshold;  ///< similarity; empty: from the gallery's size and `target_fpir`
  double same_person_fmr = 1e-3;                ///< for "does not look like the other photos"
  /// A photo nearer to another than this is one that is there already: the Euclidean distance of the embeddings, for
  /// cosine packs of those scaled to length 1 (a similarity of 0.995).
  float repeated_distance = 0.1F;
};

struct EnrolPhoto {
  std::string name;    ///< as the user knows it; for messages
  Bytes bytes;         ///< the file
  std::string pose{};  ///< which it is to show: "front", "left" or "right"; empty: any
};

struct EnrolRequest {
  /// Give these photos to somebody who is there already; the other fields are not looked at then.
  std::optional<PersonId> person;
  std::string name;
  std::string employee_code;  ///< empty: the next free of E0001, E0002, …
  std::string department;
  std::string role;
  std::string email;
  std::string phone;
  PersonType type = PersonType::employee;
  std::string source = "photo";  ///< "photo", "webcam" or "import"
  std::vector<EnrolPhoto> photos;
  /// The first new template and photo become the person's primary ones. Those of somebody without any do in any case.
  bool primary = false;
  /// Runs in the transaction that stores it all: its failure undoes it. May be empty.
  std::function<Status(const Person& person, std::span<const FaceTemplate> templates)> along{};
};

struct EnrolOutcome {
  Person person;
  std::vector<FaceTemplate> templates;  ///< the new ones, one an accepted photo, in the photos' order
  std::vector<PhotoRefusal> refused;
};

/// What enrolling needs of the rest. `gallery` may be nullptr: then nothing that runs is told.
struct EnrolContext {
  Database& database;
  PictureStore& pictures;
  const PhotoReader& reader;
  FaceModels& models;
  const Clock& clock;
  UuidSource& uuids;
  Gallery* gallery = nullptr;
};

/// Enrols people from photos. A photo is refused, with its reason, when it is no picture, has no face or several, a
/// face too small, dark, bright, blurred or turned away, one that looks like somebody else who is enrolled, or unlike
/// the person's other photos. Accepted photos are kept as they came under face_images/<employee code>/NNN.jpg. Safe
/// from any thread; calls run one after the other.
class EnrolPerson {
 public:
  EnrolPerson(EnrolContext context, EnrolRules rules) : context_(context), rules_(rules) {}

  /// With at least one accepted photo the person is there, whole; otherwise nothing changed and the error names each
  /// photo with its reason: `conflict` when all look like somebody else, or for an employee_code that is taken;
  /// `invalid_input` otherwise. `not_found` for an unknown `person`.
  /// `refused`: where given, gets the photos that were not taken also when none was.
  Result<EnrolOutcome> enrol(const EnrolRequest& request, std::vector<PhotoRefusal>* refused = nullptr);

 private:
  struct Candidate {
    const EnrolPhoto* photo;
    PhotoFace face;
  };
  struct Attempt;

  Result<Person> person_for(const EnrolRequest& request);
  Status read_photos(const EnrolRequest& request, Attempt& attempt);
  Status refuse_somebody_else(Attempt& attempt);
  void refuse_unlike_the_others(Attempt& attempt);
  Status keep_photos(const EnrolRequest& request, Attempt& attempt);
  Status store(const EnrolRequest& request, Attempt& attempt);
  Status store_person(const EnrolRequest& request, Attempt& attempt);
  Status store_faces(const EnrolRequest& request, Attempt& attempt);
  Status tell_gallery(const PersonId& person);

  EnrolContext context_;
  const EnrolRules rules_;
  std::mutex mutex_;
};

}  // namespace hadir
