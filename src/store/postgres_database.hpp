#pragma once
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/error.hpp"
#include "core/ports/repositories.hpp"
#include "store/secret_key.hpp"

namespace hadir {

/// Where a PostgreSQL server is and how patient we are with it.
struct PostgresOptions {
  std::string host;  ///< a name, an address, or the folder of a socket ("/run/postgresql")
  int port = 5432;
  std::string database;
  std::string user;
  std::string password;                     ///< never printed
  std::chrono::seconds connect_timeout{5};  ///< at least 2: libpq rounds smaller ones up
  std::chrono::milliseconds statement_timeout{60'000};
  std::chrono::milliseconds lock_timeout{10'000};  ///< how long one writer waits for another
  std::size_t kept_connections = 10;               ///< stay open once made
  std::size_t more_connections = 20;               ///< beyond them, closed after use
  std::chrono::milliseconds pool_timeout{10'000};  ///< how long a call waits for a free connection
};

/// What POSTGRES_HOST, POSTGRES_DB, POSTGRES_USER and POSTGRES_PASSWORD (and POSTGRES_PORT, 5432 without) say: nothing
/// when none of the four is set; `invalid_input` naming the first that is missing or wrong when some are. There is no
/// default password.
Result<std::optional<PostgresOptions>> postgres_options(
    const std::function<std::optional<std::string>(std::string_view name)>& environment);

/// "PostgreSQL user@host:port/database", without the password.
std::string address_of(const PostgresOptions& options);

/// Opens the database on that server (15 or newer) and brings its schema up to date.
///
/// Everything is safe from any thread. Transactions write one at a time (an advisory lock of the database), readers go
/// on beside them. A connection that the server dropped is replaced at the next call; while the server is away every
/// call fails with `unavailable`, and works again when it is back.
///
/// Errors, each one line that names the server and never the password: `unavailable` (no answer, wrong password, no
/// such database, read-only, full), `conflict` (its schema is newer than this program), `invalid_input` (it was made
/// with another key, or is older than 15).
Result<std::unique_ptr<Database>> open_postgres(const PostgresOptions& options, SecretKey key);

}  // namespace hadir
