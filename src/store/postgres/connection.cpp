#include "store/postgres/connection.hpp"

#include <poll.h>

#include <algorithm>
#include <cstring>
#include <format>

#include "core/masking.hpp"

namespace hadir::postgres {
namespace {

/// A value of a connection string: quoted, so that it may hold anything but a zero byte.
std::string in_quotes(std::string_view value) {
  std::string text = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') text += '\\';
    text += c;
  }
  return text + "'";
}

std::string connection_string(const PostgresOptions& options) {
  // tcp_user_timeout and keep-alives end the wait for a machine that went away without a word.
  return std::format(
      "host={} port={} dbname={} user={} password={} connect_timeout={} application_name=hadir client_encoding=UTF8 "
      "keepalives_idle=10 keepalives_interval=5 keepalives_count=3 tcp_user_timeout=20000",
      in_quotes(options.host), options.port, in_quotes(options.database), in_quotes(options.user),
      in_quotes(options.password), options.connect_timeout.count());
}

/// `WHERE id = ? AND day = ?` -> `WHERE id = $1 AND day = $2`. Our statements hold no other question marks.
std::string numbered(std::string_view sql) {
  std::string text;
  int number = 0;
  for (const char c : sql) {
    if (c == '?')
      text += std::format("${}", ++number);
    else
      text += c;
  }
  return text;
}

/// A run of a prepared statement: parameters are collected, and sent when it is stepped or run.
class Statement final : public sql::Statement {
 public:
  Statement(pqxx::connection& connection, const std::string& name) : connection_(connection), name_(name) {}

  void bind_text(int, std::string_view text) override { parameters_.append(std::string(text)); }
  void bind_integer(int, std::int64_t value) override { parameters_.append(value); }
  void bind_real(int, double value) override { parameters_.append(value); }
  void bind_boolean(int, bool value) override { parameters_.append(value); }
  void bind_blob(int, std::span<const std::uint8_t> blob) override {
    const auto bytes = std::as_bytes(blob);
    parameters_.append(pqxx::bytes(bytes.data(), bytes.size()));
  }
  void bind_null(int) override { parameters_.append(); }

  bool step() override {
    if (row_ < 0) execute();
    return ++row_ < result_.size();
  }
  int run() override {
    execute();
    return static_cast<int>(result_.affected_rows());
  }

  bool is_null(int column) const override { return cell(column).is_null(); }
  std::string text(int column) const override { return cell(column).is_null() ? "" : cell(column).as<std::string>(); }
  std::int64_t integer(int column) const override {
    return cell(column).is_null() ? 0 : cell(column).as<std::int64_t>();
  }
  double real(int column) const override { return cell(column).is_null() ? 0 : cell(column).as<double>(); }
  bool boolean(int column) const override { return !cell(column).is_null() && cell(column).as<bool>(); }
  std::vector<std::uint8_t> blob(int column) const override {
    if (cell(column).is_null()) return {};
    const auto bytes = cell(column).as<pqxx::bytes>();
    std::vector<std::uint8_t> copy(bytes.size());
    std::memcpy(copy.data(), bytes.data(), bytes.size());
    return copy;
  }

 private:
  void execute() {
    pqxx::nontransaction work(connection_);
    result_ = work.exec(pqxx::prepped(name_), parameters_);
  }
  pqxx::field cell(int column) const { return result_[row_][column]; }

  pqxx::connection& connection_;
  const std::string& name_;
  pqxx::params parameters_;
  pqxx::result result_;
  int row_ = -1;
};

/// One line of what may be several, without prefixes such as "ERROR:  ".
std::string one_line(std::string_view what) {
  std::string text;
  for (const char c : what) {
    if (c == '\n') {
      if (!text.empty()) text += "; ";
    } else if (c != '\t') {
      text += c;
    }
  }
  while (text.ends_with(' ') || text.ends_with(';')) text.pop_back();
  for (const char* prefix : {"ERROR:  ", "FATAL:  "})
    if (text.starts_with(prefix)) text.erase(0, std::strlen(prefix));
  return mask_credentials(text);
}

/// The constraint a message is about: our own name of it, whatever language the rest is in. "persons.employee_code" of
/// persons__employee_code_key, "persons.id" of persons_pkey.
std::string constraint_in(std::string_view what) {
  const auto is_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  for (auto from = what.begin(); from != what.end();) {
    const auto begin = std::find_if(from, what.end(), is_name);
    const auto end = std::find_if_not(begin, what.end(), is_name);
    std::string word(begin, end);
    from = end;
    if (word.ends_with("_pkey")) return word.substr(0, word.size() - 5) + ".id";
    const auto middle = word.find("__");
    if (middle != std::string::npos && word.ends_with("_key"))
      return word.substr(0, middle) + "." + word.substr(middle + 2, word.size() - middle - 6);
  }
  return "a unique value";
}

Error sql_failure(const pqxx::sql_error& failure, const std::string& address) {
  const std::string& state = failure.sqlstate();
  const auto unavailable = [&](const std::string& reason) {
    return Error{ErrorKind::unavailable, std::format("{}: {}", address, reason)};
  };
  const std::string what = one_line(failure.what());
  if (state == "23505") return {ErrorKind::conflict, constraint_in(what) + " is already taken"};
  if (state == "23503") return {ErrorKind::not_found, "no such person"};
  if (state.starts_with("22") || state.starts_with("23"))
    return {ErrorKind::invalid_input, std::format("{}: {}", address, what)};
  if (state == "55P03") return unavailable("it is locked by another program");
  if (state == "57014") return unavailable("it took too long to answer");
  if (state == "53100") return unavailable("cannot write: the disk is full");
  if (state == "53300") return unavailable("it has no connection left for us");
  if (state == "25006") return unavailable("cannot write: it is read-only");
  if (state == "42501") return unavailable("its user lacks a privilege: " + what);
  if (state.starts_with("XX001") || state.starts_with("XX002"))
    return {ErrorKind::corrupted, std::format("{} is damaged ({}): restore it from a backup", address, what)};
  for (const char* retried : {"08", "28", "40", "53", "57", "58"})
    if (state.starts_with(retried)) return unavailable(what);
  return {ErrorKind::internal, std::format("{}: {}", address, what)};
}

}  // namespace

Connection::Connection(const PostgresOptions& options) : connection_(connection_string(options)) {
  execute(std::format("SET client_min_messages = warning; SET timezone = 'UTC'; SET datestyle = 'ISO';"
                      " SET statement_timeout = {}; SET lock_timeout = {};"
                      " SET idle_in_transaction_session_timeout = '10min'",
                      options.statement_timeout.count(), options.lock_timeout.count())
              .c_str());
}

void Connection::execute(const char* sql) {
  pqxx::nontransaction work(connection_);
  work.exec(sql);
}

bool Connection::is_quiet() const {
  pollfd socket{.fd = connection_.sock(), .events = POLLIN, .revents = 0};
  return connection_.is_open() && ::poll(&socket, 1, 0) == 0;
}

std::unique_ptr<sql::Statement> Connection::prepare(std::string_view sql) {
  auto found = prepared_.find(sql);
  if (found == prepared_.end()) {
    const std::string name = std::format("hadir_{}", prepared_.size());
    connection_.prepare(name, numbered(sql));
    found = prepared_.emplace(sql, name).first;
  }
  return std::make_unique<Statement>(connection_, found->second);
}

Error error_of(const std::exception& failure, const std::string& address) {
  if (const auto* lost = dynamic_cast<const pqxx::broken_connection*>(&failure))
    return {ErrorKind::unavailable, std::format("{}: {}", address, one_line(lost->what()))};
  if (const auto* refused = dynamic_cast<const pqxx::sql_error*>(&failure)) return sql_failure(*refused, address);
  return {ErrorKind::internal, std::format("{}: {}", address, one_line(failure.what()))};
}

}  // namespace hadir::postgres
