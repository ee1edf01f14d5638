#include "notify/archive.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <array>
#include <format>
#include <fstream>
#include <memory>

namespace hadir {
namespace {

constexpr std::size_t block = 1 << 16;

struct ArchiveDeleter {
  void operator()(struct archive* p) const { archive_read_free(p); }
};
using ArchivePtr = std::unique_ptr<struct archive, ArchiveDeleter>;

std::unexpected<Error> broken(struct archive* reader, const std::filesystem::path& file) {
  const char* why = archive_error_string(reader);
  return fail(ErrorKind::corrupted, std::format("{}: {}", file.string(), why != nullptr ? why : "not readable"));
}

Status copy_content(struct archive* reader, const std::filesystem::path& from, std::ofstream& out,
                    std::uintmax_t max_bytes) {
  std::array<char, block> buffer{};
  std::uintmax_t total = 0;
  for (la_ssize_t count; (count = archive_read_data(reader, buffer.data(), buffer.size())) != 0;) {
    if (count < 0) return broken(reader, from);
    total += static_cast<std::uintmax_t>(count);
    if (total > max_bytes)
      return fail(ErrorKind::corrupted, std::format("{} expands to more than {} bytes", from.string(), max_bytes));
    out.write(buffer.data(), count);
  }
  return {};
}

/// The content of the entry the reader stands at, whole or not at all.
Status write_content(struct archive* reader, const std::filesystem::path& from, const std::filesystem::path& to,
                     std::uintmax_t max_bytes) {
  std::ofstream out(to, std::ios::binary | std::ios::trunc);
  Status done = copy_content(reader, from, out, max_bytes);
  out.close();
  if (done && !out) done = fail(ErrorKind::unavailable, "cannot write " + to.string());
  std::error_code ignored;
  if (!done) std::filesystem::remove(to, ignored);
  return done;
}

}  // namespace

Status expand_bzip2(const std::filesystem::path& file, const std::filesystem::path& to, std::uintmax_t max_bytes) {
  const ArchivePtr reader(archive_read_new());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_format_raw(reader.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_filename(reader.get(), file.c_str(), block) != ARCHIVE_OK ||
      archive_read_next_header(reader.get(), &entry) != ARCHIVE_OK)
    return broken(reader.get(), file);
  if (archive_filter_code(reader.get(), 0) != ARCHIVE_FILTER_BZIP2)  // the raw format takes anything as it is
    return fail(ErrorKind::corrupted, file.string() + " is not compressed with bzip2");
  return write_content(reader.get(), file, to, max_bytes);
}

Status unpack_member(const std::filesystem::path& archive, const std::string& member, const std::filesystem::path& to,
                     std::uintmax_t max_bytes) {
  const ArchivePtr reader(archive_read_new());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_zip(reader.get());
  if (archive_read_open_filename(reader.get(), archive.c_str(), block) != ARCHIVE_OK)
    return broken(reader.get(), archive);
  archive_entry* entry = nullptr;
  int answer = ARCHIVE_OK;
  while ((answer = archive_read_next_header(reader.get(), &entry)) == ARCHIVE_OK || answer == ARCHIVE_WARN) {
    const char* path = archive_entry_pathname(entry);
    if (path == nullptr || path != member || archive_entry_filetype(entry) != AE_IFREG ||
        archive_entry_hardlink(entry) != nullptr)
      continue;
    return write_content(reader.get(), archive, to, max_bytes);
  }
  if (answer != ARCHIVE_EOF) return broken(reader.get(), archive);
  return fail(ErrorKind::not_found, std::format("{} holds no file {}", archive.filename().string(), member));
}

}  // namespace hadir
