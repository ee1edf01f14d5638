// `hadir db`, through the program, on both databases.
#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "e2e/program.hpp"
#include "support/postgres_server.hpp"

namespace hadir {
namespace {

using nlohmann::json;
using testing::HasSubstr;

class DbCommandTest : public testing::Test {
 protected:
  ~DbCommandTest() override {
    for (const char* name : {"POSTGRES_HOST", "POSTGRES_PORT", "POSTGRES_DB", "POSTGRES_USER", "POSTGRES_PASSWORD"})
      ::unsetenv(name);
  }
  Finished db(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "db");
    arguments.insert(arguments.end(), {"--data", (folder_.path() / "data").string()});
    return run_hadir(arguments);
  }
  json answer(const std::vector<std::string>& arguments) {
    auto all = arguments;
    all.push_back("--json");
    const auto done = db(all);
    EXPECT_EQ(done.exit, 0) << done.err;
    return json::parse(done.out);
  }
  Finished import(const std::string& csv, const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments{
        "import", "employees", folder_.write("people.csv", csv).string(), "--data", (folder_.path() / "data").string(),
        "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_hadir(arguments);
  }
  /// What an operator does with a database, from nothing to a restored backup.
  void live_through() {
    EXPECT_FALSE(answer({"status"}).at("exists"));
    EXPECT_EQ(db({"check"}).exit, 1);
    answer({"migrate"});
    const auto status = answer({"status"});
    EXPECT_EQ(status.at("schema"), status.at("program"));
    EXPECT_EQ(import("nik,nama\nE1,Ana\n", {"--dry-run"}).exit, 0);
    EXPECT_EQ(json::parse(import("nik,nama\nE1,Ana\n").out).at("added"), 1);
    const auto backup = (folder_.path() / "backup").string();
    EXPECT_EQ(answer({"backup", backup}).at("file"), backup);
    EXPECT_EQ(db({"backup", backup}).exit, 1) << "never overwritten";
    const auto more = import("nik,nama\nE1,Ana\nE2,Budi\nE3,\n");
    EXPECT_EQ(more.exit, 2) << "a line was wrong";
    EXPECT_EQ(json::parse(more.out).at("problems").at(0).at("line"), 4);
    const auto refused = db({"restore", backup});
    EXPECT_EQ(refused.exit, 2);
    EXPECT_THAT(refused.err, HasSubstr("--yes"));
    answer({"restore", backup, "--yes"});
    EXPECT_EQ(json::parse(import("nik,nama\nE1,Ana\nE2,Budi\n").out).at("added"), 1) << "only E2 had gone";
    EXPECT_TRUE(answer({"check"}).at("sound"));
    tidy();
  }
  /// Pictures of long ago go; a dry run only counts.
  void tidy() {
    const auto old = folder_.write("data/attendance_captures/2020-01-06/E1/first_in.jpg", "a picture");
    const std::vector<std::string> config{"--config-dir", folder_.path().string()};
    const auto captures = [&](const char* option) {
      const auto done = answer({"tidy", option, config[0], config[1]});
      for (const auto& one : done.at("removed"))
        if (one.at("what") == "attendance_captures") return one.at("count").get<int>();
      return -1;
    };
    EXPECT_EQ(captures("--dry-run"), 1);
    EXPECT_TRUE(std::filesystem::exists(old));
    EXPECT_EQ(captures("--compact"), 1);
    EXPECT_FALSE(std::filesystem::exists(old.parent_path().parent_path())) << "its folders, too";
    EXPECT_EQ(captures("--dry-run"), 0);
    const auto text = db({"tidy", config[0], config[1]});
    EXPECT_EQ(text.exit, 0) << text.err;
    EXPECT_THAT(text.out, HasSubstr("events"));
  }

  TestFolder folder_;
};

TEST_F(DbCommandTest, LooksAfterSqlite) {
  live_through();
}

TEST_F(DbCommandTest, LooksAfterPostgresAndNeverShowsItsPassword) {
  const PostgresServer server;
  server.create_database("fr");
  ::setenv("POSTGRES_HOST", server.host().c_str(), 1);
  ::setenv("POSTGRES_PORT", std::to_string(server.port()).c_str(), 1);
  ::setenv("POSTGRES_DB", "fr", 1);
  ::setenv("POSTGRES_USER", PostgresServer::user, 1);
  const auto missing = db({"status"});
  EXPECT_EQ(missing.exit, 2);
  EXPECT_THAT(missing.err, HasSubstr("POSTGRES_PASSWORD is not set"));
  ::setenv("POSTGRES_PASSWORD", PostgresServer::password, 1);
  live_through();
  EXPECT_FALSE(std::filesystem::exists(folder_.path() / "data" / "hadir.db"));
  EXPECT_THAT(db({"status"}).out, HasSubstr("PostgreSQL hadir@127.0.0.1"));

  ::setenv("POSTGRES_PASSWORD", "mistaken", 1);
  for (const auto& refused : {db({"status"}), db({"backup", (folder_.path() / "other").string()})}) {
    EXPECT_EQ(refused.exit, 1);
    EXPECT_THAT(refused.err, HasSubstr("password authentication failed"));
    EXPECT_THAT(refused.err, testing::Not(HasSubstr("mistaken")));
  }
}

TEST_F(DbCommandTest, WrongArgumentsAreOneLine) {
  for (const auto& arguments : std::vector<std::vector<std::string>>{
           {"db"}, {"db", "mend"}, {"db", "backup"}, {"db", "restore", "/nowhere", "--data", "/nowhere"}}) {
    const auto refused = run_hadir(arguments);
    EXPECT_NE(refused.exit, 0);
    EXPECT_EQ(std::ranges::count(refused.err, '\n'), 1) << refused.err;
  }
}

}  // namespace
}  // namespace hadir
