#pragma once
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

namespace hadir {

/// Ends a test as not run, from any depth below its body or SetUp: ctest counts it as skipped and ./test prints the
/// reason. Only for what this machine cannot have; see `shared_asset`.
[[noreturn]] inline void not_run(const std::string& reason) {
  const auto mark = [&reason] { GTEST_SKIP() << "not run: " << reason; };
  mark();
  // GoogleTest takes this exception for "already reported".
  throw testing::AssertionException(
      testing::TestPartResult(testing::TestPartResult::kSkip, __FILE__, __LINE__, reason.c_str()));
}

/// True where the shared assets (real video, faces, models) are known to be out of reach: ./test says so then. Only
/// there may a test that needs one of them end as not run; everywhere else it fails.
inline bool shared_assets_out_of_reach() {
  return std::getenv("HADIR_TEST_WITHOUT_SHARED") != nullptr;
}

/// Where the shared assets are, or would be: $HADIR_SHARED, else ../shared beside the repository.
inline std::filesystem::path shared_root() {
  const char* named = std::getenv("HADIR_SHARED");
  return named != nullptr ? std::filesystem::path(named)
                          : std::filesystem::path(HADIR_SOURCE_DIR).parent_path() / "shared";
}

/// A file or folder of the shared assets. When it is missing the test fails and says which, or ends as not run.
inline std::filesystem::path shared_asset(const std::string& path) {
  const auto file = shared_root() / path;
  if (std::filesystem::exists(file)) return file;
  if (shared_assets_out_of_reach()) not_run(path + " of the shared assets is not on this machine");
  throw std::runtime_error("missing test asset " + file.string() + ": set HADIR_SHARED to the folder of shared assets");
}

inline std::vector<std::uint8_t> file_bytes(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace hadir
