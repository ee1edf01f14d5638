#include "server/data_folder.hpp"

#include "server/database_choice.hpp"
#include "store/key_file.hpp"

namespace hadir {

Result<DataFolder> DataFolder::open(const std::filesystem::path& folder, const Environment& environment) {
  const auto choice = DatabaseChoice::from(folder, environment);
  if (!choice) return std::unexpected(choice.error());
  auto pictures = PictureFolder::open(folder);
  if (!pictures) return std::unexpected(pictures.error());
  auto key = read_or_create_key(folder / "hadir.key");
  if (!key) return std::unexpected(key.error());
  auto database = choice->open(*key);
  if (!database) return std::unexpected(database.error());
  return DataFolder{std::move(*database), std::move(*pictures)};
}

}  // namespace hadir
