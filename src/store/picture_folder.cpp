#include "store/picture_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cstring>
#include <format>

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

/// Removes what programs that are gone left behind. Who writes holds a lock on its file.
void clean(int temporary) {
  const int copy = ::openat(temporary, ".", folder_flags);
  if (copy < 0) return;
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(copy), ::closedir);
  if (!listing) {
    ::close(copy);
    return;
  }
  while (const dirent* entry = ::readdir(listing.get())) {
    if (entry->d_name[0] == '.') continue;
    const FileDescriptor file(::openat(temporary, entry->d_name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (file && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0) ::unlinkat(temporary, entry->d_name, 0);
  }
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
  clean(temporary.get());
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

}  // namespace hadir
