#include "app/evaluation/photo_embeddings.hpp"

#include <atomic>
#include <format>
#include <set>
#include <thread>

#include "app/evaluation/photo_faces.hpp"

namespace hadir {
namespace {

Result<PhotoEmbedding> embed_photo(FaceModels& models, const PhotoReader& reader, const std::filesystem::path& file,
                                   MissedFace missed) {
  const auto photo = reader.read(file);
  if (!photo) return std::unexpected(photo.error());
  const auto faces = find_photo_faces(*models.detector, *photo);
  if (!faces) return std::unexpected(faces.error());
  const Detection* face = central_face(*faces, photo->size());
  const bool from_middle =
      missed == MissedFace::is_in_middle && (face == nullptr || !covers_middle(face->box, photo->size()));
  if (face == nullptr && !from_middle)
    return fail(ErrorKind::invalid_input, std::format("{}: no face found", file.string()));
  const auto aligned =
      models.embedder->align(*photo, from_middle ? landmarks_in_middle(photo->size()) : face->landmarks);
  if (!aligned) return std::unexpected(aligned.error());
  auto embeddings = models.embedder->embed(std::span(&*aligned, 1));
  if (!embeddings) return std::unexpected(embeddings.error());
  return PhotoEmbedding{std::move(embeddings->front()), from_middle};
}

}  // namespace

Result<PhotoEmbeddings> embed_photos(FaceModelFactory& factory, const PhotoReader& reader,
                                     const std::filesystem::path& folder, std::span<const std::string> files,
                                     MissedFace missed, unsigned threads) {
  const std::set<std::string> different(files.begin(), files.end());
  const std::vector<std::string> names(different.begin(), different.end());
  std::vector<FaceModels> sets;
  for (unsigned i = 0; i < std::max(1U, threads); ++i) {
    auto models = factory.make();
    if (!models) return std::unexpected(models.error());
    sets.push_back(std::move(*models));
  }
  std::vector<Result<PhotoEmbedding>> results(names.size());
  std::atomic<std::size_t> next = 0;
  {
    std::vector<std::jthread> workers;
    for (auto& models : sets)
      workers.emplace_back([&, &set = models] {
        for (std::size_t i; (i = next++) < names.size();)
          results[i] = embed_photo(set, reader, folder / names[i], missed);
      });
  }
  PhotoEmbeddings embeddings;
  for (std::size_t i = 0; i < names.size(); ++i) embeddings.emplace(names[i], std::move(results[i]));
  return embeddings;
}

}  // namespace hadir
