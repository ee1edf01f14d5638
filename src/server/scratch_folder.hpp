#pragma once
#include <filesystem>
#include <string>

namespace hadir {

/// A new folder under the system's temporary folder, removed with all it holds at the end of its life.
/// Throws std::runtime_error when it cannot be made: nothing useful can follow.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::string& name);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace hadir
