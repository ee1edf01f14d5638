#pragma once
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace hadir {

/// A file or folder of the shared assets (models, media, faces): under $HADIR_SHARED, else beside the repository. A
/// missing one fails the test: what cannot be tested must not look tested.
inline std::filesystem::path shared_asset(const std::string& relative) {
  const char* named = std::getenv("HADIR_SHARED");
  const auto root = named != nullptr ? std::filesystem::path(named)
                                     : std::filesystem::path(HADIR_SOURCE_DIR).parent_path() / "shared";
  auto path = root / relative;
  if (!std::filesystem::exists(path))
    ADD_FAILURE() << "this test needs " << path << "; name the folder of shared assets in HADIR_SHARED";
  return path;
}

}  // namespace hadir
