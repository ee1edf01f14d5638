#include "vision/model_files.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <format>
#include <fstream>

#include "core/masking.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

std::string hex(const std::array<unsigned char, crypto_hash_sha256_BYTES>& digest) {
  std::string text(2 * digest.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

std::string sha256_of_bytes(const ModelBytes& bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return hex(digest);
}

std::vector<fs::path> folders_of(const ModelLocations& where) {
  std::vector<fs::path> folders{where.models};
  folders.insert(folders.end(), where.mirrors.begin(), where.mirrors.end());
  return folders;
}

std::optional<fs::path> find_file(const ModelLocations& where, const std::string& name) {
  std::error_code ignored;
  for (const auto& folder : folders_of(where))
    if (fs::is_regular_file(folder / name, ignored)) return folder / name;
  return std::nullopt;
}

Result<ModelBytes> read_bytes(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary | std::ios::ate);
  if (!stream) return fail(ErrorKind::not_found, std::format("cannot read {}", path.string()));
  ModelBytes bytes(static_cast<std::size_t>(stream.tellg()));
  stream.seekg(0);
  stream.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!stream) return fail(ErrorKind::not_found, std::format("cannot read {}", path.string()));
  return bytes;
}

bool is_intact(const fs::path& path, const ModelFile& file) {
  std::error_code error;
  if (fs::file_size(path, error) != file.bytes || error) return false;
  const auto digest = sha256_of(path);
  return digest && *digest == file.sha256;
}

/// Copies through a temporary file, so that `to` is whole or not there.
Status copy_whole(const fs::path& from, const fs::path& to) {
  const fs::path partial = to.string() + ".part";
  std::error_code error;
  fs::copy_file(from, partial, fs::copy_options::overwrite_existing, error);
  if (!error) fs::rename(partial, to, error);
  if (error) return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", to.string(), error.message()));
  return {};
}

/// One attempt: fetched beside its place, checked, then given its name.
Status fetch_from(const FileSource& source, const ModelFile& file, const fs::path& to, FileFetcher& fetcher) {
  const fs::path partial = to.string() + ".part";
  if (auto fetched = fetcher.fetch(source, partial, file.bytes); !fetched) return fetched;
  std::error_code error;
  if (!is_intact(partial, file)) {
    fs::remove(partial, error);
    return fail(ErrorKind::corrupted,
                std::format("what {} has does not have SHA-256 {}", describe(source), file.sha256));
  }
  fs::rename(partial, to, error);
  if (error) return fail(ErrorKind::unavailable, std::format("cannot write {}: {}", to.string(), error.message()));
  return {};
}

Status fetch_from_sources(const ModelFile& file, const fs::path& to, FileFetcher& fetcher, const TellLine& tell) {
  for (const auto& source : file.sources) {
    const auto fetched = fetch_from(source, file, to, fetcher);
    if (fetched) return {};
    if (tell) tell(mask_credentials(std::format("{}: {}", file.name, fetched.error().message)));
  }
  return fail(ErrorKind::unavailable,
              std::format("{} {}; put it into {} or into a folder named by HADIR_MODEL_MIRROR (SHA-256 {}). Origin: {}",
                          file.name, file.sources.empty() ? "has no public address" : "can't be had from any source",
                          to.parent_path().string(), file.sha256, file.origin));
}

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

ModelLocations ModelLocations::standard() {
  ModelLocations where;
  std::error_code ignored;
  if (const auto named = environment("HADIR_MODELS"); !named.empty()) {
    where.models = named;
  } else {
    const auto program = fs::read_symlink("/proc/self/exe", ignored).parent_path();
    const std::array candidates{program.parent_path() / "models", fs::current_path(ignored) / "models",
                                program.parent_path() / "share/hadir/models", fs::path(HADIR_SOURCE_MODELS)};
    const auto found = std::ranges::find_if(
        candidates, [&](const fs::path& folder) { return fs::is_regular_file(folder / "default.json", ignored); });
    where.models = found == candidates.end() ? candidates[1] : *found;
  }
  if (const auto mirror = environment("HADIR_MODEL_MIRROR"); !mirror.empty()) where.mirrors.emplace_back(mirror);
  where.mirrors.push_back(
      (fs::absolute(where.models, ignored).lexically_normal().parent_path().parent_path() / "shared/models"));
  return where;
}

std::vector<std::string> list_packs(const ModelLocations& where) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(where.models, ignored))
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

Result<Manifest> find_pack(const ModelLocations& where, const std::string& pack) {
  const auto names = list_packs(where);
  if (!std::ranges::contains(names, pack)) {
    std::string known;
    for (const auto& name : names) known += (known.empty() ? "" : ", ") + name;
    return fail(ErrorKind::not_found, std::format("no model pack \"{}\" in {}; there are: {}", pack,
                                                  where.models.string(), known.empty() ? "none" : known));
  }
  return read_manifest(where.models / (pack + ".json"));
}

FileReport inspect(const ModelLocations& where, const ModelFile& file) {
  const auto path = find_file(where, file.name);
  if (!path) return {FileState::missing, where.models / file.name};
  return {is_intact(*path, file) ? FileState::ok : FileState::altered, *path};
}

Result<ModelBytes> read_model(const ModelLocations& where, const Manifest& manifest, const ModelFile& file) {
  const std::string remedy = std::format("run: hadir models fetch --pack {}", manifest.name);
  const auto path = find_file(where, file.name);
  if (!path)
    return fail(ErrorKind::not_found, std::format("the model file {} of pack {} is missing from {}; {}", file.name,
                                                  manifest.name, where.models.string(), remedy));
  auto bytes = read_bytes(*path);
  if (!bytes) return bytes;
  if (bytes->size() != file.bytes || sha256_of_bytes(*bytes) != file.sha256)
    return fail(ErrorKind::corrupted, std::format("the model file {} has been altered: it does not have SHA-256 {}; {}",
                                                  path->string(), file.sha256, remedy));
  return bytes;
}

Result<fs::path> fetch_model(const ModelLocations& where, const ModelFile& file, FileFetcher& fetcher,
                             const TellLine& tell) {
  const auto report = inspect(where, file);
  if (report.state == FileState::ok) return report.path;
  std::error_code error;
  fs::create_directories(where.models, error);
  const fs::path to = where.models / file.name;
  for (const auto& folder : where.mirrors)
    if (is_intact(folder / file.name, file)) {
      if (auto copied = copy_whole(folder / file.name, to); !copied) return std::unexpected(copied.error());
      return to;
    }
  if (auto fetched = fetch_from_sources(file, to, fetcher, tell); !fetched) return std::unexpected(fetched.error());
  return to;
}

Status fetch_pack(const ModelLocations& where, const Manifest& manifest, FileFetcher& fetcher, const TellLine& tell) {
  for (const auto& file : manifest.files)
    if (auto fetched = fetch_model(where, file, fetcher, tell); !fetched) return std::unexpected(fetched.error());
  return {};
}

std::string fallback_notice() {
  return std::format(
      "pack {} runs in the place of pack {}, whose files are not here; to get the better pack: hadir models fetch "
      "--pack "
      "{}, then start hadir again",
      fallback_pack, first_pack, first_pack);
}

PackChoice choose_pack(const ModelSettings& settings, const ModelLocations& where) {
  if (!settings.pack.empty()) return {settings.pack, ""};
  const auto is_whole = [&](const char* pack) {
    const auto manifest = find_pack(where, pack);
    return manifest && std::ranges::all_of(manifest->files, [&](const ModelFile& file) {
             return find_file(where, file.name).has_value();
           });
  };
  if (is_whole(first_pack) || !is_whole(fallback_pack)) return {first_pack, ""};
  return {fallback_pack, fallback_notice()};
}

Result<std::string> sha256_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(ErrorKind::not_found, std::format("cannot read {}", file.string()));
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<char> buffer(1 << 16);
  while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || stream.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(buffer.data()),
                              static_cast<unsigned long long>(stream.gcount()));
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  return hex(digest);
}

}  // namespace hadir
