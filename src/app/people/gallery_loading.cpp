#include "app/people/gallery_loading.hpp"

#include <set>

namespace hadir {

Result<GalleryContents> load_gallery(Database& database, const ModelId& model, Gallery& gallery) {
  auto faces = database.templates().of_model(model);
  if (!faces) return std::unexpected(faces.error());
  auto rejections = database.templates().rejections(model);
  if (!rejections) return std::unexpected(rejections.error());
  std::set<PersonId> people;
  std::vector<GalleryTemplate> templates;
  for (auto& face : *faces) {
    people.insert(face.person);
    templates.push_back({face.person, std::move(face.embedding)});
  }
  const GalleryContents contents{people.size(), templates.size(), rejections->size()};
  if (auto replaced = gallery.replace(std::move(templates)); !replaced) return std::unexpected(replaced.error());
  for (auto& rejection : *rejections)
    if (auto told = gallery.reject(rejection.person, std::move(rejection.embedding)); !told)
      return std::unexpected(told.error());
  return contents;
}

Status reject_match(Database& database, Gallery* gallery, const Rejection& rejection) {
  if (auto kept = database.templates().add_rejection(rejection); !kept) return kept;
  return gallery == nullptr ? Status{} : gallery->reject(rejection.person, rejection.embedding);
}

}  // namespace hadir
