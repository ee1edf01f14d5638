// hadir user through the binary: the first link, users, passwords from standard input, what may not be.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "program.hpp"

namespace hadir {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

class UserTest : public testing::Test {
 protected:
  Finished user(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.begin(), "user");
    arguments.insert(arguments.end(), {"--data", (folder_.path() / "data").string()});
    return run_hadir(arguments, {}, input);
  }
  TestFolder folder_;
  static constexpr auto password = "tujuh gajah menari\n";
};

TEST_F(UserTest, TheLinkIsThereUntilThereIsAUser) {
  const auto first = user({"setup-link", "--json"});
  ASSERT_EQ(first.exit, 0) << first.err;
  const std::string link = Json::parse(first.out).at("url");
  EXPECT_THAT(link, testing::StartsWith("http://localhost:5000/setup#"));
  const auto second = user({"setup-link", "--json", "--url", "https://hadir.example.org"});
  EXPECT_THAT(Json::parse(second.out).at("url").get<std::string>(),
              testing::StartsWith("https://hadir.example.org/setup#"));
  ASSERT_EQ(user({"add", "siti", "--role", "admin"}, password).exit, 0);
  const auto late = user({"setup-link"});
  EXPECT_EQ(late.exit, 1);
  EXPECT_THAT(late.err, HasSubstr("hadir user passwd"));
}

TEST_F(UserTest, UsersAreAddedChangedAndRemoved) {
  const auto weak = user({"add", "siti", "--role", "admin"}, "short\n");
  EXPECT_EQ(weak.exit, 2);
  EXPECT_THAT(weak.err, HasSubstr("at least 12"));
  ASSERT_EQ(user({"add", "siti", "--role", "admin"}, password).exit, 0);
  EXPECT_EQ(user({"add", "siti", "--role", "admin"}, password).exit, 1) << "taken";
  EXPECT_EQ(user({"add", "budi", "--role", "nothing"}, password).exit, 1);
  EXPECT_EQ(user({"add", "budi"}, "").exit, 2) << "no password";
  ASSERT_EQ(user({"add", "budi", "--role", "viewer,hr", "--camera", "CAM1"}, password).exit, 0);
  const auto invited = user({"add", "cici", "--role", "viewer", "--invite"});
  EXPECT_THAT(invited.out, HasSubstr("/setup#"));
  const auto list = Json::parse(user({"list", "--json"}).out);
  ASSERT_EQ(list.size(), 3U);
  EXPECT_EQ(list[0].at("roles"), Json({"viewer", "hr"}));
  EXPECT_EQ(list[1].at("has_password"), false);
  EXPECT_THAT(list.dump(), Not(HasSubstr("argon2")));
  EXPECT_EQ(user({"role", "budi", "--role", "operator"}).exit, 0);
  EXPECT_EQ(user({"disable", "budi"}).exit, 0);
  const auto after = Json::parse(user({"list", "--json"}).out);
  EXPECT_EQ(after[0].at("roles"), Json({"operator"}));
  EXPECT_EQ(after[0].at("active"), false);
  EXPECT_EQ(user({"enable", "budi"}).exit, 0);
  EXPECT_EQ(user({"passwd", "budi"}, "delapan kuda berlari\n").exit, 0);
  EXPECT_EQ(user({"unlock", "budi"}).exit, 0);
  EXPECT_EQ(user({"remove", "budi"}).exit, 0);
  EXPECT_EQ(user({"remove", "budi"}).exit, 1);
  const auto last = user({"remove", "siti"});
  EXPECT_EQ(last.exit, 1);
  EXPECT_THAT(last.err, HasSubstr("administrate"));
  EXPECT_EQ(run_hadir({"db", "check", "--data", (folder_.path() / "data").string()}).exit, 0)
      << "all of this is in an audit log that is whole";
}

}  // namespace
}  // namespace hadir
