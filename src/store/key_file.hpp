#pragma once
#include <filesystem>

#include "core/error.hpp"
#include "store/secret_key.hpp"

namespace hadir {

/// Reads the 32-byte key in that file; makes the file (mode 0600, its folder if need be) with a new key when there is
/// none. `invalid_input` when others may read it or it is not a plain file, `corrupted` when it does not hold 32 bytes,
/// `unavailable` when it cannot be read or made.
Result<SecretKey> read_or_create_key(const std::filesystem::path& file);

}  // namespace hadir
