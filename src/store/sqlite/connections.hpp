#pragma once
#include <atomic>
#include <chrono>
#include <concepts>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "core/error.hpp"
#include "store/sqlite/connection.hpp"

namespace hadir::sqlite {

/// The writing connection behind its mutex and a few reading ones beside it (none for a database in memory: there reads
/// wait for the writer). Safe from any thread.
class Connections {
 public:
  static constexpr std::size_t max_readers = 4;

  /// Throws SQLite::Exception.
  Connections(std::string path, std::chrono::milliseconds busy_timeout);

  const std::string& path() const { return path_; }
  bool in_memory() const { return path_ == ":memory:"; }

  /// Runs `work(Connection&)` on a reading connection, or on the writing one inside this thread's transaction.
  template <class Work>
  auto read(Work&& work) -> std::invoke_result_t<Work, Connection&>;

  /// Runs `work(Connection&)` on the writing connection: one statement that stands by itself.
  template <class Work>
  auto write(Work&& work) -> std::invoke_result_t<Work, Connection&>;

  /// Several statements, all or none: a transaction, or a savepoint inside this thread's transaction.
  Status write_all(const std::function<Status(Connection&)>& work);

  /// See Database::in_transaction.
  Status in_transaction(const std::function<Status()>& work);

 private:
  class Reader;
  bool owned_by_this_thread() const { return owner_.load() == std::this_thread::get_id(); }
  Status run_between(const char* begin, const char* commit, const char* rollback, const std::function<Status()>& work);
  template <class Work>
  auto guarded(Work&& work, Connection& connection) -> std::invoke_result_t<Work, Connection&>;
  std::unique_ptr<Connection> borrow_reader();
  void give_back(std::unique_ptr<Connection> reader);

  std::string path_;
  std::chrono::milliseconds busy_timeout_;
  Connection writer_;
  std::mutex writer_mutex_;
  std::atomic<std::thread::id> owner_{};  ///< the thread whose transaction runs on the writer

  std::mutex readers_mutex_;
  std::condition_variable reader_returned_;
  std::vector<std::unique_ptr<Connection>> idle_readers_;
  std::size_t readers_ = 0;  ///< idle and lent
};

/// Lends a reading connection for one call.
class Connections::Reader {
 public:
  explicit Reader(Connections& pool) : pool_(pool), connection_(pool.borrow_reader()) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  ~Reader() { pool_.give_back(std::move(connection_)); }
  Connection& operator*() { return *connection_; }

 private:
  Connections& pool_;
  std::unique_ptr<Connection> connection_;
};

template <class Work>
auto Connections::guarded(Work&& work, Connection& connection) -> std::invoke_result_t<Work, Connection&> {
  try {
    return work(connection);
  } catch (const SQLite::Exception& failure) {
    return std::unexpected(error_of(failure, path_));
  }
}

template <class Work>
auto Connections::read(Work&& work) -> std::invoke_result_t<Work, Connection&> {
  if (owned_by_this_thread()) return guarded(work, writer_);
  if (in_memory()) {
    const std::scoped_lock turn(writer_mutex_);
    return guarded(work, writer_);
  }
  try {
    Reader reader(*this);
    return work(*reader);
  } catch (const SQLite::Exception& failure) {
    return std::unexpected(error_of(failure, path_));
  }
}

template <class Work>
auto Connections::write(Work&& work) -> std::invoke_result_t<Work, Connection&> {
  if (owned_by_this_thread()) {
    // A full disk or an I/O error can end a transaction behind our back; what follows must not be written alone.
    if (!writer_.in_transaction()) return fail(ErrorKind::unavailable, path_ + ": the transaction was rolled back");
    return guarded(work, writer_);
  }
  const std::scoped_lock turn(writer_mutex_);
  return guarded(work, writer_);
}

}  // namespace hadir::sqlite
