#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "core/time.hpp"

namespace hadir::sql {

/// A text that no database can keep: it holds a zero byte or is not UTF-8.
class UnfitText : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Throws UnfitText for one.
void check_text(std::string_view text);

/// A prepared statement of some database, being run. Parameters count from 1, columns from 0. Throws the exceptions of
/// its library, which `Connections` turns into errors.
class Statement {
 public:
  virtual ~Statement() = default;
  virtual void bind_text(int parameter, std::string_view text) = 0;
  virtual void bind_integer(int parameter, std::int64_t value) = 0;
  virtual void bind_real(int parameter, double value) = 0;
  virtual void bind_boolean(int parameter, bool value) = 0;
  virtual void bind_blob(int parameter, std::span<const std::uint8_t> blob) = 0;
  virtual void bind_null(int parameter) = 0;

  /// The next row, or false after the last.
  virtual bool step() = 0;
  /// Runs a statement without results; how many rows it changed.
  virtual int run() = 0;

  virtual bool is_null(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual bool boolean(int column) const = 0;
  virtual std::vector<std::uint8_t> blob(int column) const = 0;
};

/// One run of a statement as the repositories write it: binds in order, steps, reads columns by position. Belongs to
/// the thread that holds the connection.
class Query {
 public:
  explicit Query(std::unique_ptr<Statement> statement) : statement_(std::move(statement)) {}

  /// Binds the next placeholder.
  Query& bind(std::string_view text) {
    check_text(text);
    statement_->bind_text(next_++, text);
    return *this;
  }
  Query& bind(const std::string& text) { return bind(std::string_view(text)); }
  Query& bind(const char* text) { return bind(std::string_view(text)); }
  Query& bind(std::int64_t value) {
    statement_->bind_integer(next_++, value);
    return *this;
  }
  Query& bind(int value) { return bind(std::int64_t{value}); }
  Query& bind(double value) {
    statement_->bind_real(next_++, value);
    return *this;
  }
  Query& bind(float value) { return bind(static_cast<double>(value)); }
  Query& bind(bool value) {
    statement_->bind_boolean(next_++, value);
    return *this;
  }
  Query& bind(Instant at) { return bind(std::int64_t{at.time_since_epoch().count()}); }
  Query& bind(LocalDay day) { return bind(format_day(day)); }
  Query& bind(std::span<const std::uint8_t> blob) {
    statement_->bind_blob(next_++, blob);
    return *this;
  }
  Query& bind(std::chrono::minutes minutes) { return bind(std::int64_t{minutes.count()}); }
  Query& bind(Millis millis) { return bind(std::int64_t{millis.count()}); }
  template <class Tag>
  Query& bind(const Id<Tag>& id) {
    return bind(id.str());
  }
  Query& bind_null() {
    statement_->bind_null(next_++);
    return *this;
  }
  template <class T>
  Query& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }

  bool step() { return statement_->step(); }
  int run() { return statement_->run(); }

  bool is_null(int column) const { return statement_->is_null(column); }
  std::string text(int column) const { return statement_->text(column); }
  std::int64_t integer(int column) const { return statement_->integer(column); }
  int whole(int column) const { return static_cast<int>(integer(column)); }
  float real(int column) const { return static_cast<float>(statement_->real(column)); }
  double precise(int column) const { return statement_->real(column); }
  bool boolean(int column) const { return statement_->boolean(column); }
  Instant instant(int column) const { return Instant{Millis{integer(column)}}; }
  std::vector<std::uint8_t> blob(int column) const { return statement_->blob(column); }

  std::chrono::minutes minutes(int column) const { return std::chrono::minutes{integer(column)}; }
  Millis millis(int column) const { return Millis{integer(column)}; }
  template <class Key>
  std::optional<Key> id_if(int column) const {
    return is_null(column) ? std::nullopt : std::optional(Key(text(column)));
  }
  std::optional<std::string> text_if(int column) const {
    return is_null(column) ? std::nullopt : std::optional(text(column));
  }
  std::optional<float> real_if(int column) const {
    return is_null(column) ? std::nullopt : std::optional(real(column));
  }
  std::optional<Instant> instant_if(int column) const {
    return is_null(column) ? std::nullopt : std::optional(instant(column));
  }

 private:
  std::unique_ptr<Statement> statement_;
  int next_ = 1;
};

}  // namespace hadir::sql
