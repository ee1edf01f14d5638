#include "web/live/websocket_path.hpp"

#include <dlfcn.h>
#include <drogon/HttpResponse.h>

#include <cstdlib>
#include <functional>
#include <memory>

namespace {

constexpr const char* attribute = "hadir.websocket_client_id";
/// void drogon::HttpAppFrameworkImpl::onNewWebsockRequest(const HttpRequestImplPtr&, callback&&, const
/// WebSocketConnectionImplPtr&). Its classes are private; a request's first base is drogon::HttpRequest.
#define HADIR_NEW_WEBSOCKET                                                                                           \
  "_ZN6drogon20HttpAppFrameworkImpl19onNewWebsockRequestERKSt10shared_ptrINS_15HttpRequestImplEEOSt8functionIFvRKS1_" \
  "INS_12HttpResponseEEEERKS1_INS_23WebSocketConnectionImplEE"

using Reply = std::function<void(const drogon::HttpResponsePtr&)>;
using NewWebSocket = void (*)(void* framework, const drogon::HttpRequestPtr& request, Reply&& reply,
                              const std::shared_ptr<void>& connection);

void take_client_id(const drogon::HttpRequestPtr& request) {
  const std::string path = request->path();
  const std::size_t end = hadir::attendance_path.size();
  if (!path.starts_with(hadir::attendance_path) || path.size() <= end + 1 || path[end] != '/') return;
  request->attributes()->insert(attribute, path.substr(end + 1));
  request->setPath(std::string(hadir::attendance_path));
}

}  // namespace

extern "C" {
__attribute__((visibility("default"), used)) void hadir_new_websocket(
    void* framework, const drogon::HttpRequestPtr& request, Reply&& reply,
    const std::shared_ptr<void>& connection) __asm__(HADIR_NEW_WEBSOCKET);

void hadir_new_websocket(void* framework, const drogon::HttpRequestPtr& request, Reply&& reply,
                         const std::shared_ptr<void>& connection) {
  static const auto original = reinterpret_cast<NewWebSocket>(::dlsym(RTLD_NEXT, HADIR_NEW_WEBSOCKET));
  if (original == nullptr) std::abort();  // another Drogon than this was built with
  take_client_id(request);
  original(framework, request, std::move(reply), connection);
}
}

namespace hadir {

std::string websocket_client_id(const drogon::HttpRequestPtr& request) {
  return request->attributes()->find(attribute) ? request->attributes()->get<std::string>(attribute) : std::string();
}

}  // namespace hadir
