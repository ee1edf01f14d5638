#include "app/configuration/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <format>
#include <string>

namespace hadir {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> cannot_write(const fs::path& file) {
  return fail(ErrorKind::unavailable, std::format("{}: can't be written: {}", file.string(), std::strerror(errno)));
}

/// All of it and on the disk.
bool write_all(int descriptor, std::string_view text) {
  for (std::size_t done = 0; done < text.size();) {
    const auto count = ::write(descriptor, text.data() + done, text.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    done += static_cast<std::size_t>(count);
  }
  return ::fsync(descriptor) == 0;
}

}  // namespace

Status write_whole_file(const fs::path& file, std::string_view text, mode_t mode) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  const fs::path fresh = file.string() + ".new";
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor < 0) return cannot_write(fresh);
  const bool written = write_all(descriptor, text);
  const auto failure = errno;
  ::close(descriptor);
  errno = failure;
  if (!written) return cannot_write(fresh);
  if (::rename(fresh.c_str(), file.c_str()) != 0) return cannot_write(file);
  // The new name is on the disk with its folder.
  if (const int folder = ::open(file.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return {};
}

}  // namespace hadir
