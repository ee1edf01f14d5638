#pragma once
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace hadir {

/// A file or folder of the shared assets: below $HADIR_SHARED, else ../shared beside the repository. Throws when it is
/// missing, so that the test fails and says which.
inline std::filesystem::path shared_asset(const std::string& path) {
  const char* root = std::getenv("HADIR_SHARED");
  const auto file = (root != nullptr ? std::filesystem::path(root)
                                     : std::filesystem::path(HADIR_SOURCE_DIR).parent_path() / "shared") /
                    path;
  if (!std::filesystem::exists(file)) throw std::runtime_error("missing test asset " + file.string());
  return file;
}

inline std::vector<std::uint8_t> file_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace hadir
