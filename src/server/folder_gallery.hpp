#pragma once
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/ports/face_models.hpp"
#include "core/ports/pictures.hpp"
#include "core/ports/repositories.hpp"
#include "core/recognition/gallery.hpp"
#include "core/uuid.hpp"

namespace hadir {

/// Who was enrolled from a folder of people.
struct FolderGallery {
  std::unordered_map<PersonId, std::string> names;
  std::vector<std::string> warnings;  ///< photos and people that were not taken, each with its reason
};

/// Enrols everybody of `folder`/<person name>/*.jpg|jpeg|png by the rules that hold for enrolment, in order of name,
/// and fills the gallery. Photos are kept in `pictures`. `not_found` when there is no such folder, `invalid_input` when
/// nobody in it could be enrolled.
Result<FolderGallery> enrol_folder(const std::filesystem::path& folder, FaceModels& models, Database& database,
                                   PictureStore& pictures, Gallery& gallery, const Clock& clock, UuidSource& uuids);

}  // namespace hadir
