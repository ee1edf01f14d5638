#include "store/migrations/migrations.hpp"

#include <array>
#include <format>

#include <sodium.h>

namespace hadir {

std::string checksum_of(const Migration& migration) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(migration.sql.data()), migration.sql.size());
  std::string hex(digest.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
  hex.pop_back();
  return hex;
}

Result<std::span<const Migration>> pending_migrations(std::span<const Migration> known,
                                                      std::span<const AppliedMigration> applied,
                                                      std::string_view database) {
  if (applied.size() > known.size())
    return fail(
        ErrorKind::conflict,
        std::format("{} has schema {}, newer than schema {} of this program: start the newer hadir, or restore a "
                    "backup made by this one",
                    database, applied.back().number, known.size()));
  for (std::size_t i = 0; i < applied.size(); ++i)
    if (applied[i].number != known[i].number || applied[i].checksum != checksum_of(known[i]))
      return fail(
          ErrorKind::corrupted,
          std::format("{}: step {} ({}) of its schema is not the one this program knows: it was made by another "
                      "build",
                      database, applied[i].number, applied[i].name));
  return known.subspan(applied.size());
}

}  // namespace hadir
