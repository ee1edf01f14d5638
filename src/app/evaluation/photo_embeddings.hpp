#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/ports/face_models.hpp"
#include "core/ports/pictures.hpp"

namespace hadir {

/// A named photo in whose middle no face is found.
enum class MissedFace {
  fails,         ///< has no embedding, or that of the face nearest to the middle
  is_in_middle,  ///< is taken from the middle all the same (`landmarks_in_middle`)
};

struct PhotoEmbedding {
  Embedding embedding;
  bool from_middle = false;  ///< by `MissedFace::is_in_middle`, not from a face that was found
};

/// The embedding of each photo's central face, or why there is none.
using PhotoEmbeddings = std::map<std::string, Result<PhotoEmbedding>>;

/// Reads, detects, aligns and embeds each different file of `files` (paths relative to `folder`) on `threads` threads,
/// each with a set of models of its own. The error is that of making the models; what is wrong with one photo is in its
/// entry.
Result<PhotoEmbeddings> embed_photos(FaceModelFactory& models, const PhotoReader& reader,
                                     const std::filesystem::path& folder, std::span<const std::string> files,
                                     MissedFace missed, unsigned threads);

}  // namespace hadir
