#include "web/page_files.hpp"
#include "web/routes.hpp"

namespace hadir {

void add_page_routes(Router& router) {
  for (const PageFile& file : page_files()) {
    const auto reply = [&file](const HttpCall&) {
      auto response = drogon::HttpResponse::newHttpResponse();
      response->setContentTypeString(std::string(file.content_type));
      response->addHeader("cache-control", "no-cache");
      response->setBody(std::string(file.bytes));
      return response;
    };
    if (file.name == "openapi.json") {
      router.add_file("/api/openapi.json", reply);
      continue;
    }
    if (file.name == "api_docs.html") {
      router.add_file("/api/docs", reply);
      continue;
    }
    if (file.name == "index.html") {
      router.add_file("/", reply);
      router.add_file("/setup", reply);  // with the secret behind "#"
    }
    router.add_file("/" + std::string(file.name), reply);
  }
}

}  // namespace hadir
