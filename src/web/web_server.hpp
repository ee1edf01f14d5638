#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "web/gate_options.hpp"
#include "web/live/attendance_limits.hpp"
#include "web/web_services.hpp"

namespace hadir {

struct Route;  // web/router.hpp, which only web/ sees

struct WebOptions {
  std::string host = "127.0.0.1";  ///< an address of this machine; 0.0.0.0 or :: for all of them
  std::uint16_t port = 5000;
  int io_threads = 1;            ///< parse requests, send replies
  int work_threads = 2;          ///< run handlers that read the database or make pictures
  std::size_t max_viewers = 32;  ///< live streams at once
  std::chrono::seconds idle_timeout{60};
  GateOptions gate;
  AttendanceLimits attendance{};
};

/// An address to listen on: IPv4, IPv6, or "localhost" (as 127.0.0.1). `invalid_input` for anything else.
Result<std::string> checked_host(const std::string& host);
/// Whether only this machine reaches that address.
bool is_loopback(const std::string& host);

/// `conflict` when somebody listens on that port already, `unavailable` when it can't be used.
Status check_port(const std::string& host, std::uint16_t port);

/// A port nobody listens on at the moment, for tests; `unavailable` when there is none.
Result<std::uint16_t> free_port(const std::string& host);

/// The HTTP server on threads of its own. The framework behind it allows one in the life of a process.
class WebServer {
 public:
  /// Listens when it returns. `invalid_input` for a host that is no address, `conflict` when the port is taken.
  static Result<std::unique_ptr<WebServer>> start(const WebOptions& options, WebServices services);
  /// All that can be called, with who may.
  const std::vector<Route>& routes() const;
  /// Ends live streams and connections and joins all threads; takes well under a second.
  ~WebServer();
  WebServer(const WebServer&) = delete;
  WebServer& operator=(const WebServer&) = delete;

 private:
  struct Parts;
  explicit WebServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace hadir
