#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/error.hpp"
#include "store/sql/connections.hpp"
#include "store/sqlite/connection.hpp"

namespace hadir::sqlite {

/// The writing connection behind its mutex and a few reading ones beside it (none for a database in memory: there reads
/// wait for the writer). Safe from any thread.
class Connections final : public sql::Connections {
 public:
  static constexpr std::size_t max_readers = 4;

  /// Throws SQLite::Exception.
  Connections(std::string path, std::chrono::milliseconds busy_timeout);

  Status in_transaction(const std::function<Status()>& work) override;
  Status still_there() const override;
  std::string name() const override { return path_; }
  std::string title() const override { return "SQLite " + path_; }
  bool in_memory() const { return path_ == ":memory:"; }

 private:
  class Reader;
  Status run_reading(const Work& work) override;
  Status run_writing(const Work& work) override;
  Status run_writing_together(const Work& work) override;

  bool owned_by_this_thread() const { return owner_.load() == std::this_thread::get_id(); }
  /// A full disk or an I/O error can end a transaction behind our back; what follows must not be written alone.
  Status still_in_transaction() const;
  Status run_between(const char* begin, const char* commit, const char* rollback, const std::function<Status()>& work);
  Status guarded(const Work& work, Connection& connection) const;
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

}  // namespace hadir::sqlite
