#include "store/picture_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstring>
#include <format>
#include <optional>

#include <sodium.h>

namespace hadir {
namespace {

constexpr int folder_flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;

Result<std::vector<std::string>> components_of(const std::string& path) {
  const auto refuse = [&](const char* why) {
    return fail(ErrorKind::invalid_input, std::format("'{}' is not a picture's path: {}", path, why));
  };
  if (path.starts_with('/')) return refuse("it is absolute");
  std::vector<std::string> components;
  for (std::size_t from = 0; from <= path.size();) {
    const auto to = std::min(path.find('/', from), path.size());
    auto part = path.substr(from, to - from);
    if (part.empty() || part == "." || part == "..") return refuse("a part of it is empty, '.' or '..'");
    if (part.size() > 255) return refuse("a part of it is too long");
    for (const char c : part)
      if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return refuse("it has control characters");
    components.push_back(std::move(part));
    from = to + 1;
  }
  if (components.front() == ".tmp") return refuse("'.tmp' is reserved");
  return components;
}

enum class Missing { make = 1, report };

/// The folder that holds the last component, walked without following links. Empty with `errno` set on failure.
FileDescriptor parent_of(int root, const std::vector<std::string>& components, Missing missing) {
  FileDescriptor current(::openat(root, ".", folder_flags));
  for (std::size_t i = 0; current && i + 1 < components.size(); ++i) {
    const char* name = components[i].c_str();
    FileDescriptor next(::openat(current.get(), name, folder_flags));
    if (!next && errno == ENOENT && missing == Missing::make) {
      if (::mkdirat(current.get(), name, 0750) == 0)
        ::fsync(current.get());  // the new folder's name must survive a crash, too
      else if (errno != EEXIST)
        return {};
      next = FileDescriptor(::openat(current.get(), name, folder_flags));
    }
    current = std::move(next);
  }
  return current;
}

Error failure(const char* doing, const std::filesystem::path& root, const std::string& path, int error) {
  const auto where = (root / path).string();
  if (error == ENOENT) return {ErrorKind::not_found, std::format("no picture {}", where)};
  if (error == ELOOP || error == ENOTDIR || error == EISDIR)
    return {ErrorKind::invalid_input,
            std::format("cannot {} {}: a link or a file stands where a folder should", doing, where)};
  return {ErrorKind::unavailable, std::format("cannot {} {}: {}", doing, where, std::strerror(error))};
}

Instant changed_at(const struct stat& info) {
  return Instant{Millis{info.st_mtim.tv_sec * 1000LL + info.st_mtim.tv_nsec / 1'000'000}};
}

/// The names in a folder, in order; "." and ".." left out. Empty with `errno` set on failure.
std::optional<std::vector<std::string>> names_in(int folder) {
  const int copy = ::openat(folder, ".", folder_flags);
  if (copy < 0) return std::nullopt;
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(copy), ::closedir);
  if (!listing) {
    ::close(copy);
    return std::nullopt;
  }
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing.get()))
    if (const std::string name = entry->d_name; name != "." && name != "..") names.push_back(name);
  std::ranges::sort(names);
  return names;
}

/// What programs that are gone left behind. Who writes holds a lock on its file.
std::vector<PictureEntry> left_behind(int temporary, bool remove) {
  std::vector<PictureEntry> found;
  for (const auto& name : names_in(temporary).value_or(std::vector<std::string>{})) {
    if (name.starts_with('.')) continue;
    const FileDescriptor file(::openat(temporary, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file || ::flock(file.get(), LOCK_EX | LOCK_NB) != 0) continue;
    struct stat info{};
    if (::fstat(file.get(), &info) != 0 || !S_ISREG(info.st_mode)) continue;
    if (remove && ::unlinkat(temporary, name.c_str(), 0) != 0) continue;
    found.push_back({.name = name, .is_folder = false, .bytes = info.st_size, .changed_at = changed_at(info)});
  }
  return found;
}

/// That folder itself, walked without following links. Empty with `errno` set on failure.
FileDescriptor folder_at(int root, const std::vector<std::string>& components) {
  FileDescriptor current(::openat(root, ".", folder_flags));
  for (std::size_t i = 0; current && i < components.size(); ++i)
    current = FileDescriptor(::openat(current.get(), components[i].c_str(), folder_flags));
  return current;
}

}  // namespace

PictureFolder::PictureFolder(std::filesystem::path root, FileDescriptor folder, FileDescriptor temporary)
    : root_(std::move(root)), folder_(std::move(folder)), temporary_(std::move(temporary)) {
  randombytes_buf(&mark_, sizeof mark_);
}

Result<std::unique_ptr<PictureFolder>> PictureFolder::open(const std::filesystem::path& root) {
  const auto cannot = [&] {
    return fail(ErrorKind::unavailable,
                std::format("cannot use {} for pictures: {}", root.string(), std::strerror(errno)));
  };
  std::error_code error;
  std::filesystem::create_directories(root, error);
  // The root itself may be a link: the operator chose it.
  FileDescriptor folder(::open(root.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) return cannot();
  if (::mkdirat(folder.get(), ".tmp", 0750) != 0 && errno != EEXIST) return cannot();
  FileDescriptor temporary(::openat(folder.get(), ".tmp", folder_flags));
  if (!temporary) return cannot();
  left_behind(temporary.get(), true);
  return std::unique_ptr<PictureFolder>(new PictureFolder(root, std::move(folder), std::move(temporary)));
}

Status PictureFolder::put(const std::string& path, std::span<const std::uint8_t> bytes) {
  bool vanished = false;
  auto done = put_once(path, bytes, vanished);
  // Another program that started just now may have taken our temporary file for a left-over, or removed an empty
  // folder.
  if (!done && vanished) done = put_once(path, bytes, vanished);
  if (!done && done.error().kind == ErrorKind::not_found) done.error().kind = ErrorKind::unavailable;
  return done;
}

Status PictureFolder::put_once(const std::string& path, std::span<const std::uint8_t> bytes, bool& vanished) {
  const auto components = components_of(path);
  if (!components) return std::unexpected(components.error());
  const auto name = std::format("{:016x}-{}", mark_, serial_++);
  const auto give_up = [&](int error) -> Status {
    ::unlinkat(temporary_.get(), name.c_str(), 0);
    vanished = error == ENOENT;
    return std::unexpected(failure("write", root_, path, error));
  };
  const FileDescriptor parent = parent_of(folder_.get(), *components, Missing::make);
  if (!parent) return give_up(errno);
  const FileDescriptor file(
      ::openat(temporary_.get(), name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0640));
  if (!file) return give_up(errno);
  ::flock(file.get(), LOCK_SH | LOCK_NB);
  if (!write_all(file.get(), bytes) || ::fsync(file.get()) != 0) return give_up(errno);
  if (::renameat(temporary_.get(), name.c_str(), parent.get(), components->back().c_str()) != 0) return give_up(errno);
  if (::fsync(parent.get()) != 0) return std::unexpected(failure("write", root_, path, errno));
  return {};
}

Result<Bytes> PictureFolder::get(const std::string& path) const {
  const auto components = components_of(path);
  if (!components) return std::unexpected(components.error());
  const FileDescriptor parent = parent_of(folder_.get(), *components, Missing::report);
  if (!parent) return std::unexpected(failure("read", root_, path, errno));
  const FileDescriptor file(
      ::openat(parent.get(), components->back().c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (!file) return std::unexpected(failure("read", root_, path, errno));
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return std::unexpected(failure("read", root_, path, errno));
  if (!S_ISREG(info.st_mode)) return std::unexpected(failure("read", root_, path, EISDIR));
  Bytes bytes(static_cast<std::size_t>(info.st_size));
  std::size_t have = 0;
  while (have < bytes.size()) {
    const auto got = ::read(file.get(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return std::unexpected(failure("read", root_, path, errno));
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

Status PictureFolder::remove(const std::string& path) {
  const auto components = components_of(path);
  if (!components) return std::unexpected(components.error());
  const FileDescriptor parent = parent_of(folder_.get(), *components, Missing::report);
  if (!parent || ::unlinkat(parent.get(), components->back().c_str(), 0) != 0)
    return std::unexpected(failure("remove", root_, path, errno));
  return {};
}

Result<std::vector<PictureEntry>> PictureFolder::entries(const std::string& folder) const {
  std::vector<std::string> components;
  if (!folder.empty()) {
    auto parts = components_of(folder);
    if (!parts) return std::unexpected(parts.error());
    components = std::move(*parts);
  }
  const FileDescriptor opened = folder_at(folder_.get(), components);
  if (!opened && errno == ENOENT) return std::vector<PictureEntry>{};
  const auto names = opened ? names_in(opened.get()) : std::nullopt;
  if (!names) return std::unexpected(failure("list", root_, folder, errno));
  std::vector<PictureEntry> found;
  for (const auto& name : *names) {
    struct stat info{};
    if (name.starts_with('.') || !components_of(name)) continue;
    if (::fstatat(opened.get(), name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) continue;  // gone meanwhile
    if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) continue;
    const bool is_folder = S_ISDIR(info.st_mode);
    found.push_back(
        {.name = name, .is_folder = is_folder, .bytes = is_folder ? 0 : info.st_size, .changed_at = changed_at(info)});
  }
  return found;
}

Status PictureFolder::remove_empty_folder(const std::string& folder) {
  const auto components = components_of(folder);
  if (!components) return std::unexpected(components.error());
  const FileDescriptor parent = parent_of(folder_.get(), *components, Missing::report);
  if (parent && ::unlinkat(parent.get(), components->back().c_str(), AT_REMOVEDIR) == 0) return {};
  if (errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST) return {};
  return std::unexpected(failure("remove", root_, folder, errno));
}

Result<std::vector<PictureEntry>> PictureFolder::left_overs(bool remove) {
  return left_behind(temporary_.get(), remove);
}

}  // namespace hadir
