#include "store/sqlite_database.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cstring>
#include <filesystem>
#include <format>

#include <sodium.h>

#include "store/file_descriptor.hpp"
#include "store/sql/database.hpp"
#include "store/sqlite/connections.hpp"

namespace hadir {
namespace {

/// Makes the file readable by us alone; SQLite gives its -wal and -shm the same mode.
Status prepare_file(const std::string& path) {
  const std::filesystem::path file(path);
  const auto cannot = [&] {
    return fail(ErrorKind::unavailable, std::format("cannot open {}: {}", path, std::strerror(errno)));
  };
  if (file.has_parent_path()) {
    std::error_code ignored;  // the open below says what is wrong
    std::filesystem::create_directories(file.parent_path(), ignored);
  }
  const FileDescriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!fd) return cannot();
  struct stat info{};
  if (::fstat(fd.get(), &info) != 0) return cannot();
  if (!S_ISREG(info.st_mode)) return fail(ErrorKind::invalid_input, path + " is not a plain file");
  return {};
}

}  // namespace

Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, SecretKey key,
                                              std::chrono::milliseconds busy_timeout) {
  if (sodium_init() < 0) return fail(ErrorKind::internal, "libsodium does not start");
  if (path != ":memory:")
    if (auto prepared = prepare_file(path); !prepared) return std::unexpected(prepared.error());
  try {
    auto database = std::make_unique<sql::SqlDatabase>(std::make_unique<sqlite::Connections>(path, busy_timeout),
                                                       sqlite_migrations(), std::move(key));
    if (auto prepared = database->prepare(); !prepared) return std::unexpected(prepared.error());
    return database;
  } catch (const SQLite::Exception& failure) {
    return std::unexpected(sqlite::error_of(failure, path));
  }
}

}  // namespace hadir
