#include "store/postgres/connections.hpp"

#include <format>

namespace hadir::postgres {
namespace {

/// No connection came free in time.
class PoolExhausted : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One writer at a time in a database, as on SQLite; the number means nothing but "hadir".
constexpr const char* begin_writing = "BEGIN; SELECT pg_advisory_xact_lock(448613867890)";

Error error_from(const std::exception& failure, const std::string& address) {
  if (dynamic_cast<const PoolExhausted*>(&failure) != nullptr)
    return {ErrorKind::unavailable, std::format("{}: {}", address, failure.what())};
  return error_of(failure, address);
}

}  // namespace

/// Lends a connection for one call or transaction. Throws PoolExhausted and pqxx exceptions.
class Connections::Lent {
 public:
  explicit Lent(Connections& pool) : pool_(pool), connection_(pool.borrow()) {}
  Lent(const Lent&) = delete;
  Lent& operator=(const Lent&) = delete;
  ~Lent() { pool_.give_back(std::move(connection_)); }
  Connection& operator*() { return *connection_; }

 private:
  Connections& pool_;
  std::unique_ptr<Connection> connection_;
};

std::unique_ptr<Connection> Connections::borrow() {
  std::vector<std::unique_ptr<Connection>> dead;  // closed outside the lock
  {
    std::unique_lock lock(mutex_);
    const std::size_t most = options_.kept_connections + options_.more_connections;
    if (!returned_.wait_for(lock, options_.pool_timeout, [&] { return !idle_.empty() || open_ < most; }))
      throw PoolExhausted(std::format("all {} connections are busy", most));
    while (!idle_.empty()) {
      auto connection = std::move(idle_.back());
      idle_.pop_back();
      if (connection->is_quiet()) return connection;
      dead.push_back(std::move(connection));
      --open_;
    }
    ++open_;
  }
  try {
    return std::make_unique<Connection>(options_);
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    --open_;
    returned_.notify_one();
    throw;
  }
}

void Connections::give_back(std::unique_ptr<Connection> connection) {
  std::unique_ptr<Connection> closed;  // outside the lock
  const std::scoped_lock lock(mutex_);
  if (connection->is_open() && !connection->is_spoilt && idle_.size() < options_.kept_connections) {
    idle_.push_back(std::move(connection));
  } else {
    closed = std::move(connection);
    --open_;
  }
  returned_.notify_one();
}

Status Connections::on_lent(const std::function<Status(Connection&)>& work) {
  try {
    Lent connection(*this);
    return work(*connection);
  } catch (const PoolExhausted& failure) {
    return std::unexpected(error_from(failure, address_));
  } catch (const pqxx::failure& failure) {
    return std::unexpected(error_from(failure, address_));
  }
}

Status Connections::connect() {
  return on_lent([&](Connection& connection) -> Status {
    if (connection.server_version() >= 150'000) return {};
    return fail(ErrorKind::invalid_input, std::format("{} is PostgreSQL {}: hadir needs 15 or newer", address_,
                                                      connection.server_version() / 10'000));
  });
}

Connection* Connections::own_transaction() {
  const std::scoped_lock lock(mutex_);
  const auto found = transactions_.find(std::this_thread::get_id());
  return found == transactions_.end() ? nullptr : found->second;
}

Status Connections::run_reading(const Work& work) {
  Connection* own = own_transaction();
  if (own == nullptr) return on_lent(work);
  try {
    return work(*own);
  } catch (const pqxx::failure& failure) {
    own->is_aborted = true;
    return std::unexpected(error_of(failure, address_));
  }
}

Status Connections::run_writing_together(const Work& work) {
  if (Connection* own = own_transaction()) return in_savepoint(*own, work);
  return on_lent([&](Connection& connection) {
    return between_begin_and_commit(connection, [&]() -> Status {
      try {
        return work(connection);
      } catch (const pqxx::failure& failure) {
        return std::unexpected(error_of(failure, address_));
      }
    });
  });
}

/// A failed statement would end the whole transaction on PostgreSQL: so each stands in a savepoint. The next one gives
/// it up together with making its own, in one message to the server.
Status Connections::in_savepoint(Connection& connection, const Work& work) const {
  if (connection.is_aborted || !connection.is_open())
    return fail(ErrorKind::unavailable, address_ + ": the transaction was rolled back");
  try {
    connection.execute(connection.has_savepoint ? "RELEASE part; SAVEPOINT part" : "SAVEPOINT part");
    connection.has_savepoint = true;
    const auto undo = [&] { connection.execute("ROLLBACK TO part"); };
    try {
      auto done = work(connection);
      if (!done) undo();
      return done;
    } catch (const pqxx::failure& failure) {
      const Error error = error_of(failure, address_);
      undo();
      return std::unexpected(error);
    }
  } catch (const pqxx::failure& failure) {
    connection.is_aborted = true;
    return std::unexpected(error_of(failure, address_));
  }
}

Status Connections::between_begin_and_commit(Connection& connection, const std::function<Status()>& work) const {
  const auto undo = [&] {
    try {
      if (connection.is_open()) connection.execute("ROLLBACK");
    } catch (const pqxx::failure&) {  // the first failure is the one to report
      connection.is_spoilt = true;
    }
  };
  connection.has_savepoint = false;
  connection.is_aborted = false;
  try {
    connection.execute(begin_writing);
    auto done = work();
    if (done && connection.is_aborted)
      done = fail(ErrorKind::unavailable, address_ + ": the transaction was rolled back");
    if (done)
      connection.execute("COMMIT");
    else
      undo();
    return done;
  } catch (...) {
    undo();
    throw;
  }
}

Status Connections::in_transaction(const std::function<Status()>& work) {
  if (own_transaction() != nullptr) return fail(ErrorKind::internal, "a transaction inside a transaction");
  struct Ownership {
    Ownership(Connections& pool, Connection& connection) : pool_(pool) {
      const std::scoped_lock lock(pool_.mutex_);
      pool_.transactions_.emplace(std::this_thread::get_id(), &connection);
    }
    ~Ownership() {
      const std::scoped_lock lock(pool_.mutex_);
      pool_.transactions_.erase(std::this_thread::get_id());
    }
    Connections& pool_;
  };
  return on_lent([&](Connection& connection) {
    const Ownership ownership(*this, connection);
    return between_begin_and_commit(connection, work);
  });
}

}  // namespace hadir::postgres
