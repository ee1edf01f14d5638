#include "notify/pip_download.hpp"

#include <sodium.h>

#include <array>
#include <cstdlib>
#include <format>
#include <fstream>

#include "core/masking.hpp"
#include "notify/program.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t mebi = 1 << 20;
constexpr std::uintmax_t largest_archive = 256 * mebi;  // where the package does not say its size
constexpr auto tell_every = std::chrono::seconds{10};

/// Takes the place of setuptools while pip asks for a package's metadata (PEP 517): it copies name and version from
/// PKG-INFO and builds nothing. Without it pip would run the package's setup.py.
constexpr const char* stand_in = R"py(import os, re

class _CopyMetadata:
    def get_requires_for_build_wheel(self, config_settings=None):
        return []

    def prepare_metadata_for_build_wheel(self, metadata_directory, config_settings=None):
        with open("PKG-INFO", encoding="utf-8", errors="replace") as stream:
            head = stream.read().split("\n\n", 1)[0]
        name, version = (re.search(r"^%s:\s*(\S+)" % field, head, re.M).group(1) for field in ("Name", "Version"))
        folder = "%s-%s.dist-info" % (re.sub(r"[-_.]+", "_", name), version)
        os.makedirs(os.path.join(metadata_directory, folder))
        with open(os.path.join(metadata_directory, folder, "METADATA"), "w", encoding="utf-8") as stream:
            stream.write("Metadata-Version: 2.1\nName: %s\nVersion: %s\n" % (name, version))
        return folder

    def build_wheel(self, wheel_directory, config_settings=None, metadata_directory=None):
        raise RuntimeError("nothing is built here")

__legacy__ = _CopyMetadata()
)py";

struct Workplace {
  fs::path stand_in, temporary, archives;
};

Status write(const fs::path& file, std::string_view text) {
  std::ofstream stream(file);
  stream << text;
  stream.close();
  if (!stream) return fail(ErrorKind::unavailable, "cannot write " + file.string());
  return {};
}

Result<Workplace> lay_out(const PythonPackage& package, const fs::path& folder) {
  const Workplace place{folder / "stand-in", folder / "tmp", folder / "archives"};
  std::error_code error;
  for (const auto& path : {place.stand_in / "setuptools", place.temporary, place.archives})
    if (!error) fs::create_directories(path, error);
  if (error)
    return fail(ErrorKind::unavailable, std::format("cannot write below {}: {}", folder.string(), error.message()));
  Status done = write(place.stand_in / "setuptools/__init__.py", "");
  if (done) done = write(place.stand_in / "setuptools/build_meta.py", stand_in);
  if (done)
    done = write(folder / "wanted.txt",
                 std::format("{}=={} --hash=sha256:{}\n", package.name, package.version, package.sha256));
  if (!done) return std::unexpected(done.error());
  return place;
}

std::uintmax_t size_below(const fs::path& folder) {
  std::uintmax_t total = 0;
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error); !error && entry != fs::end(entry);
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && !entry->is_symlink(ignored))
      if (const auto size = entry->file_size(ignored); !ignored) total += size;
  }
  return total;
}

ProgramCall call_of_pip(const PipDownload::Options& options, const fs::path& folder, const Workplace& place) {
  ProgramCall call;
  call.arguments = {options.python,
                    "-m",
                    "pip",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--no-color",
                    "download",
                    "--no-deps",
                    "--no-cache-dir",
                    "--no-binary",
                    ":all:",
                    "--use-pep517",
                    "--no-build-isolation",
                    "--require-hashes",
                    "--progress-bar",
                    "off",
                    "--retries",
                    "1",
                    "--dest",
                    place.archives.string(),
                    "--requirement",
                    (folder / "wanted.txt").string()};
  if (std::getenv("PIP_DEFAULT_TIMEOUT") == nullptr)
    call.arguments.insert(call.arguments.begin() + 6, {"--timeout", "30"});
  call.environment = {"PYTHONPATH=" + place.stand_in.string(), "PYTHONDONTWRITEBYTECODE=1",
                      "TMPDIR=" + place.temporary.string(), "PIP_REQUIRE_VIRTUALENV=0", "LC_ALL=C.UTF-8"};
  call.folder = folder;
  call.limit = options.limit;
  return call;
}

/// pip's own last word: its last line that begins with ERROR, without its advice, else the last line there is.
std::string reason_in(const std::string& output) {
  std::string last, last_error;
  for (std::size_t begin = 0; begin < output.size();) {
    const auto end = std::min(output.find('\n', begin), output.size());
    const auto line = output.substr(begin, end - begin);
    begin = end + 1;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    last = line;
    if (line.starts_with("ERROR: ")) last_error = line.substr(7);
  }
  auto reason = last_error.empty() ? last : last_error;
  if (reason.size() > 300) reason = reason.substr(0, 300) + "…";
  return mask_credentials(reason);
}

Error failure_of(const ProgramEnd& end, const std::string& python, const std::string& what, bool too_large) {
  if (end.output.find("No module named pip") != std::string::npos)
    return {ErrorKind::not_found, std::format("{}: {} has no pip; install the package python3-pip", what, python)};
  if (too_large) return {ErrorKind::unavailable, what + ": the index sends far more than it should"};
  if (end.ended) return {ErrorKind::unavailable, what + ": the Python package index took too long"};
  if (end.output.find("DO NOT MATCH THE HASHES") != std::string::npos)
    return {ErrorKind::unavailable, what + ": the index has another content than the pinned one; nothing was taken"};
  for (const char* sign : {"NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "Connection refused",
                           "ReadTimeoutError", "ProxyError"})
    if (end.output.find(sign) != std::string::npos)
      return {ErrorKind::unavailable, what + ": the Python package index does not answer"};
  return {ErrorKind::unavailable, std::format("{}: pip says: {}", what, reason_in(end.output))};
}

Result<std::string> sha256_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(ErrorKind::unavailable, "cannot read " + file.string());
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  std::vector<char> buffer(1 << 16);
  while (stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || stream.gcount() > 0)
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(buffer.data()),
                              static_cast<unsigned long long>(stream.gcount()));
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256_final(&state, digest.data());
  std::string hex(2 * digest.size() + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

/// The one file pip left, with the digest it must have.
Result<fs::path> checked_archive(const Workplace& place, const PythonPackage& package, const std::string& what) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(place.archives, error)) {
    if (!entry.is_regular_file(error) || entry.is_symlink(error)) continue;
    const auto digest = sha256_of(entry.path());
    if (!digest) return std::unexpected(digest.error());
    if (*digest == package.sha256) return entry.path();
  }
  return fail(ErrorKind::unavailable, std::format("{}: what came does not have SHA-256 {}", what, package.sha256));
}

}  // namespace

Result<fs::path> PipDownload::fetch(const PythonPackage& package, const fs::path& folder) {
  const std::string what = describe(PackageMember{package, ""});
  const auto place = lay_out(package, folder);
  if (!place) return std::unexpected(place.error());
  auto call = call_of_pip(options_, folder, *place);
  // Besides the archive itself pip unpacks it and copies it once: four times its size is generous for both.
  const std::uintmax_t room = 6 * (package.bytes > 0 ? package.bytes : largest_archive) + 64 * mebi;
  bool too_large = false;
  auto told = std::chrono::steady_clock::now();
  call.go_on = [&] {
    const auto now = std::chrono::steady_clock::now();
    if (now - told < tell_every) return true;
    told = now;
    const auto taken = size_below(folder);
    too_large = taken > room;
    if (options_.tell) options_.tell(std::format("{}: {} MiB so far", what, taken / mebi));
    return !too_large;
  };
  const auto end = run_program(call);
  std::error_code ignored;
  fs::remove_all(place->temporary, ignored);
  fs::remove_all(place->stand_in, ignored);
  if (!end && end.error().kind == ErrorKind::not_found)
    return fail(ErrorKind::not_found,
                std::format("{}: {} is not installed; install the package python3-pip", what, options_.python));
  if (!end) return std::unexpected(end.error());
  if (end->exit != 0) return std::unexpected(failure_of(*end, options_.python, what, too_large));
  return checked_archive(*place, package, what);
}

}  // namespace hadir
