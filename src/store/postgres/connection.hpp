#pragma once
#include <map>
#include <string>
#include <string_view>

#include <pqxx/pqxx>

#include "store/postgres_database.hpp"
#include "store/sql/connections.hpp"

namespace hadir::postgres {

/// A connection to a server. One thread at a time. Throws pqxx exceptions.
class Connection final : public sql::Connection {
 public:
  explicit Connection(const PostgresOptions& options);

  void execute(const char* sql) override;
  void expect_long_work() override { execute("SET LOCAL statement_timeout = 0"); }

  /// False once the server or the network ended it.
  bool is_open() const { return connection_.is_open(); }
  /// False when something came in while nobody asked: the server said good-bye, or the line is dead.
  bool is_quiet() const;
  int server_version() const { return connection_.server_version(); }

  /// Of the transaction that runs on it, by `Connections`.
  bool has_savepoint = false;
  bool is_aborted = false;  ///< a statement outside a savepoint failed: nothing more can be written
  bool is_spoilt = false;   ///< it could not be rolled back: nobody may use it again

 private:
  std::unique_ptr<sql::Statement> prepare(std::string_view sql) override;

  pqxx::connection connection_;
  std::map<std::string, std::string, std::less<>> prepared_;  ///< text -> name
};

/// The library's failure as one of ours; `address` names the server in the message, without a password.
Error error_of(const std::exception& failure, const std::string& address);

}  // namespace hadir::postgres
