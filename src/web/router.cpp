#include "web/router.hpp"

#include <drogon/HttpAppFramework.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>

namespace hadir {
namespace {

using drogon::HttpRequestPtr;
using Plain = std::function<void(HttpCall, HttpCallback)>;

/// Runs `work`; what it throws becomes a 500.
template <class Work>
void guarded(const HttpRequestPtr& request, const HttpCallback& reply, Work&& work) {
  try {
    work();
  } catch (const std::exception& error) {
    spdlog::error("{}: {}", request->path(), error.what());
    reply(error_reply(drogon::k500InternalServerError));
  }
}

const char* method_word(drogon::HttpMethod method) {
  switch (method) {
    case drogon::Get:
      return "GET";
    case drogon::Post:
      return "POST";
    case drogon::Put:
      return "PUT";
    case drogon::Patch:
      return "PATCH";
    case drogon::Delete:
      return "DELETE";
    default:
      return "OTHER";
  }
}

void register_with_framework(const Route& route, Plain handler) {
  const std::vector<drogon::internal::HttpConstraint> methods{route.method};
  auto& app = drogon::app();
  switch (std::ranges::count(route.path, '{')) {
    case 0:
      app.registerHandler(
          route.path,
          [handler](const HttpRequestPtr& request, HttpCallback&& reply) {
            handler({.request = request, .caller = {}, .id = {}, .sub_id = {}}, std::move(reply));
          },
          methods);
      break;
    case 1:
      app.registerHandler(
          route.path,
          [handler](const HttpRequestPtr& request, HttpCallback&& reply, const std::string& id) {
            handler({.request = request, .caller = {}, .id = id, .sub_id = {}}, std::move(reply));
          },
          methods);
      break;
    default:
      app.registerHandler(
          route.path,
          [handler](const HttpRequestPtr& request, HttpCallback&& reply, const std::string& id,
                    const std::string& sub_id) {
            handler({.request = request, .caller = {}, .id = id, .sub_id = sub_id}, std::move(reply));
          },
          methods);
  }
}

}  // namespace

void Router::add_on(WorkerPool& pool, const Route& route, AsyncHandler handler) {
  routes_.push_back(route);
  const std::string name = std::string(method_word(route.method)) + " " + route.path;
  register_with_framework(route, [this, &pool, name, access = route.access, handler = std::move(handler)](
                                     HttpCall call, const HttpCallback& answer) {
    const HttpCallback reply = [this, name, answer,
                                begin = std::chrono::steady_clock::now()](const drogon::HttpResponsePtr& response) {
      metrics_.note(name, response->statusCode(), std::chrono::steady_clock::now() - begin);
      answer(response);
    };
    const auto work = [this, access, handler, call = std::move(call), reply]() mutable {
      guarded(call.request, reply, [&] {
        auto caller = gate_.admit(call.request, access);
        if (!caller) return reply(caller.error());
        call.caller = std::move(*caller);
        call.address = gate_.address_of(call.request);
        handler(call, reply);
      });
    };
    if (!pool.submit(work))
      reply(error_reply(Error{ErrorKind::unavailable, "too many requests at once; try again in a moment"}));
  });
}

void Router::add_async(const Route& route, AsyncHandler handler) {
  add_on(pool_, route, std::move(handler));
}

void Router::add(const Route& route, Handler handler) {
  add_on(pool_, route,
         [handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) { reply(handler(call)); });
}

void Router::add_slow(const Route& route, Handler handler) {
  add_on(slow_pool_, route,
         [handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) { reply(handler(call)); });
}

void Router::add_file(const std::string& path, Handler handler) {
  const Route route{.method = drogon::Get, .path = path, .access = Access::open()};
  routes_.push_back(route);
  register_with_framework(route, [handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) {
    guarded(call.request, reply, [&] { reply(handler(call)); });
  });
}

}  // namespace hadir
