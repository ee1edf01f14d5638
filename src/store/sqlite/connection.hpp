#pragma once
#include <chrono>
#include <map>
#include <string>
#include <string_view>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/error.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sqlite {

/// A connection to a file. One thread at a time. Throws SQLite::Exception.
class Connection final : public sql::Connection {
 public:
  enum class Mode { read_write = 1, read_only };
  Connection(const std::string& path, Mode mode, std::chrono::milliseconds busy_timeout);

  void execute(const char* sql) override { database_.exec(sql); }
  bool in_transaction() const;
  SQLite::Database& database() { return database_; }

 private:
  std::unique_ptr<sql::Statement> prepare(std::string_view sql) override;

  SQLite::Database database_;
  std::map<std::string, SQLite::Statement, std::less<>> statements_;
};

/// The library's failure as one of ours; `path` names the file in the message.
Error error_of(const SQLite::Exception& failure, const std::string& path);

}  // namespace hadir::sqlite
