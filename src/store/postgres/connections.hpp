#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

#include "store/postgres/connection.hpp"

namespace hadir::postgres {

/// A pool of connections to one server: some stay open, more come and go under load, a call waits a bounded time for
/// one. Safe from any thread.
class Connections final : public sql::Connections {
 public:
  explicit Connections(PostgresOptions options) : options_(std::move(options)), address_(address_of(options_)) {}

  /// Connects once, so that a wrong address or password shows at start.
  Status connect();

  Status in_transaction(const std::function<Status()>& work) override;
  std::string name() const override { return address_; }

 private:
  class Lent;
  Status run_reading(const Work& work) override;
  Status run_writing(const Work& work) override { return run_writing_together(work); }
  Status run_writing_together(const Work& work) override;

  Status on_lent(const std::function<Status(Connection&)>& work);
  Status between_begin_and_commit(Connection& connection, const std::function<Status()>& work) const;
  Status in_savepoint(Connection& connection, const Work& work) const;
  Connection* own_transaction();
  std::unique_ptr<Connection> borrow();
  void give_back(std::unique_ptr<Connection> connection);

  const PostgresOptions options_;
  const std::string address_;
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Connection>> idle_;  ///< the one used last at the end
  std::size_t open_ = 0;                           ///< idle and lent
  std::unordered_map<std::thread::id, Connection*> transactions_;
};

}  // namespace hadir::postgres
