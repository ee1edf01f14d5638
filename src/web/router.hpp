#pragma once
#include <drogon/HttpRequest.h>

#include <functional>
#include <string>
#include <vector>

#include "web/gate.hpp"
#include "web/gate_options.hpp"
#include "web/http_reply.hpp"
#include "web/request_metrics.hpp"
#include "web/request_rate.hpp"
#include "web/worker_pool.hpp"

namespace hadir {

/// One request that was let in.
struct HttpCall {
  drogon::HttpRequestPtr request;
  Principal caller;
  std::string id;            ///< the value of the first {…} of the path
  std::string sub_id;        ///< the value of the second one
  std::string address = {};  ///< of the client: "10.0.0.7"

  /// A query value, empty when not given.
  std::string query(const std::string& name) const { return request->getParameter(name); }
};

/// What the outside can call.
struct Route {
  drogon::HttpMethod method;
  std::string path;  ///< may have up to two {…}: "/api/employees/{id}/face_templates/{template}"
  Access access;

  /// "GET"; "OTHER" for a method that no route has.
  const char* method_word() const;
  /// "GET /api/cameras/{id}".
  std::string name() const { return std::string(method_word()) + " " + path; }
};

/// Joins addresses and handlers, and lets nobody by who may not. The only place that registers with the framework.
class Router {
 public:
  /// `slow_pool` runs what takes seconds, so that it never holds up the rest.
  /// `changed` is called after each request that may have changed something, before its answer; may be empty.
  Router(WorkerPool& pool, WorkerPool& slow_pool, Gate& gate, const GateOptions& rates,
         std::function<void()> changed = {});

  using Handler = std::function<drogon::HttpResponsePtr(const HttpCall&)>;
  using AsyncHandler = std::function<void(const HttpCall&, HttpCallback)>;

  /// Answered on a worker. 503 when the workers' queue is full; 500 (and a line in the log) when the handler throws.
  void add(const Route& route, Handler handler);
  /// The same for what takes much of the machine, such as photos: each caller gets less of it.
  void add_heavy(const Route& route, Handler handler);
  /// The same for what may take seconds: trying a camera out, starting the analysis anew. Always heavy.
  void add_slow(const Route& route, Handler handler);
  /// Answered by whatever the handler, itself on a worker, does with the callback.
  void add_async(const Route& route, AsyncHandler handler);
  /// Answered at once on the network thread, for what is at hand and open to all: the files of the page.
  void add_file(const std::string& path, Handler handler);

  /// All that was added, for the tests that compare them with the specification and the permissions.
  const std::vector<Route>& routes() const { return routes_; }
  const RequestMetrics& metrics() const { return metrics_; }

 private:
  enum class Cost { usual = 1, heavy };
  void add_on(WorkerPool& pool, const Route& route, Cost cost, AsyncHandler handler);
  drogon::HttpResponsePtr refusal_of(const Principal& caller, Cost cost);

  WorkerPool& pool_;
  WorkerPool& slow_pool_;
  Gate& gate_;
  std::vector<Route> routes_;
  RequestMetrics metrics_;
  RequestRate caller_rate_;
  RequestRate heavy_rate_;
  const std::function<void()> changed_;
};

}  // namespace hadir
