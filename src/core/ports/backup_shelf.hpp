#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/time.hpp"

namespace hadir {

/// A backup of the database, in one file.
struct BackupFile {
  std::string name;  ///< "hadir-20260105T050000Z.db"
  std::int64_t bytes = 0;
  Instant made_at{};
};

/// Where backups of the database are kept. Safe from any thread; one backup is made at a time.
class BackupShelf {
 public:
  virtual ~BackupShelf() = default;
  /// Newest first.
  virtual Result<std::vector<BackupFile>> list() const = 0;
  /// `conflict` while another one is made, or within the same second; `unavailable` when it cannot be written.
  virtual Result<BackupFile> make(Instant now) = 0;
  /// The file of one that is listed; `not_found` for any other name.
  virtual Result<std::filesystem::path> file(const std::string& name) const = 0;
  virtual Status remove(const std::string& name) = 0;
};

}  // namespace hadir
