#include "app/housekeeping/picture_sweep.hpp"

#include "app/facts/picture_paths.hpp"

namespace hadir {
namespace {

using std::chrono::days;

constexpr int deepest = 8;        // nothing of ours is nested so far
constexpr days settled_after{2};  // until then a record may follow its picture
constexpr std::size_t most_problems = 20;

std::optional<LocalDay> day_named(const std::string& name) {
  const auto day = parse_day(name);
  if (!day || format_day(*day) != name) return std::nullopt;
  return *day;
}

std::string below(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

}  // namespace

std::vector<PictureEntry> PictureSweep::entries(const std::string& folder) {
  auto found = archive_.entries(folder);
  if (found) return std::move(*found);
  if (report_.problems.size() < most_problems) report_.problems.push_back(found.error().message);
  return {};
}

void PictureSweep::remove_file(const std::string& path, std::int64_t bytes, Swept& swept) {
  if (!options_.dry_run) {
    const auto removed = pictures_.remove(path);
    if (!removed && removed.error().kind == ErrorKind::not_found) return;
    if (!removed) {
      if (report_.problems.size() < most_problems) report_.problems.push_back(removed.error().message);
      return;
    }
  }
  ++swept.count;
  swept.bytes += bytes;
}

void PictureSweep::remove_tree(const std::string& folder, Swept& swept, int depth) {
  if (depth > deepest) return;
  for (const auto& entry : entries(folder)) {
    if (stopping()) return;
    const auto path = below(folder, entry.name);
    if (entry.is_folder)
      remove_tree(path, swept, depth + 1);
    else
      remove_file(path, entry.bytes, swept);
  }
  if (options_.dry_run) return;
  if (const auto removed = archive_.remove_empty_folder(folder); !removed && report_.problems.size() < most_problems)
    report_.problems.push_back(removed.error().message);
}

Status PictureSweep::each_day(const std::string& folder, const ForDay& work) {
  for (const auto& entry : entries(folder)) {
    const auto day = entry.is_folder ? day_named(entry.name) : std::nullopt;
    if (!day) continue;  // not ours
    if (stopping()) return {};
    if (auto done = work(below(folder, entry.name), *day); !done) return done;
  }
  return {};
}

Status PictureSweep::each_unknown_day(const ForDay& work) {
  for (const auto& camera : entries("captures"))
    if (camera.is_folder)
      if (auto done = each_day("captures/" + camera.name + "/unknown", work); !done) return done;
  return {};
}

Status PictureSweep::attendance_captures() {
  Swept swept{.what = "attendance_captures"};
  auto done = each_day("attendance_captures", [&](const std::string& folder, LocalDay day) -> Status {
    if (day >= today_ - days(rules_.captures_days)) return {};
    if (!options_.dry_run)
      if (auto forgot = database_.retention().forget_day_pictures(day); !forgot) return std::unexpected(forgot.error());
    remove_tree(folder, swept);
    return {};
  });
  report_.swept.push_back(std::move(swept));
  return done;
}

Status PictureSweep::unknown_faces() {
  Swept swept{.what = "unknown_faces"};
  auto done = each_unknown_day([&](const std::string& folder, LocalDay day) -> Status {
    if (day >= today_ - days(rules_.unknown_faces_days)) return {};
    // Around the day: it may have been named by another time zone.
    const RemovedSpan span{.from = rules_.calendar.begin_of(day - days(1)),
                           .to = rules_.calendar.end_of(day + days(1))};
    while (!options_.dry_run && !stopping()) {
      const auto forgot = database_.retention().forget_sighting_pictures(span, folder, options_.batch);
      if (!forgot) return std::unexpected(forgot.error());
      if (*forgot < options_.batch) break;
    }
    if (!stopping()) remove_tree(folder, swept);
    return {};
  });
  report_.swept.push_back(std::move(swept));
  return done;
}

Status PictureSweep::orphans() {
  Swept swept{.what = "orphan_pictures"};
  const auto settled = [&](LocalDay day) { return day <= today_ - settled_after; };
  Status done;
  if (!options_.facts_waiting) {
    done = each_day("attendance_captures", [&](const std::string& folder, LocalDay day) -> Status {
      const bool kept = day >= today_ - days(rules_.captures_days) && settled(day);
      return kept ? orphan_captures(folder, day, swept) : Status{};
    });
    if (done)
      done = each_unknown_day([&](const std::string& folder, LocalDay day) -> Status {
        const bool kept = day >= today_ - days(rules_.unknown_faces_days) && settled(day);
        return kept ? orphan_faces(folder, day, swept) : Status{};
      });
    if (done) done = orphan_photos(swept);
  }
  report_.swept.push_back(std::move(swept));
  return done;
}

/// Nothing in it was touched lately.
bool PictureSweep::is_settled(const std::string& folder, int depth) {
  if (depth > deepest) return false;
  for (const auto& entry : entries(folder)) {
    if (entry.is_folder && !is_settled(below(folder, entry.name), depth + 1)) return false;
    if (!entry.is_folder && entry.changed_at > now_ - settled_after) return false;
  }
  return true;
}

Status PictureSweep::orphan_captures(const std::string& folder, LocalDay day, Swept& swept) {
  const auto kept = database_.attendance().days(day, day);
  if (!kept) return std::unexpected(kept.error());
  std::set<std::string> in_use;
  for (const auto& one : *kept) {
    const auto person = database_.persons().get(one.person);
    if (!person && person.error().kind != ErrorKind::not_found) return std::unexpected(person.error());
    if (person) in_use.insert(attendance_folder(day, person->employee_code));
    // Named by the code they had then.
    for (const auto* mark : {&one.first_in, &one.last_out})
      if (*mark) in_use.insert((*mark)->picture.substr(0, (*mark)->picture.rfind('/')));
  }
  for (const auto& entry : entries(folder)) {
    const auto path = below(folder, entry.name);
    if (entry.is_folder && !in_use.contains(path) && is_settled(path, 0)) remove_tree(path, swept);
  }
  return {};
}

Status PictureSweep::orphan_faces(const std::string& folder, LocalDay day, Swept& swept) {
  const auto files = entries(folder);
  if (files.empty()) return {};
  const RemovedSpan span{.from = rules_.calendar.begin_of(day - days(1)), .to = rules_.calendar.end_of(day + days(1))};
  const auto pictures = database_.retention().sighting_pictures(span);
  if (!pictures) return std::unexpected(pictures.error());
  const std::set<std::string> in_use(pictures->begin(), pictures->end());
  for (const auto& entry : files) {
    if (stopping()) return {};
    const auto path = below(folder, entry.name);
    if (!entry.is_folder && entry.changed_at <= now_ - settled_after && !in_use.contains(path))
      remove_file(path, entry.bytes, swept);
  }
  return {};
}

/// Folders of photos that templates and images of people name.
Result<std::set<std::string>> PictureSweep::photos_in_use() {
  const auto people = database_.persons().list();
  if (!people) return std::unexpected(people.error());
  std::set<std::string> in_use;
  for (const auto& person : *people) {
    in_use.insert(face_image_folder(person.employee_code));
    const auto faces = database_.templates().of_person(person.id);
    if (!faces) return std::unexpected(faces.error());
    for (const auto& face : *faces) in_use.insert(face.photo.substr(0, face.photo.rfind('/')));
    const auto images = database_.images().of_person(person.id);
    if (!images) return std::unexpected(images.error());
    for (const auto& image : *images) in_use.insert(image.path.substr(0, image.path.rfind('/')));
  }
  return in_use;
}

/// Of people who were erased while their photos could not be.
Status PictureSweep::orphan_photos(Swept& swept) {
  std::set<std::string> codes;
  const auto people = database_.persons().list();
  if (!people) return std::unexpected(people.error());
  for (const auto& person : *people) codes.insert(face_image_folder(person.employee_code));
  std::vector<std::string> suspects;
  for (const auto& entry : entries("face_images")) {
    const auto path = below("face_images", entry.name);
    if (entry.is_folder && !codes.contains(path) && is_settled(path, 0)) suspects.push_back(path);
  }
  if (suspects.empty()) return {};
  const auto in_use = photos_in_use();  // dear, and rarely asked
  if (!in_use) return std::unexpected(in_use.error());
  for (const auto& path : suspects)
    if (!in_use->contains(path)) remove_tree(path, swept);
  return {};
}

void PictureSweep::temporary_files() {
  Swept swept{.what = "temporary_files"};
  const auto found = archive_.left_overs(!options_.dry_run);
  if (!found && report_.problems.size() < most_problems) report_.problems.push_back(found.error().message);
  if (found)
    for (const auto& entry : *found) {
      ++swept.count;
      swept.bytes += entry.bytes;
    }
  report_.swept.push_back(std::move(swept));
}

}  // namespace hadir
