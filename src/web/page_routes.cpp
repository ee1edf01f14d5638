#include <algorithm>

#include "web/page_files.hpp"
#include "web/routes.hpp"

namespace hadir {
namespace {

/// The build gives the files below /assets names with a digest: what has such a name never changes.
bool is_immutable(const PageFile& file) {
  return file.path.starts_with("/assets/");
}

drogon::HttpResponsePtr file_reply(const PageFile& file, const drogon::HttpRequestPtr& request) {
  auto response = drogon::HttpResponse::newHttpResponse();
  response->addHeader("cache-control", is_immutable(file) ? "public, max-age=31536000, immutable" : "no-cache");
  response->addHeader("etag", std::string(file.etag));
  response->addHeader("vary", "accept-encoding");
  if (request->getHeader("if-none-match").contains(file.etag)) {
    response->setStatusCode(drogon::k304NotModified);
    return response;
  }
  response->setContentTypeString(std::string(file.content_type));
  const bool compressed = !file.gzip.empty() && request->getHeader("accept-encoding").contains("gzip");
  if (compressed) response->addHeader("content-encoding", "gzip");
  response->setBody(std::string(compressed ? file.gzip : file.bytes));
  return response;
}

const PageFile& dashboard() {
  return *std::ranges::find(page_files(), "/index.html", &PageFile::path);
}

/// Under which address a file is given out.
std::string address_of(const PageFile& file) {
  if (file.path == "/openapi.json") return "/api/openapi.json";
  if (file.path == "/api_docs.html") return "/api/docs";
  if (file.path == "/index.html") return "/";
  return std::string(file.path);
}

}  // namespace

void add_page_routes(Router& router) {
  for (const PageFile& file : page_files())
    router.add_file(address_of(file), [&file](const HttpCall& call) { return file_reply(file, call.request); });
}

drogon::HttpResponsePtr page_for_unknown_address(const drogon::HttpRequestPtr& request) {
  const std::string& path = request->path();
  const bool is_page = request->method() == drogon::Get && request->getHeader("accept").contains("text/html") &&
                       path != "/api" && !path.starts_with("/api/") && !path.starts_with("/assets/") &&
                       !path.starts_with("/socket.io");
  return is_page ? file_reply(dashboard(), request) : nullptr;
}

}  // namespace hadir
