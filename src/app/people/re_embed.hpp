#pragma once
#include <cstddef>
#include <vector>

#include "app/people/photo_face.hpp"
#include "core/ports/repositories.hpp"
#include "core/uuid.hpp"

namespace hadir {

struct ReEmbedOutcome {
  std::size_t people = 0;            ///< who have at least one template of the new model now
  std::size_t added = 0;             ///< templates made
  std::size_t present = 0;           ///< photos that had one already
  std::vector<PhotoRefusal> failed;  ///< photos that could not be used
  std::vector<PersonId> without;     ///< people left without a template of the new model
};

/// Makes templates of the models' own model from the photos kept of everybody, so that another pack can be used. What
/// is there already stays; templates of other models stay, too. Errors are the database's and the models'.
Result<ReEmbedOutcome> re_embed_all(Database& database, const PictureStore& pictures, const PhotoReader& reader,
                                    FaceModels& models, const Clock& clock, UuidSource& uuids, const PhotoRules& rules);

}  // namespace hadir
