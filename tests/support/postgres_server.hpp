#pragma once
#include <sys/types.h>

#include <filesystem>
#include <string>

namespace hadir {

/// A real PostgreSQL server of this machine in a temporary folder, reachable at 127.0.0.1 and by a socket in that
/// folder. As root it runs as the user "postgres" or "nobody": PostgreSQL refuses root. Made for tests: nothing is
/// synced to disk. Not thread-safe. Functions throw std::runtime_error with what the server said.
class PostgresServer {
 public:
  static constexpr const char* user = "hadir";
  static constexpr const char* password = "o'ne \\ \"two\"";  ///< odd on purpose

  /// Makes a cluster and starts it on a free port.
  PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;
  /// Stops the server and removes its folder.
  ~PostgresServer();

  void start();  ///< on the same port and data as before
  void stop();   ///< as an operator does: open transactions are rolled back
  void kill();   ///< at once, as a crash does; the next start recovers
  void restart();

  int port() const { return port_; }
  std::string host() const { return "127.0.0.1"; }
  std::filesystem::path folder() const { return folder_; }
  std::string log() const;  ///< what the server has written so far

  /// Runs statements in the database "postgres" as superuser; what psql prints.
  std::string psql(const std::string& sql, const std::string& database = "postgres") const;
  /// A new, empty database of that name, or a copy of `of`.
  void create_database(const std::string& name, const std::string& of = "template1") const;
  void drop_database(const std::string& name) const;

 private:
  void wait_until_ready() const;
  std::string run_as_owner(const std::string& command) const;

  std::filesystem::path folder_;
  std::string binaries_;
  std::string owner_;  ///< user that runs it; empty: us
  int port_ = 0;
  pid_t process_ = -1;
};

}  // namespace hadir
