#pragma once
#include <chrono>
#include <memory>
#include <string>

#include "core/error.hpp"
#include "core/ports/repositories.hpp"
#include "store/secret_key.hpp"

namespace hadir {

/// Opens (making it, with its folder, when there is none) the SQLite database in that file, or one in memory for
/// ":memory:", and brings its schema up to date.
///
/// One connection writes (WAL, synchronous=FULL), up to four read beside it; everything is safe from any thread. Calls
/// made inside `in_transaction` run on the writing connection. Another program may use the file at the same time: calls
/// wait up to `busy_timeout` for it, then fail with `unavailable`.
///
/// Errors, each with one sentence that names the file: `unavailable` (cannot be opened or written), `corrupted` (not a
/// SQLite database, damaged), `conflict` (its schema is newer than this program), `invalid_input` (it was made with
/// another key).
Result<std::unique_ptr<Database>> open_sqlite(const std::string& path, SecretKey key,
                                              std::chrono::milliseconds busy_timeout = std::chrono::seconds(5));

}  // namespace hadir
