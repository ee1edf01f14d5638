#pragma once
#include <string>

#include "store/postgres_database.hpp"
#include "support/postgres_server.hpp"

namespace hadir {

/// The server of this process: started when first asked for, stopped at the end.
PostgresServer& postgres_server();
/// How to reach a database of it.
PostgresOptions options_for(const std::string& database);

}  // namespace hadir
