#pragma once
#include <drogon/HttpRequest.h>

#include <functional>
#include <string>

#include "web/http_reply.hpp"
#include "web/worker_pool.hpp"

namespace hadir {

/// One request with the value of the {id} of its path.
struct HttpCall {
  drogon::HttpRequestPtr request;
  std::string id;

  /// A query value, empty when not given.
  std::string query(const std::string& name) const { return request->getParameter(name); }
};

/// Joins addresses and handlers. The only place that registers with the framework.
class Router {
 public:
  explicit Router(WorkerPool& pool) : pool_(pool) {}

  using Handler = std::function<drogon::HttpResponsePtr(const HttpCall&)>;
  using AsyncHandler = std::function<void(const HttpCall&, HttpCallback)>;

  /// GET (a path may have one {id}), answered on the network thread: for what is at hand.
  void get(const std::string& path, Handler handler);
  /// GET, answered on a worker: for what reads the database or makes pictures. 503 when the workers' queue is full.
  void get_on_worker(const std::string& path, Handler handler);
  /// GET, answered by whatever the handler does with the callback.
  void get_async(const std::string& path, AsyncHandler handler);

 private:
  WorkerPool& pool_;
};

}  // namespace hadir
