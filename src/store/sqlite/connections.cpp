#include "store/sqlite/connections.hpp"

#include <filesystem>
#include <format>

namespace hadir::sqlite {

Connections::Connections(std::string path, std::chrono::milliseconds busy_timeout)
    : path_(std::move(path)), busy_timeout_(busy_timeout), writer_(path_, Connection::Mode::read_write, busy_timeout) {
  if (!in_memory()) writer_.execute("PRAGMA journal_mode = WAL");
}

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

std::unique_ptr<Connection> Connections::borrow_reader() {
  {
    std::unique_lock lock(readers_mutex_);
    reader_returned_.wait(lock, [&] { return !idle_readers_.empty() || readers_ < max_readers; });
    if (!idle_readers_.empty()) {
      auto reader = std::move(idle_readers_.back());
      idle_readers_.pop_back();
      return reader;
    }
    ++readers_;
  }
  try {
    return std::make_unique<Connection>(path_, Connection::Mode::read_only, busy_timeout_);
  } catch (...) {
    const std::scoped_lock lock(readers_mutex_);
    --readers_;
    reader_returned_.notify_one();
    throw;
  }
}

void Connections::give_back(std::unique_ptr<Connection> reader) {
  const std::scoped_lock lock(readers_mutex_);
  idle_readers_.push_back(std::move(reader));
  reader_returned_.notify_one();
}

Status Connections::run_between(const char* begin, const char* commit, const char* rollback,
                                const std::function<Status()>& work) {
  const auto undo = [&] {
    // After some failures SQLite has rolled back already; then there is nothing to undo.
    if (!writer_.in_transaction()) return;
    try {
      writer_.execute(rollback);
    } catch (const SQLite::Exception&) {  // the first failure is the one to report
    }
  };
  try {
    writer_.execute(begin);
    auto done = work();
    if (!done) {
      undo();
      return done;
    }
    writer_.execute(commit);
    return {};
  } catch (const SQLite::Exception& failure) {
    undo();
    return std::unexpected(error_of(failure, path_));
  } catch (...) {
    undo();
    throw;
  }
}

Status Connections::guarded(const Work& work, Connection& connection) const {
  try {
    return work(connection);
  } catch (const SQLite::Exception& failure) {
    return std::unexpected(error_of(failure, path_));
  }
}

Status Connections::still_in_transaction() const {
  if (writer_.in_transaction()) return {};
  return fail(ErrorKind::unavailable, path_ + ": the transaction was rolled back");
}

Status Connections::run_reading(const Work& work) {
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

Status Connections::run_writing(const Work& work) {
  if (owned_by_this_thread()) {
    if (auto still = still_in_transaction(); !still) return still;
    return guarded(work, writer_);
  }
  const std::scoped_lock turn(writer_mutex_);
  return guarded(work, writer_);
}

Status Connections::run_writing_together(const Work& work) {
  const auto on_writer = [&] { return guarded(work, writer_); };
  if (owned_by_this_thread()) {
    if (auto still = still_in_transaction(); !still) return still;
    return run_between("SAVEPOINT part", "RELEASE part", "ROLLBACK TO part; RELEASE part", on_writer);
  }
  const std::scoped_lock turn(writer_mutex_);
  return run_between("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", on_writer);
}

Status Connections::still_there() const {
  if (in_memory() || std::filesystem::exists(path_)) return {};
  return fail(ErrorKind::unavailable, path_ + " has been removed while in use");
}

Status Connections::in_transaction(const std::function<Status()>& work) {
  if (owned_by_this_thread()) return fail(ErrorKind::internal, "a transaction inside a transaction");
  const std::scoped_lock turn(writer_mutex_);
  struct Ownership {
    explicit Ownership(std::atomic<std::thread::id>& owner) : owner_(owner) { owner_ = std::this_thread::get_id(); }
    ~Ownership() { owner_ = std::thread::id{}; }
    std::atomic<std::thread::id>& owner_;
  } ownership(owner_);
  return run_between("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK", work);
}

}  // namespace hadir::sqlite
