#include "store/postgres_database.hpp"

#include <array>
#include <charconv>
#include <format>

#include <sodium.h>

#include "store/postgres/connections.hpp"
#include "store/sql/database.hpp"

namespace hadir {

Result<std::optional<PostgresOptions>> postgres_options(
    const std::function<std::optional<std::string>(std::string_view name)>& environment) {
  PostgresOptions options;
  const std::array<std::pair<const char*, std::string*>, 4> wanted{{{"POSTGRES_HOST", &options.host},
                                                                    {"POSTGRES_DB", &options.database},
                                                                    {"POSTGRES_USER", &options.user},
                                                                    {"POSTGRES_PASSWORD", &options.password}}};
  std::string missing;
  std::string set;
  for (const auto& [name, field] : wanted) {
    if (auto value = environment(name); value && !value->empty()) {
      *field = std::move(*value);
      if (set.empty()) set = name;
    } else if (missing.empty()) {
      missing = name;
    }
  }
  if (set.empty()) return std::nullopt;
  if (!missing.empty())
    return fail(ErrorKind::invalid_input,
                std::format("{} is not set, but {} is: PostgreSQL needs POSTGRES_HOST, POSTGRES_DB, POSTGRES_USER and "
                            "POSTGRES_PASSWORD (none of them: SQLite)",
                            missing, set));
  if (const auto port = environment("POSTGRES_PORT"); port && !port->empty()) {
    const char* end = port->data() + port->size();
    const auto read = std::from_chars(port->data(), end, options.port);
    if (read.ec != std::errc{} || read.ptr != end || options.port < 1 || options.port > 65535)
      return fail(ErrorKind::invalid_input, "POSTGRES_PORT is not a port (1 to 65535): " + *port);
  }
  return options;
}

std::string address_of(const PostgresOptions& options) {
  return std::format("PostgreSQL {}@{}:{}/{}", options.user, options.host, options.port, options.database);
}

Result<std::unique_ptr<Database>> open_postgres(const PostgresOptions& options, SecretKey key) {
  if (sodium_init() < 0) return fail(ErrorKind::internal, "libsodium does not start");
  auto connections = std::make_unique<postgres::Connections>(options);
  if (auto connected = connections->connect(); !connected) return std::unexpected(connected.error());
  auto database = std::make_unique<sql::SqlDatabase>(std::move(connections), postgres_migrations(), std::move(key));
  if (auto prepared = database->prepare(); !prepared) return std::unexpected(prepared.error());
  return database;
}

}  // namespace hadir
