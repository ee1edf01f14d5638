#include "web/router.hpp"

#include <drogon/HttpAppFramework.h>
#include <spdlog/spdlog.h>

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
  if (!path.contains('{'))
    drogon::app().registerHandler(
        path,
        [handler](const HttpRequestPtr& request, HttpCallback&& reply) { handler({request, {}}, std::move(reply)); },
        {drogon::Get});
  else
    drogon::app().registerHandler(path,
                                  [handler](const HttpRequestPtr& request, HttpCallback&& reply,
                                            const std::string& id) { handler({request, id}, std::move(reply)); },
                                  {drogon::Get});
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
