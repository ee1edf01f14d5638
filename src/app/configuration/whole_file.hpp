#pragma once
#include <filesystem>
#include <string_view>

#include <sys/types.h>

#include "core/error.hpp"

namespace hadir {

/// Replaces a file as a whole (a new file, synchronised and renamed; its folder is made when missing): a reader, or a
/// start after a crash, never sees half of one. `unavailable` names the file. For one writer of a file at a time.
Status write_whole_file(const std::filesystem::path& file, std::string_view text, mode_t mode = 0644);

}  // namespace hadir
