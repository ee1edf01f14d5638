#include "store/key_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstdlib>
#include <cstring>
#include <format>
#include <string>

#include "store/file_descriptor.hpp"

namespace hadir {
namespace {

Result<SecretKey> read_key(const std::filesystem::path& file, const FileDescriptor& fd) {
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0)
    return fail(ErrorKind::unavailable,
                std::format("cannot read key file {}: {}", file.string(), std::strerror(errno)));
  if (!S_ISREG(info.st_mode))
    return fail(ErrorKind::invalid_input, std::format("key file {} is not a plain file", file.string()));
  if ((info.st_mode & 077) != 0)
    return fail(ErrorKind::invalid_input, std::format("key file {} can be read by others (mode {:03o}): chmod 600 it",
                                                      file.string(), static_cast<unsigned>(info.st_mode & 0777)));
  std::array<std::uint8_t, SecretKey::size> bytes{};
  const auto got = ::read(fd.get(), bytes.data(), bytes.size());
  if (got < 0)
    return fail(ErrorKind::unavailable,
                std::format("cannot read key file {}: {}", file.string(), std::strerror(errno)));
  if (got != static_cast<ssize_t>(bytes.size()) || info.st_size != static_cast<off_t>(bytes.size()))
    return fail(ErrorKind::corrupted, std::format("key file {} holds {} bytes instead of 32: restore it from a backup",
                                                  file.string(), info.st_size));
  SecretKey key(bytes);
  explicit_bzero(bytes.data(), bytes.size());
  return key;
}

/// Under a name of its own first, then linked to the final one: of two programs starting at once one wins, and a crash
/// leaves no half key.
Status create_key(const std::filesystem::path& file) {
  const auto cannot = [&] {
    return fail(ErrorKind::unavailable,
                std::format("cannot make key file {}: {}", file.string(), std::strerror(errno)));
  };
  if (file.has_parent_path()) {
    std::error_code ignored;  // the open below says what is wrong
    std::filesystem::create_directories(file.parent_path(), ignored);
  }
  std::string temporary = file.string() + ".XXXXXX";
  const FileDescriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
  if (!fd) return cannot();
  const auto key = SecretKey::random();
  const bool made = write_all(fd.get(), key.bytes()) && ::fsync(fd.get()) == 0 &&
                    (::link(temporary.c_str(), file.c_str()) == 0 || errno == EEXIST);
  const int error = errno;
  ::unlink(temporary.c_str());
  errno = error;
  if (!made) return cannot();
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  if (const FileDescriptor parent(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)); parent)
    ::fsync(parent.get());
  return {};
}

}  // namespace

Result<SecretKey> read_or_create_key(const std::filesystem::path& file) {
  for (int attempt = 0; attempt < 2; ++attempt) {
    const FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (fd) return read_key(file, fd);
    if (errno != ENOENT)
      return fail(ErrorKind::unavailable,
                  std::format("cannot read key file {}: {}", file.string(), std::strerror(errno)));
    if (auto created = create_key(file); !created) return std::unexpected(created.error());
  }
  return fail(ErrorKind::unavailable, std::format("key file {} vanished while it was made", file.string()));
}

}  // namespace hadir
