#pragma once
#include <functional>
#include <memory>
#include <variant>

#include "app/people/enrol_person.hpp"

namespace hadir {

/// Somebody a face looks like.
struct FaceMatch {
  Person person;
  float similarity = 0;
  float confidence = 0;  ///< 0..1
};

struct FaceSearch {
  std::vector<FaceMatch> matches;  ///< most alike first, those at least as sure as was asked for
  bool recognised = false;         ///< the first one is as alike as a camera's decision needs
};

struct FaceQuery {
  Bytes photo;
  double least_confidence = 0.6;                     ///< 0..1
  std::function<bool(const Person&)> may_be_told{};  ///< empty: of everybody
};

/// Enrols from photos, checks them and searches by them, for a server that runs: with one set of models, made at the
/// first call, one call at a time. What runs learns of a change before the call returns. Safe from any thread.
class FaceDesk {
 public:
  struct Parts {
    Database& database;
    PictureStore& pictures;
    const PhotoReader& reader;
    FaceModelFactory& models;
    const Gallery& gallery;
    const Clock& clock;
    /// Makes what runs look at the people anew; may be empty.
    std::function<Status()> people_changed{};
  };
  FaceDesk(Parts parts, EnrolRules rules);
  ~FaceDesk();

  /// As EnrolPerson::enrol; `unavailable` when the models can't be loaded.
  Result<EnrolOutcome> enrol(const EnrolRequest& request, std::vector<PhotoRefusal>* refused = nullptr);
  /// What enrolling would say of the photo by itself. It is compared with nobody and not kept.
  Result<PhotoLook> check(const EnrolPhoto& photo);
  /// A photo without a usable face is answered by why. Only the active people of the running gallery are found.
  Result<std::variant<FaceSearch, PhotoRefusal>> search(const FaceQuery& query);
  /// To be called after people were added, changed or erased.
  Status people_changed() const { return parts_.people_changed ? parts_.people_changed() : Status{}; }

 private:
  struct Models;
  Result<Models*> models();

  Parts parts_;
  const EnrolRules rules_;
  std::mutex mutex_;
  std::unique_ptr<Models> models_;  ///< under mutex_
};

}  // namespace hadir
