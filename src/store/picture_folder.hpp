#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

#include "core/ports/picture_archive.hpp"
#include "core/ports/pictures.hpp"
#include "store/file_descriptor.hpp"

namespace hadir {

/// Pictures as files below one folder.
///
/// A path is relative, of components that are neither empty, "." nor "..", at most 255 bytes each and without control
/// characters; anything else is `invalid_input`. Symbolic links below the folder are never followed (`invalid_input`).
/// `put` writes to `.tmp/`, syncs and renames, so a reader sees the old picture or the new one, also after a crash;
/// what a crash left in `.tmp/` is removed when the folder is next opened. Files are 0640, folders 0750, less the
/// umask. Thread-safe; several programs may share the folder.
class PictureFolder final : public PictureStore, public PictureArchive {
 public:
  /// Makes the folder when it is missing. `unavailable` when it cannot be made or opened.
  static Result<std::unique_ptr<PictureFolder>> open(const std::filesystem::path& root);

  Status put(const std::string& path, std::span<const std::uint8_t> bytes) override;
  Result<Bytes> get(const std::string& path) const override;
  /// `not_found` when there is no such picture.
  Status remove(const std::string& path) override;

  /// Names that begin with a dot are left out, as are names that no path may have.
  Result<std::vector<PictureEntry>> entries(const std::string& folder) const override;
  Status remove_empty_folder(const std::string& folder) override;
  Result<std::vector<PictureEntry>> left_overs(bool remove) override;

 private:
  PictureFolder(std::filesystem::path root, FileDescriptor folder, FileDescriptor temporary);
  Status put_once(const std::string& path, std::span<const std::uint8_t> bytes, bool& vanished);

  std::filesystem::path root_;
  FileDescriptor folder_;
  FileDescriptor temporary_;
  std::uint64_t mark_ = 0;  ///< random: process numbers repeat between containers
  std::atomic<std::uint64_t> serial_{0};
};

}  // namespace hadir
