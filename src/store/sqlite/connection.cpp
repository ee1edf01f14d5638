#include "store/sqlite/connection.hpp"

#include <format>

#include <sqlite3.h>

namespace hadir::sqlite {

namespace {

/// A run of a cached statement; gives it back clean.
class Statement final : public sql::Statement {
 public:
  explicit Statement(SQLite::Statement& statement) : statement_(statement) {}
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement() override {
    statement_.tryReset();
    statement_.clearBindings();
  }

  void bind_text(int parameter, std::string_view text) override { statement_.bind(parameter, std::string(text)); }
  void bind_integer(int parameter, std::int64_t value) override { statement_.bind(parameter, value); }
  void bind_real(int parameter, double value) override { statement_.bind(parameter, value); }
  void bind_boolean(int parameter, bool value) override { statement_.bind(parameter, value ? 1 : 0); }
  void bind_blob(int parameter, std::span<const std::uint8_t> blob) override {
    statement_.bind(parameter, static_cast<const void*>(blob.data()), static_cast<int>(blob.size()));
  }
  void bind_null(int parameter) override { statement_.bind(parameter); }

  bool step() override { return statement_.executeStep(); }
  int run() override { return statement_.exec(); }

  bool is_null(int column) const override { return statement_.getColumn(column).isNull(); }
  std::string text(int column) const override { return statement_.getColumn(column).getString(); }
  std::int64_t integer(int column) const override { return statement_.getColumn(column).getInt64(); }
  double real(int column) const override { return statement_.getColumn(column).getDouble(); }
  bool boolean(int column) const override { return integer(column) != 0; }
  std::vector<std::uint8_t> blob(int column) const override {
    const auto cell = statement_.getColumn(column);
    const auto* bytes = static_cast<const std::uint8_t*>(cell.getBlob());
    return {bytes, bytes + cell.getBytes()};
  }

 private:
  SQLite::Statement& statement_;
};

}  // namespace

Connection::Connection(const std::string& path, Mode mode, std::chrono::milliseconds busy_timeout)
    : database_(path,
                SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | (mode == Mode::read_write ? SQLite::OPEN_CREATE : 0),
                static_cast<int>(busy_timeout.count())) {
  // secure_delete: an erased person's rows are overwritten, not only unlinked.
  database_.exec("PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA synchronous = FULL");
  if (mode == Mode::read_only) database_.exec("PRAGMA query_only = ON");
}

std::unique_ptr<sql::Statement> Connection::prepare(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end())
    found = statements_.emplace(sql, SQLite::Statement(database_, std::string(sql))).first;
  return std::make_unique<Statement>(found->second);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(database_.getHandle()) == 0;
}

Error error_of(const SQLite::Exception& failure, const std::string& path) {
  const std::string what = failure.what();
  switch (failure.getErrorCode()) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::unavailable, std::format("{} is locked by another program", path)};
    case SQLITE_FULL:
      return {ErrorKind::unavailable, std::format("cannot write to {}: the disk is full", path)};
    case SQLITE_READONLY:
      return {ErrorKind::unavailable, std::format("cannot write to {}: it or its folder is read-only", path)};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return {ErrorKind::unavailable,
              std::format("cannot open {}: it or its folder is missing, read-only or not ours", path)};
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
      return {ErrorKind::unavailable, std::format("cannot read or write {}: {}", path, what)};
    case SQLITE_NOTADB:
      return {ErrorKind::corrupted, std::format("{} is not a SQLite database", path)};
    case SQLITE_CORRUPT:
      return {ErrorKind::corrupted, std::format("{} is damaged ({}): restore it from a backup", path, what)};
    case SQLITE_CONSTRAINT:
      break;
    default:
      return {ErrorKind::internal, std::format("{}: {}", path, what)};
  }
  switch (failure.getExtendedErrorCode()) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY: {
      // "UNIQUE constraint failed: persons.employee_code"
      const auto colon = what.rfind(": ");
      return {ErrorKind::conflict,
              std::format("{} is already taken", colon == std::string::npos ? what : what.substr(colon + 2))};
    }
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {ErrorKind::not_found, "no such person"};
    default:
      return {ErrorKind::invalid_input, what};
  }
}

}  // namespace hadir::sqlite
