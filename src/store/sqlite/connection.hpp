#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <SQLiteCpp/SQLiteCpp.h>

#include "core/error.hpp"
#include "core/time.hpp"

namespace hadir::sqlite {

/// One run of a cached statement: binds by position, steps, reads columns by position, and gives the statement back
/// clean. Throws SQLite::Exception; belongs to the thread that holds the connection.
class Query {
 public:
  explicit Query(SQLite::Statement& statement) : statement_(statement) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  /// Binds the next placeholder.
  Query& bind(const std::string& text);
  Query& bind(std::string_view text) { return bind(std::string(text)); }
  Query& bind(const char* text) { return bind(std::string(text)); }
  Query& bind(std::int64_t value);
  Query& bind(int value) { return bind(std::int64_t{value}); }
  Query& bind(double value);
  Query& bind(float value) { return bind(static_cast<double>(value)); }
  Query& bind(Instant at) { return bind(std::int64_t{at.time_since_epoch().count()}); }
  Query& bind(std::span<const std::uint8_t> blob);
  Query& bind_null();

  bool step() { return statement_.executeStep(); }
  /// Runs a statement without results; how many rows it changed.
  int run() { return statement_.exec(); }

  bool is_null(int column) const { return statement_.getColumn(column).isNull(); }
  std::string text(int column) const { return statement_.getColumn(column).getString(); }
  std::int64_t integer(int column) const { return statement_.getColumn(column).getInt64(); }
  float real(int column) const { return static_cast<float>(statement_.getColumn(column).getDouble()); }
  Instant instant(int column) const { return Instant{Millis{integer(column)}}; }
  std::span<const std::uint8_t> blob(int column) const;

 private:
  SQLite::Statement& statement_;
  int next_ = 1;
};

/// A connection with its prepared statements. One thread at a time.
class Connection {
 public:
  enum class Mode { read_write = 1, read_only };
  /// Throws SQLite::Exception.
  Connection(const std::string& path, Mode mode, std::chrono::milliseconds busy_timeout);

  /// `sql` is prepared once and kept; it must be a literal.
  Query query(const char* sql);
  void execute(const char* sql) { database_.exec(sql); }
  bool in_transaction() const;

 private:
  SQLite::Database database_;
  std::map<std::string_view, SQLite::Statement> statements_;
};

/// The library's failure as one of ours; `path` names the file in the message.
Error error_of(const SQLite::Exception& failure, const std::string& path);

}  // namespace hadir::sqlite
