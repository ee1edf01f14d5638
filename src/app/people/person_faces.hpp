#pragma once
#include <functional>
#include <vector>

#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"

namespace hadir {

/// A kept photo of a person, and what was made of it.
struct PersonPhoto {
  PersonImage image;  ///< of photos from before images were recorded: the id of a template, without size and face
  std::vector<FaceTemplate> templates;  ///< of any model
};

/// The primary one first, then by creation. Templates without a photo (imported ones) belong to none.
Result<std::vector<PersonPhoto>> photos_of(Database& database, const PersonId& person);

/// What went with a photo or template.
struct FaceRemoval {
  std::vector<TemplateId> templates;
  std::vector<std::string> photos;
  bool photo_left = false;  ///< its file could not be removed: housekeeping does it later
};

/// Runs in the transaction of the removal. May be empty.
using AlongWithRemoval = std::function<Status(const FaceRemoval&)>;

/// Removes a template with the photo it was made from (else the next change of models would make it again) and the
/// other templates of that photo. `not_found` when the person has no such template.
Result<FaceRemoval> remove_template(Database& database, PictureStore& pictures, const PersonId& person,
                                    const TemplateId& id, Instant now, const AlongWithRemoval& along = {});

/// Removes a photo and the templates made from it. `not_found` when the person has no such photo.
Result<FaceRemoval> remove_photo(Database& database, PictureStore& pictures, const PersonId& person,
                                 const PersonImageId& id, Instant now, const AlongWithRemoval& along = {});

}  // namespace hadir
