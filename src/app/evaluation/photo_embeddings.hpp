#pragma once
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/ports/face_models.hpp"
#include "core/ports/pictures.hpp"

namespace hadir {

/// The embedding of each photo's central face, or why there is none.
using PhotoEmbeddings = std::map<std::string, Result<Embedding>>;

/// Reads, detects, aligns and embeds each different file of `files` (paths relative to `folder`) on `threads` threads,
/// each with a set of models of its own. The error is that of making the models; what is wrong with one photo is in its
/// entry.
Result<PhotoEmbeddings> embed_photos(FaceModelFactory& models, const PhotoReader& reader,
                                     const std::filesystem::path& folder, std::span<const std::string> files,
                                     unsigned threads);

}  // namespace hadir
