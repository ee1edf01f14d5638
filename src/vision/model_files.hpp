#pragma once
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/ports/file_fetcher.hpp"
#include "core/settings.hpp"
#include "vision/manifest.hpp"

namespace hadir {

/// Where manifests and weights lie.
struct ModelLocations {
  std::filesystem::path models;  ///< manifests (NAME.json); weights are looked for and downloaded here first
  std::vector<std::filesystem::path> mirrors;  ///< further folders of weights, read only

  /// `models`: $HADIR_MODELS, else the first of these that holds default.json: models/ in the folder above the
  /// program's, in the working folder, share/hadir/models beside the program's folder, and the source tree it was built
  /// from. `mirrors`: $HADIR_MODEL_MIRROR, then ../shared/models beside the folder that holds `models`.
  static ModelLocations standard();
};

/// The names of all packs with a manifest, sorted.
std::vector<std::string> list_packs(const ModelLocations& where);
/// `not_found` names the packs there are.
Result<Manifest> find_pack(const ModelLocations& where, const std::string& pack);

/// A file of a pack in memory, its digest checked: what is verified is what runs.
using ModelBytes = std::vector<std::byte>;

enum class FileState { ok = 1, missing, altered };
struct FileReport {
  FileState state = FileState::missing;
  std::filesystem::path path;  ///< where it was found, or where it belongs
};
/// The first file of that name in `models` and the mirrors, checked by size and SHA-256.
FileReport inspect(const ModelLocations& where, const ModelFile& file);

/// `not_found` when it is nowhere, `corrupted` when it is not the file the manifest means; the message says which
/// command mends it.
Result<ModelBytes> read_model(const ModelLocations& where, const Manifest& manifest, const ModelFile& file);

/// Makes sure the file is there: nothing to do when it is found intact, else it is taken from a mirror or from the
/// first of its sources that has it, checked, and put into `models` by rename, replacing an altered one. The path it
/// then has. Each source that fails is told in one line; the error names the file and what to do.
Result<std::filesystem::path> fetch_model(const ModelLocations& where, const ModelFile& file, FileFetcher& fetcher,
                                          const TellLine& tell = {});
/// Every file of the pack, until one can't be had: those that are there already stay.
Status fetch_pack(const ModelLocations& where, const Manifest& manifest, FileFetcher& fetcher,
                  const TellLine& tell = {});

/// The pack that runs where none was chosen, and the one in its place where its files can't be had.
inline constexpr const char* first_pack = "default";
inline constexpr const char* fallback_pack = "dlib";

/// A pack's name and, where it is not the one that should run, why and what to do.
struct PackChoice {
  std::string name;
  std::string notice;  ///< empty when all is as it should be
};
/// What runs with these settings: the pack they name, whatever is there; where they name none, `first_pack`, or, when a
/// file of it is missing and every one of `fallback_pack` is there, that. Looks for files, not into them.
PackChoice choose_pack(const ModelSettings& settings, const ModelLocations& where);
/// "the files of pack default are not here: pack dlib runs in its place; ..." as `choose_pack` says it.
std::string fallback_notice();

/// 64 lower-case hexadecimal digits; `not_found` when the file cannot be read.
Result<std::string> sha256_of(const std::filesystem::path& file);

}  // namespace hadir
