#include "web/router.hpp"

#include <drogon/HttpAppFramework.h>
#include <spdlog/spdlog.h>

#include <algorithm>

namespace hadir {
namespace {

using drogon::HttpRequestPtr;

drogon::HttpResponsePtr answer(const Router::Handler& handler, const HttpCall& call) {
  try {
    return handler(call);
  } catch (const std::exception& error) {
    spdlog::error("{}: {}", call.request->path(), error.what());
    return error_reply(drogon::k500InternalServerError);
  }
}

}  // namespace

void Router::get_async(const std::string& path, AsyncHandler handler) {
  auto& app = drogon::app();
  switch (std::ranges::count(path, '{')) {
    case 0:
      app.registerHandler(
          path,
          [handler](const HttpRequestPtr& request, HttpCallback&& reply) { handler({request, {}}, std::move(reply)); },
          {drogon::Get});
      return;
    case 1:
      app.registerHandler(path,
                          [handler](const HttpRequestPtr& request, HttpCallback&& reply, const std::string& a) {
                            handler({request, {a}}, std::move(reply));
                          },
                          {drogon::Get});
      return;
    default:
      app.registerHandler(
          path,
          [handler](const HttpRequestPtr& request, HttpCallback&& reply, const std::string& a, const std::string& b,
                    const std::string& c) { handler({request, {a, b, c}}, std::move(reply)); },
          {drogon::Get});
  }
}

void Router::get(const std::string& path, Handler handler) {
  get_async(path, [handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) {
    reply(answer(handler, call));
  });
}

void Router::get_on_worker(const std::string& path, Handler handler) {
  get_async(path, [this, handler = std::move(handler)](const HttpCall& call, const HttpCallback& reply) {
    if (!pool_.submit([handler, call, reply] { reply(answer(handler, call)); }))
      reply(error_reply(Error{ErrorKind::unavailable, "too many requests at once; try again in a moment"}));
  });
}

}  // namespace hadir
