#include "store/backup_folder.hpp"

#include <algorithm>
#include <format>

namespace hadir {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view start = "hadir-";
constexpr std::size_t stamp_length = 16;  // "20260105T050000Z"

std::string stamp_of(Instant at) {
  return std::format("{:%Y%m%dT%H%M%SZ}", std::chrono::floor<std::chrono::seconds>(at));
}

/// When a file of ours was made; nothing for any other.
std::optional<Instant> made_at(const std::string& name, const std::string& ending) {
  if (name.size() != start.size() + stamp_length + ending.size() || !name.starts_with(start) || !name.ends_with(ending))
    return std::nullopt;
  const auto part = [&](std::size_t from, std::size_t length) { return name.substr(start.size() + from, length); };
  const auto at = parse_iso8601(
      std::format("{}-{}-{}T{}:{}:{}Z", part(0, 4), part(4, 2), part(6, 2), part(9, 2), part(11, 2), part(13, 2)));
  if (!at || stamp_of(*at) != part(0, stamp_length)) return std::nullopt;
  return *at;
}

}  // namespace

BackupFolder::BackupFolder(fs::path folder, std::string ending, std::unique_ptr<Upkeep> upkeep)
    : folder_(std::move(folder)), ending_(std::move(ending)), upkeep_(std::move(upkeep)) {}

Result<std::vector<BackupFile>> BackupFolder::list() const {
  std::vector<BackupFile> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder_, error)) {
    const auto name = entry.path().filename().string();
    const auto at = made_at(name, ending_);
    std::error_code ignored;
    if (!at || !entry.is_regular_file(ignored) || entry.is_symlink(ignored)) continue;
    found.push_back({name, static_cast<std::int64_t>(entry.file_size(ignored)), *at});
  }
  if (error && error != std::errc::no_such_file_or_directory)
    return fail(ErrorKind::unavailable, std::format("{}: {}", folder_.string(), error.message()));
  std::ranges::sort(found, std::ranges::greater{}, &BackupFile::made_at);
  return found;
}

Result<BackupFile> BackupFolder::make(Instant now) {
  const std::unique_lock lock(making_, std::try_to_lock);
  if (!lock) return fail(ErrorKind::conflict, "a backup is being made: wait for it");
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!error) fs::permissions(folder_, fs::perms::owner_all, error);
  if (error) return fail(ErrorKind::unavailable, std::format("{}: {}", folder_.string(), error.message()));
  BackupFile made{std::format("{}{}{}", start, stamp_of(now), ending_), 0,
                  std::chrono::floor<std::chrono::seconds>(now)};
  if (auto done = upkeep_->backup(folder_ / made.name); !done) return std::unexpected(done.error());
  made.bytes = static_cast<std::int64_t>(fs::file_size(folder_ / made.name, error));
  return made;
}

Result<fs::path> BackupFolder::file(const std::string& name) const {
  const auto path = folder_ / name;
  std::error_code ignored;
  if (!made_at(name, ending_) || !fs::is_regular_file(fs::symlink_status(path, ignored)))
    return fail(ErrorKind::not_found, "there is no such backup");
  return path;
}

Status BackupFolder::remove(const std::string& name) {
  const auto path = file(name);
  if (!path) return std::unexpected(path.error());
  std::error_code error;
  fs::remove(*path, error);
  if (error) return fail(ErrorKind::unavailable, std::format("{}: {}", name, error.message()));
  return {};
}

}  // namespace hadir
