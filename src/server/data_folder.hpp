#pragma once
#include <filesystem>
#include <memory>

#include "app/configuration/configuration.hpp"
#include "core/error.hpp"
#include "core/ports/repositories.hpp"
#include "store/picture_folder.hpp"

namespace hadir {

/// The files of a data folder: hadir.db (unless PostgreSQL is chosen), hadir.key (encrypts templates; keep it with the
/// backups, apart from them), spool/, attendance_captures/, captures/, face_images/.
struct DataFolder {
  std::unique_ptr<Database> database;
  std::unique_ptr<PictureFolder> pictures;
  /// Makes what is missing. Errors name the file.
  static Result<DataFolder> open(const std::filesystem::path& folder,
                                 const Environment& environment = process_environment());
};

}  // namespace hadir
