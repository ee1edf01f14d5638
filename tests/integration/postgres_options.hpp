#pragma once
#include "store/postgres_database.hpp"
#include "support/postgres_server.hpp"

namespace hadir {

/// How to reach a new database of that server.
inline PostgresOptions new_database(PostgresServer& server, const std::string& name) {
  server.create_database(name);
  PostgresOptions options;
  options.host = server.host();
  options.port = server.port();
  options.database = name;
  options.user = PostgresServer::user;
  options.password = PostgresServer::password;
  return options;
}

}  // namespace hadir
