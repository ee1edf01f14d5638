#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/time.hpp"

namespace hadir {

/// A file or folder directly in a folder of pictures.
struct PictureEntry {
  std::string name;
  bool is_folder = false;
  std::int64_t bytes = 0;  ///< of a file
  Instant changed_at{};
};

/// A PictureStore as a whole, for housekeeping. Paths as those of PictureStore. Thread-safe.
class PictureArchive {
 public:
  virtual ~PictureArchive() = default;
  /// What is directly in that folder, by name; links and what is neither file nor folder are left out, as is what the
  /// store keeps for itself. Empty for a folder that is not there; "" is the root.
  virtual Result<std::vector<PictureEntry>> entries(const std::string& folder) const = 0;
  /// Nothing happens when there is something in it, or it is not there.
  virtual Status remove_empty_folder(const std::string& folder) = 0;
  /// Files that were begun and never finished, by programs that are gone; with `remove` they go.
  virtual Result<std::vector<PictureEntry>> left_overs(bool remove) = 0;
};

}  // namespace hadir
