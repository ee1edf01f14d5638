#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "web/page_files.hpp"
#include "web/test_server.hpp"

namespace hadir {
namespace {

std::string upper_case(std::string word) {
  std::ranges::transform(word, word.begin(), [](unsigned char c) { return std::toupper(c); });
  return word;
}

std::string permission_word(const Access& access) {
  if (access.is_open()) return "open";
  return access.permission() ? to_text(*access.permission()) : "signed_in";
}

bool is_page_file(const std::string& path) {
  return path == "/" || std::ranges::contains(page_files(), path, &PageFile::path);
}

TEST_F(WebServerTest, TheSpecificationHasEachRouteAndNoOther) {
  start();
  const auto paths = get("/api/openapi.json").json()["paths"];
  std::set<std::string> specified;
  for (const auto& [path, item] : paths.items())
    for (const auto& [method, operation] : item.items())
      if (operation.is_object())
        specified.insert(upper_case(method) + " " + path + " " + operation.value("x-permission", "no x-permission"));
  std::set<std::string> served;
  for (const Route& route : server_->routes())
    if (!is_page_file(route.path)) served.insert(route.name() + " " + permission_word(route.access));
  EXPECT_THAT(specified, testing::ContainerEq(served));
}

TEST_F(WebServerTest, TheDocumentationNeedsNoNetworkAndNoInlineScript) {
  start();
  const WireReply page = get("/api/docs");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(page.has_header("content-type: text/html"));
  for (const char* text : {"http://", "https://", "//cdn", "style=\"", "onclick", "<style"})
    EXPECT_THAT(page.body, testing::Not(testing::HasSubstr(text))) << text;
  for (const char* path : {"/api_docs.js", "/api_docs.css"}) {
    EXPECT_EQ(get(path).status, 200) << path;
    EXPECT_THAT(get(path).body, testing::Not(testing::HasSubstr("http"))) << path;
  }
}

}  // namespace
}  // namespace hadir
