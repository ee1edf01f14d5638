#include "server/folder_gallery.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "app/people/enrol_person.hpp"
#include "media/photo_reader.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

bool is_photo(const fs::path& file) {
  auto extension = file.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  return extension == ".jpg" || extension == ".jpeg" || extension == ".png";
}

/// Entries in order of name: folder order differs from machine to machine.
std::vector<fs::path> entries_of(const fs::path& folder) {
  std::error_code ignored;
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) entries.push_back(entry.path());
  std::ranges::sort(entries);
  return entries;
}

std::vector<EnrolPhoto> photos_of(const fs::path& folder) {
  std::vector<EnrolPhoto> photos;
  for (const auto& file : entries_of(folder)) {
    if (!is_photo(file)) continue;
    std::ifstream stream(file, std::ios::binary);
    photos.push_back({file.string(), Bytes(std::istreambuf_iterator<char>(stream), {})});
  }
  return photos;
}

}  // namespace

Result<FolderGallery> enrol_folder(const fs::path& folder, FaceModels& models, Database& database,
                                   PictureStore& pictures, Gallery& gallery, const Clock& clock, UuidSource& uuids) {
  if (!fs::is_directory(folder)) return fail(ErrorKind::not_found, "no gallery folder " + folder.string());
  const auto reader = make_photo_reader();
  EnrolPerson enrolment({database, pictures, *reader, models, clock, uuids, &gallery}, {});
  FolderGallery result;
  for (const auto& person : entries_of(folder)) {
    if (!fs::is_directory(person)) continue;
    EnrolRequest request;
    request.name = person.filename().string();
    request.photos = photos_of(person);
    if (request.photos.empty()) {
      result.warnings.push_back(request.name + " is not enrolled: no .jpg or .png in " + person.string());
      continue;
    }
    const auto outcome = enrolment.enrol(request);
    if (!outcome) {
      if (outcome.error().kind != ErrorKind::invalid_input && outcome.error().kind != ErrorKind::conflict)
        return std::unexpected(outcome.error());
      result.warnings.push_back(request.name + " is not enrolled: " + outcome.error().message);
      continue;
    }
    result.names[outcome->person.id] = request.name;
    for (const auto& refusal : outcome->refused) result.warnings.push_back(refusal.photo + ": " + refusal.reason);
  }
  if (result.names.empty()) {
    std::string why =
        "nobody could be enrolled from " + folder.string() + ": expected <person name>/*.jpg or *.png in it";
    for (const auto& warning : result.warnings) why += "\n  " + warning;
    return fail(ErrorKind::invalid_input, why);
  }
  return result;
}

}  // namespace hadir
