#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/schema_check.hpp"
#include "web/test_server.hpp"

namespace hadir {

/// The server over the wire. Each reply is compared with the specification that the server itself gives out.
class ApiTest : public WebServerTest {
 protected:
  using Json = nlohmann::json;

  /// Another database than SQLite in memory. Before `start`.
  void use(std::unique_ptr<Database> database) {
    access_.reset();
    database_ = std::move(database);
    AccessRules rules;
    rules.key.fill(7);
    rules.password_cost = PasswordCost::least();
    access_ = std::make_unique<AccessControl>(*database_, clock_, rules);
  }

  void start_api() {
    options_.gate.unknown_per_second = 0;
    start();
    const auto reply = get("/api/openapi.json");
    ASSERT_EQ(reply.status, 200);
    specification_ = reply.json();
  }

  /// Moves the clock; sessions that ended meanwhile are begun anew.
  void set_clock(const char* time) {
    clock_.set(*parse_iso8601(time));
    sign_in("siti");
  }
  void sign_in(const std::string& name) {
    sign_out();
    use_session(request("POST", "/api/auth/login", {}, Json{{"name", name}, {"password", good_password}}.dump()));
  }

  /// Sends a request and says when the reply is not as specified.
  WireReply call(const std::string& method, const std::string& target, const std::string& body = "",
                 std::map<std::string, std::string> headers = {}) {
    const auto reply = request(method, target, std::move(headers), body);
    if (const auto wrong = unspecified(method, target, reply); !wrong.empty())
      ADD_FAILURE() << method << " " << target << " answered " << reply.status << ": " << wrong << "\n"
                    << reply.body.substr(0, 400);
    return reply;
  }
  WireReply call(const std::string& method, const std::string& target, const Json& body) {
    return call(method, target, body.dump());
  }
  int status_of(const std::string& method, const std::string& target, const Json& body = nullptr) {
    return call(method, target, body.is_null() ? "" : body.dump()).status;
  }
  /// The names of the fields that a reply of 4xx complains of; its message must name one of them.
  static std::vector<std::string> faults(const WireReply& reply) {
    std::vector<std::string> names;
    const auto json = Json::parse(reply.body, nullptr, false);
    if (json.is_discarded() || !json.contains("error")) return {"no error: " + reply.body.substr(0, 200)};
    for (const auto& [name, message] : json["error"]["fields"].items()) names.push_back(name);
    return names;
  }

  /// Creates somebody through /api/v1; their id.
  std::string new_person(const std::string& first, const std::string& last, Json more = Json::object()) {
    more["first_name"] = first;
    more["last_name"] = last;
    const auto reply = call("POST", "/api/v1/persons", more);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.status == 201 ? reply.json()["data"]["id"].get<std::string>() : "";
  }
  std::int64_t audit_count(const std::string& action) {
    std::int64_t count = 0;
    const auto entries =
        database_->audit().find({.from = {}, .to = {}, .actor = {}, .subject = {}}, {.offset = 0, .limit = 1000});
    for (const auto& entry : entries->rows) count += entry.action == action ? 1 : 0;
    return count;
  }

 private:
  /// The path of the specification that a target is of: literal parts before {…}.
  const Json* path_of(const std::string& target) const {
    const auto parts = [](std::string_view path) {
      std::vector<std::string> made;
      for (const auto part : std::views::split(path, '/')) made.emplace_back(part.begin(), part.end());
      return made;
    };
    const auto wanted = parts(std::string_view(target).substr(0, target.find('?')));
    const Json* best = nullptr;
    std::size_t fewest = 99;
    for (const auto& [path, item] : specification_["paths"].items()) {
      const auto given = parts(path);
      if (given.size() != wanted.size()) continue;
      std::size_t open = 0;
      bool fits = true;
      for (std::size_t i = 0; fits && i < given.size(); ++i) {
        if (given[i].starts_with('{'))
          ++open;
        else
          fits = given[i] == wanted[i];
      }
      if (fits && open < fewest) {
        fewest = open;
        best = &item;
      }
    }
    return best;
  }

  std::string unspecified(std::string method, const std::string& target, const WireReply& reply) const {
    std::ranges::transform(method, method.begin(), [](unsigned char c) { return std::tolower(c); });
    const Json* path = path_of(target);
    if (path == nullptr || !path->contains(method))
      return reply.status == 404 || reply.status == 405 ? "" : "is not in the specification";
    const SchemaCheck check(specification_);
    const Json& responses = (*path)[method]["responses"];
    const auto status = std::to_string(reply.status);
    const bool is_usual_error = reply.status >= 400 && responses.contains("default");
    if (!responses.contains(status) && !is_usual_error) return "has no such status";
    const Json& response = check.resolved(responses.contains(status) ? responses[status] : responses["default"]);
    if (!response.contains("content")) return reply.body.empty() ? "" : "has a body";
    if (!response["content"].contains("application/json")) return "";
    const auto body = Json::parse(reply.body, nullptr, false);
    if (body.is_discarded()) return "is not JSON";
    return check.difference(response["content"]["application/json"]["schema"], body);
  }

  Json specification_;
};

}  // namespace hadir
