#include "app/people/erase_person.hpp"

#include <set>

#include "app/facts/picture_paths.hpp"

namespace hadir {
namespace {

constexpr int sightings_a_time = 1000;

LocalDay day_at(int year) {
  return LocalDay(std::chrono::year{year} / 1 / 1);
}

struct Pictures {
  std::set<std::string> photos;
  std::set<std::string> captures;
  std::set<std::string> notes;  ///< meta.json beside captures
};

Status collect_photos(Database& database, const PersonId& id, Erasure& erasure, Pictures& found) {
  const auto templates = database.templates().of_person(id);
  if (!templates) return std::unexpected(templates.error());
  erasure.templates = templates->size();
  for (const auto& one : *templates)
    if (!one.photo.empty()) found.photos.insert(one.photo);
  const auto images = database.images().of_person(id);
  if (!images) return std::unexpected(images.error());
  for (const auto& image : *images) found.photos.insert(image.path);
  erasure.photos = found.photos.size();
  return {};
}

Status collect_days(Database& database, Erasure& erasure, Pictures& found) {
  const auto days = database.attendance().days_of(erasure.person.id, day_at(1970), day_at(2200));
  if (!days) return std::unexpected(days.error());
  erasure.days = days->size();
  for (const auto& day : *days) {
    for (const auto* mark : {&day.first_in, &day.last_out})
      if (*mark && !(*mark)->picture.empty()) found.captures.insert((*mark)->picture);
    found.notes.insert(attendance_folder(day.day, erasure.person.employee_code) + "/meta.json");
  }
  return {};
}

Status collect_sightings(Database& database, Erasure& erasure, Pictures& found) {
  SightingFilter filter;
  filter.to = Instant{std::chrono::sys_days{std::chrono::year{2200} / 1 / 1}};
  filter.person = erasure.person.id;
  while (true) {
    const auto some = database.sightings().newest(filter, sightings_a_time);
    if (!some) return std::unexpected(some.error());
    erasure.sightings += some->size();
    for (const auto& one : *some)
      if (!one.picture.empty()) found.captures.insert(one.picture);
    if (some->size() < static_cast<std::size_t>(sightings_a_time)) return {};
    filter.last_at = some->back().at;
    filter.last_id = some->back().id;
  }
}

/// What goes with the person, and the pictures that do.
Status collect(Database& database, const PersonId& id, Erasure& erasure, Pictures& found) {
  auto person = database.persons().get(id);
  if (!person) return std::unexpected(person.error());
  erasure.person = std::move(*person);
  Status collected = collect_photos(database, id, erasure, found);
  if (collected) collected = collect_days(database, erasure, found);
  if (collected) collected = collect_sightings(database, erasure, found);
  erasure.captures = found.captures.size();
  return collected;
}

void remove_all(PictureStore& pictures, const std::set<std::string>& paths, Erasure& erasure) {
  for (const auto& path : paths)
    if (const auto removed = pictures.remove(path); !removed && removed.error().kind != ErrorKind::not_found)
      erasure.left.push_back(path);
}

}  // namespace

Result<Erasure> erasure_of(Database& database, const PersonId& id) {
  Erasure erasure;
  Pictures found;
  if (auto collected = collect(database, id, erasure, found); !collected) return std::unexpected(collected.error());
  return erasure;
}

Result<Erasure> erase_person(Database& database, PictureStore& pictures, const PersonId& id,
                             const AlongWithErasure& along) {
  Erasure erasure;
  Pictures found;
  const auto done = database.in_transaction([&]() -> Status {
    if (auto collected = collect(database, id, erasure, found); !collected) return collected;
    if (auto removed = database.persons().remove(id); !removed) return removed;
    return along ? along(erasure) : Status{};
  });
  if (!done) return std::unexpected(done.error());
  for (const auto* paths : {&found.photos, &found.captures, &found.notes}) remove_all(pictures, *paths, erasure);
  return erasure;
}

}  // namespace hadir
