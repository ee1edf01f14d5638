#pragma once
#include <string>
#include <vector>

#include "core/error.hpp"

namespace hadir::postgres {

/// Runs a program of PostgreSQL's client package (pg_dump, pg_restore), the newest that is installed, with the password
/// in its environment: arguments can be read by everybody on the machine. `not_found` naming the package when it is
/// missing, `unavailable` with its last line when it fails.
Status run_client_program(const std::string& program, const std::vector<std::string>& arguments,
                          const std::string& password);

}  // namespace hadir::postgres
