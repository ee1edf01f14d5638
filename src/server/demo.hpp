#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/downloader.hpp"
#include "core/settings.hpp"

namespace hadir {

struct DemoOptions {
  std::filesystem::path assets;  ///< demo/assets.json
  std::filesystem::path data;    ///< becomes configuration and data folder of `hadir serve`
  ModelSettings models;
};

/// What was done, a line each, and what could not be had.
struct DemoReport {
  std::vector<std::string> lines;
  std::vector<std::string> missing;
};

/// Prepares a demo: takes clips and photos from $HADIR_MODEL_MIRROR, a sibling folder ../shared, or their public
/// addresses (checked by SHA-256), writes a camera for each clip, and enrols the people. Doing it again changes
/// nothing. `unavailable` when no clip at all can be had.
Result<DemoReport> prepare_demo(const DemoOptions& options, Downloader& downloader);

}  // namespace hadir
