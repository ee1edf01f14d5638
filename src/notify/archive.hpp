#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/error.hpp"

namespace hadir {

/// Expands a bzip2 file into `to`. `corrupted` when it is none, is cut off, or expands to more than `max_bytes`;
/// nothing is left at `to` then. Any thread.
Status expand_bzip2(const std::filesystem::path& file, const std::filesystem::path& to, std::uintmax_t max_bytes);

/// Writes one member of an archive (tar, plain or compressed; zip) to `to`. Only a regular file whose path in the
/// archive is exactly `member` is taken, and only its content: links, folders and every other name are passed over, and
/// no path from the archive is ever used as one on disk. `not_found` when there is no such member, `corrupted` when the
/// archive can't be read or the member has more than `max_bytes`; nothing is left at `to` then. Any thread.
Status unpack_member(const std::filesystem::path& archive, const std::string& member, const std::filesystem::path& to,
                     std::uintmax_t max_bytes);

}  // namespace hadir
