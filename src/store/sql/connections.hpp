#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/error.hpp"
#include "store/sql/query.hpp"

namespace hadir::sql {

/// A connection with its prepared statements. One thread at a time.
class Connection {
 public:
  virtual ~Connection() = default;
  /// Placeholders are `?` on every database. Prepared once and kept, so `sql` must be one of a small number of texts.
  Query query(std::string_view sql) { return Query(prepare(sql)); }
  /// One or several statements without placeholders and results.
  virtual void execute(const char* sql) = 0;
  /// What follows in this transaction may take long: a limit on the time of a statement does not hold for it.
  virtual void expect_long_work() {}

 private:
  virtual std::unique_ptr<Statement> prepare(std::string_view sql) = 0;
};

/// A database's connections. Safe from any thread. One transaction writes at a time, whatever the database, so what a
/// transaction read is still true when it writes; readers go on beside it.
class Connections {
 public:
  using Work = std::function<Status(Connection&)>;

  virtual ~Connections() = default;

  /// Runs `work(Connection&)` on a connection that reads; on its own one inside this thread's transaction.
  template <class Reading>
  auto read(Reading&& work) -> std::invoke_result_t<Reading, Connection&> {
    return with_answer(work, [this](const Work& inner) { return run_reading(inner); });
  }
  /// The same for one statement that changes something and stands by itself.
  template <class Writing>
  auto write(Writing&& work) -> std::invoke_result_t<Writing, Connection&> {
    return with_answer(work, [this](const Work& inner) { return run_writing(inner); });
  }
  /// Several statements, all or none; inside this thread's transaction: without ending it.
  Status write_all(const Work& work) {
    return with_answer(work, [this](const Work& inner) { return run_writing_together(inner); });
  }
  /// See Database::in_transaction.
  virtual Status in_transaction(const std::function<Status()>& work) = 0;

  /// Is the database still where it was opened? Needs no answer from a server.
  virtual Status still_there() const { return {}; }
  /// For messages: "data/hadir.db", "PostgreSQL hadir@db.example:5432/hadir". Never a password.
  virtual std::string name() const = 0;
  /// The name with what it is, for lists: "SQLite data/hadir.db".
  virtual std::string title() const { return name(); }

 protected:
  virtual Status run_reading(const Work& work) = 0;
  virtual Status run_writing(const Work& work) = 0;
  virtual Status run_writing_together(const Work& work) = 0;

 private:
  template <class Asked, class Run>
  static auto with_answer(Asked&& work, Run&& run) -> std::invoke_result_t<Asked, Connection&> {
    using Answer = std::invoke_result_t<Asked, Connection&>;
    std::optional<Answer> answer;
    const Status done = run([&](Connection& connection) -> Status {
      try {
        answer.emplace(work(connection));
      } catch (const UnfitText& unfit) {
        return fail(ErrorKind::invalid_input, unfit.what());
      }
      if (!*answer) return std::unexpected(answer->error());
      return {};
    });
    if (!done) return std::unexpected(done.error());
    return std::move(*answer);
  }
};

}  // namespace hadir::sql
