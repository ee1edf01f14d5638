#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "core/ports/backup_shelf.hpp"
#include "store/upkeep.hpp"

namespace hadir {

/// Backups in a folder that only our user reads; made when it is needed. Files of other names are left alone.
class BackupFolder final : public BackupShelf {
 public:
  /// `ending`: of the files, ".db" or ".dump".
  BackupFolder(std::filesystem::path folder, std::string ending, std::unique_ptr<Upkeep> upkeep);

  Result<std::vector<BackupFile>> list() const override;
  Result<BackupFile> make(Instant now) override;
  Result<std::filesystem::path> file(const std::string& name) const override;
  Status remove(const std::string& name) override;

 private:
  const std::filesystem::path folder_;
  const std::string ending_;
  std::mutex making_;
  const std::unique_ptr<Upkeep> upkeep_;  ///< under making_
};

}  // namespace hadir
