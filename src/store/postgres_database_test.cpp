#include "store/postgres_database.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/migrations/migrations.hpp"

namespace hadir {
namespace {

using testing::HasSubstr;
using testing::Not;

Result<std::optional<PostgresOptions>> from(const std::map<std::string, std::string, std::less<>>& variables) {
  return postgres_options([&](std::string_view name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  });
}

TEST(PostgresOptions, NoneSetMeansNoPostgres) {
  EXPECT_FALSE(from({}).value());
  EXPECT_FALSE(from({{"POSTGRES_PORT", "5433"}, {"POSTGRES_HOST", ""}}).value());
}

TEST(PostgresOptions, AllSetNameTheServer) {
  const auto options = from({{"POSTGRES_HOST", "db.example"},
                             {"POSTGRES_DB", "fr"},
                             {"POSTGRES_USER", "hadir"},
                             {"POSTGRES_PASSWORD", "geheim"}})
                           .value();
  ASSERT_TRUE(options);
  EXPECT_EQ(options->port, 5432);
  EXPECT_EQ(options->password, "geheim");
  EXPECT_EQ(address_of(*options), "PostgreSQL hadir@db.example:5432/fr");
}

TEST(PostgresOptions, AMissingOneIsNamed) {
  const std::map<std::string, std::string, std::less<>> all{{"POSTGRES_HOST", "db.example"},
                                                            {"POSTGRES_DB", "fr"},
                                                            {"POSTGRES_USER", "hadir"},
                                                            {"POSTGRES_PASSWORD", "geheim"}};
  for (const auto& [name, value] : all) {
    auto some = all;
    some.erase(name);
    const auto refused = from(some);
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().kind, ErrorKind::invalid_input);
    EXPECT_THAT(refused.error().message, testing::StartsWith(name + " is not set"));
    EXPECT_THAT(refused.error().message, Not(HasSubstr("geheim")));
  }
}

TEST(PostgresOptions, APortIsANumber) {
  for (const char* port : {"0", "65536", "x", "5432x", "-1"}) {
    const auto refused = from({{"POSTGRES_HOST", "h"},
                               {"POSTGRES_DB", "d"},
                               {"POSTGRES_USER", "u"},
                               {"POSTGRES_PASSWORD", "p"},
                               {"POSTGRES_PORT", port}});
    ASSERT_FALSE(refused) << port;
    EXPECT_THAT(refused.error().message, HasSubstr("POSTGRES_PORT"));
  }
}

TEST(PostgresMigrations, GoStepByStepWithThoseOfSqlite) {
  const auto ours = postgres_migrations();
  const auto theirs = sqlite_migrations();
  ASSERT_EQ(ours.size(), theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    EXPECT_EQ(ours[i].number, theirs[i].number);
    EXPECT_EQ(ours[i].name, theirs[i].name);
  }
}

}  // namespace
}  // namespace hadir
