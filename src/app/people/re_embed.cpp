#include "app/people/re_embed.hpp"

#include <algorithm>
#include <map>

namespace hadir {
namespace {

/// The photos of a person, each with the template that tells most about it.
std::map<std::string, FaceTemplate> photos_of(std::vector<FaceTemplate> faces, const ModelId& model,
                                              std::size_t& present) {
  std::map<std::string, FaceTemplate> photos;
  for (auto& face : faces)
    if (!face.photo.empty() && face.model != model) photos.try_emplace(face.photo, std::move(face));
  for (const auto& face : faces) {
    if (face.model != model) continue;
    photos.erase(face.photo);
    ++present;
  }
  return photos;
}

}  // namespace

Result<ReEmbedOutcome> re_embed_all(Database& database, const PictureStore& pictures, const PhotoReader& reader,
                                    FaceModels& models, const Clock& clock, UuidSource& uuids,
                                    const PhotoRules& rules) {
  const auto everybody = database.persons().list();
  if (!everybody) return std::unexpected(everybody.error());
  const auto& model = models.embedder->model();
  ReEmbedOutcome outcome;
  for (const auto& person : *everybody) {
    auto faces = database.templates().of_person(person.id);
    if (!faces) return std::unexpected(faces.error());
    if (faces->empty()) continue;
    std::size_t present = 0;
    std::vector<FaceTemplate> made;
    for (auto& [path, face] : photos_of(std::move(*faces), model, present)) {
      const auto bytes = pictures.get(path);
      if (!bytes) {
        outcome.failed.push_back({path, PhotoFault::not_a_picture, bytes.error().message});
        continue;
      }
      auto read = read_photo_face(reader, models, *bytes, rules);
      if (!read) return std::unexpected(read.error());
      if (auto* refusal = std::get_if<PhotoRefusal>(&*read)) {
        refusal->photo = path;
        outcome.failed.push_back(std::move(*refusal));
        continue;
      }
      auto& seen = std::get<PhotoFace>(*read);
      face.id = TemplateId(uuids.next(clock.now()));
      face.model = model;
      face.embedding = std::move(seen.embedding);
      face.quality = static_cast<float>(vote_weight(seen.quality));
      face.pose = seen.pose;
      made.push_back(std::move(face));
    }
    if (auto added = database.templates().add(made); !added) return std::unexpected(added.error());
    outcome.added += made.size();
    outcome.present += present;
    if (made.empty() && present == 0)
      outcome.without.push_back(person.id);
    else
      ++outcome.people;
  }
  return outcome;
}

}  // namespace hadir
