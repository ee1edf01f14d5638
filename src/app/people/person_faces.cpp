#include "app/people/person_faces.hpp"

#include <algorithm>

namespace hadir {
namespace {

using Choose = std::function<Result<FaceRemoval>()>;

Status touch(Database& database, const PersonId& id, Instant now) {
  auto person = database.persons().get(id);
  if (!person) return std::unexpected(person.error());
  person->updated_at = std::max(now, person->updated_at + Millis{1});
  return database.persons().update(*person);
}

/// Removes what `choose` names, in one transaction, then the file.
Result<FaceRemoval> remove_faces(Database& database, PictureStore& pictures, const PersonId& person, Instant now,
                                 const AlongWithRemoval& along, const Choose& choose) {
  FaceRemoval removal;
  const auto done = database.in_transaction([&]() -> Status {
    auto chosen = choose();
    if (!chosen) return std::unexpected(chosen.error());
    removal = std::move(*chosen);
    for (const auto& id : removal.templates)
      if (auto removed = database.templates().remove(id); !removed) return removed;
    const auto images = database.images().of_person(person);
    if (!images) return std::unexpected(images.error());
    for (const auto& image : *images)
      if (std::ranges::contains(removal.photos, image.path))
        if (auto removed = database.images().remove(image.id); !removed) return removed;
    if (auto touched = touch(database, person, now); !touched) return touched;
    return along ? along(removal) : Status{};
  });
  if (!done) return std::unexpected(done.error());
  for (const auto& photo : removal.photos)
    if (const auto removed = pictures.remove(photo); !removed && removed.error().kind != ErrorKind::not_found)
      removal.photo_left = true;
  return removal;
}

FaceRemoval all_of_photo(const PersonPhoto& photo) {
  FaceRemoval removal;
  removal.photos.push_back(photo.image.path);
  for (const auto& one : photo.templates) removal.templates.push_back(one.id);
  return removal;
}

}  // namespace

Result<std::vector<PersonPhoto>> photos_of(Database& database, const PersonId& person) {
  auto images = database.images().of_person(person);
  if (!images) return std::unexpected(images.error());
  auto templates = database.templates().of_person(person);
  if (!templates) return std::unexpected(templates.error());
  std::vector<PersonPhoto> photos;
  for (auto& image : *images) photos.push_back({std::move(image), {}});
  for (auto& one : *templates) {
    if (one.photo.empty()) continue;
    auto found = std::ranges::find(photos, one.photo, [](const PersonPhoto& photo) { return photo.image.path; });
    if (found == photos.end()) {
      photos.push_back({PersonImage{.id = PersonImageId(one.id.str()),
                                    .person = person,
                                    .path = one.photo,
                                    .quality = one.quality,
                                    .face = {},
                                    .created_at = one.created_at},
                        {}});
      found = std::prev(photos.end());
    }
    found->templates.push_back(std::move(one));
  }
  return photos;
}

Result<FaceRemoval> remove_template(Database& database, PictureStore& pictures, const PersonId& person,
                                    const TemplateId& id, Instant now, const AlongWithRemoval& along) {
  return remove_faces(database, pictures, person, now, along, [&]() -> Result<FaceRemoval> {
    const auto photos = photos_of(database, person);
    if (!photos) return std::unexpected(photos.error());
    for (const PersonPhoto& photo : *photos)
      if (std::ranges::contains(photo.templates, id, &FaceTemplate::id)) return all_of_photo(photo);
    const auto templates = database.templates().of_person(person);
    if (!templates) return std::unexpected(templates.error());
    if (!std::ranges::contains(*templates, id, &FaceTemplate::id))
      return fail(ErrorKind::not_found, "this person has no such template");
    return FaceRemoval{.templates = {id}, .photos = {}};
  });
}

Result<FaceRemoval> remove_photo(Database& database, PictureStore& pictures, const PersonId& person,
                                 const PersonImageId& id, Instant now, const AlongWithRemoval& along) {
  return remove_faces(database, pictures, person, now, along, [&]() -> Result<FaceRemoval> {
    const auto photos = photos_of(database, person);
    if (!photos) return std::unexpected(photos.error());
    const auto found = std::ranges::find(*photos, id, [](const PersonPhoto& photo) { return photo.image.id; });
    if (found == photos->end()) return fail(ErrorKind::not_found, "this person has no such photo");
    return all_of_photo(*found);
  });
}

}  // namespace hadir
