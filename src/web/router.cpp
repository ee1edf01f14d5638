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

const char* Route::method_word() const {
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

Router::Router(WorkerPool& pool, WorkerPool& slow_pool, Gate& gate, const GateOptions& rates,
               std::function<void()> changed)
    : pool_(pool),
      slow_pool_(slow_pool),
      gate_(gate),
      caller_rate_(rates.caller_per_second, rates.caller_burst),
      heavy_rate_(rates.heavy_per_second, rates.heavy_burst),
      changed_(std::move(changed)) {}

/// 429 for who asks too often. A user and each of their keys have a share of their own.
drogon::HttpResponsePtr Router::refusal_of(const Principal& caller, Cost cost) {
  if (caller.user.empty()) return nullptr;
  const auto now = std::chrono::steady_clock::now();
  const std::string who = caller.user.str() + " " + caller.name;
  auto wait = caller_rate_.take(who, now);
  if (wait <= std::chrono::seconds{0} && cost == Cost::heavy) wait = heavy_rate_.take(who, now);
  if (wait <= std::chrono::seconds{0}) return nullptr;
  auto refusal = error_reply(drogon::k429TooManyRequests);
  refusal->addHeader("retry-after", std::to_string(wait.count()));
  return refusal;
}

void Router::add_on(WorkerPool& pool, const Route& route, Cost cost, AsyncHandler handler) {
  routes_.push_back(route);
  const std::string name = route.name();
  const bool changes = route.method != drogon::Get && route.method != drogon::Head;
  register_with_framework(route, [this, &pool, name, cost, changes, access = route.access,
                                  handler = std::move(handler)](HttpCall call, const HttpCallback& answer) {
    const HttpCallback reply = [this, name, changes, answer,
                                begin = std::chrono::steady_clock::now()](const drogon::HttpResponsePtr& response) {
      if (changes && changed_) changed_();
      metrics_.note(name, response->statusCode(), std::chrono::steady_clock::now() - begin);
      answer(response);
    };
    const auto work = [this, cost, access, handler, call = std::move(call), reply]() mutable {
      guarded(call.request, reply, [&] {
        auto caller = gate_.admit(call.request, access);
        if (!caller) return reply(caller.error());
        if (auto refused = refusal_of(*caller, cost)) return reply(refused);
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
  add_on(pool_, route, Cost::usual, std::move(handler));
}

void Router::add(const Route& route, Handler handler) {
  add_on(pool_, route, Cost::usual,
         [handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) { reply(handler(call)); });
}

void Router::add_heavy(const Route& route, Handler handler) {
  add_on(pool_, route, Cost::heavy,
         [handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) { reply(handler(call)); });
}

void Router::add_slow(const Route& route, Handler handler) {
  add_on(slow_pool_, route, Cost::heavy,
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
