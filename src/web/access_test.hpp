#pragma once
#include "web/test_server.hpp"

namespace hadir {

/// A server with its first administrator, siti, and what tests about users ask of it.
class AccessTest : public WebServerTest {
 protected:
  nlohmann::json credentials(const std::string& name, const std::string& password = good_password) {
    return {{"name", name}, {"password", password}};
  }
  static std::string code_of(const WireReply& reply) { return reply.json().at("error").at("code"); }
  std::int64_t audited(const std::string& action) {
    return database_->audit().find({.from = {}, .to = {}, .actor = {}, .subject = {}, .action = action}, {})->total;
  }
  std::string add_user(const std::string& name, const nlohmann::json& more) {
    nlohmann::json body = credentials(name);
    body.update(more);
    const auto reply = post("/api/users", body);
    EXPECT_EQ(reply.status, 201) << reply.body;
    return reply.json().at("id");
  }
};

}  // namespace hadir
