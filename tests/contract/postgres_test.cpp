// What is PostgreSQL's alone: servers that are away, strange or unwilling. The rest is the contract.
#include <pqxx/pqxx>

#include <atomic>
#include <thread>

#include "contract/database_contract.hpp"
#include "contract/postgres_fixture.hpp"
#include "store/migrations/migrations.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

Person somebody(const std::string& id) {
  Person person;
  person.id = PersonId(id);
  person.employee_code = id;
  person.name = "Somebody";
  return person;
}

class PostgresTest : public testing::Test {
 protected:
  void SetUp() override {
    postgres_server().start();
    postgres_server().create_database("single");
  }
  void TearDown() override {
    postgres_server().start();
    postgres_server().drop_database("single");
  }
  std::unique_ptr<Database> open(const PostgresOptions& options) {
    auto database = open_postgres(options, key_);
    if (!database) throw std::runtime_error(database.error().message);
    return std::move(*database);
  }
  Error refusal(const PostgresOptions& options) {
    const auto database = open_postgres(options, key_);
    if (database) throw std::runtime_error("it opened");
    EXPECT_THAT(database.error().message, Not(HasSubstr(options.password)));
    EXPECT_THAT(database.error().message, Not(HasSubstr("\n")));
    return database.error();
  }

  const SecretKey key_ = SecretKey::random();
};

TEST_F(PostgresTest, SaysWhereItIsWithoutThePassword) {
  const auto database = open(options_for("single"));
  EXPECT_THAT(database->describe(), HasSubstr("PostgreSQL hadir@127.0.0.1:"));
  EXPECT_THAT(database->describe(), HasSubstr(std::format("schema {}", postgres_migrations().size())));
  EXPECT_THAT(database->describe(), Not(HasSubstr(PostgresServer::password)));
}

TEST_F(PostgresTest, KeepsItsDataAndRunsMigrationsOnce) {
  ASSERT_TRUE(open(options_for("single"))->persons().add(somebody("p1")));
  EXPECT_TRUE(open(options_for("single"))->persons().get(PersonId("p1")));
  EXPECT_EQ(postgres_server().psql("SELECT count(*) FROM schema_migrations", "single"),
            std::format("{}\n", postgres_migrations().size()));
}

TEST_F(PostgresTest, TwoProgramsMayStartAtOnce) {
  std::atomic<int> opened = 0;
  {
    std::vector<std::jthread> programs;
    for (int i = 0; i < 4; ++i)
      programs.emplace_back([&] {
        if (open_postgres(options_for("single"), key_)) ++opened;
      });
  }
  EXPECT_EQ(opened, 4);
}

TEST_F(PostgresTest, AWrongPasswordIsOneClearLine) {
  auto options = options_for("single");
  options.password = "mistaken";
  const auto error = refusal(options);
  EXPECT_EQ(error.kind, ErrorKind::unavailable);
  EXPECT_THAT(error.message, HasSubstr("password authentication failed"));
  EXPECT_THAT(error.message, HasSubstr("hadir@127.0.0.1"));
}

TEST_F(PostgresTest, AMissingDatabaseIsOneClearLine) {
  const auto error = refusal(options_for("nowhere"));
  EXPECT_EQ(error.kind, ErrorKind::unavailable);
  EXPECT_THAT(error.message, HasSubstr("database \"nowhere\" does not exist"));
}

TEST_F(PostgresTest, AServerThatIsAwayIsOneClearLine) {
  auto options = options_for("single");
  options.port = 1;
  const auto error = refusal(options);
  EXPECT_EQ(error.kind, ErrorKind::unavailable);
  EXPECT_THAT(error.message, HasSubstr("127.0.0.1"));
}

TEST_F(PostgresTest, RefusesASchemaFromTheFuture) {
  open(options_for("single"));
  postgres_server().psql("INSERT INTO schema_migrations VALUES (9999, 'later', 'abc', '2027')", "single");
  const auto error = refusal(options_for("single"));
  EXPECT_EQ(error.kind, ErrorKind::conflict);
  EXPECT_THAT(error.message, HasSubstr("newer"));
}

TEST_F(PostgresTest, RefusesAnotherKey) {
  open(options_for("single"));
  const auto error = open_postgres(options_for("single"), SecretKey::random()).error();
  EXPECT_EQ(error.kind, ErrorKind::invalid_input);
  EXPECT_THAT(error.message, HasSubstr("another key"));
}

TEST_F(PostgresTest, GoesOnAfterTheServerWasAway) {
  const auto database = open(options_for("single"));
  ASSERT_TRUE(database->persons().add(somebody("p1")));
  postgres_server().stop();
  const auto away = database->persons().list();
  ASSERT_FALSE(away);
  EXPECT_EQ(away.error().kind, ErrorKind::unavailable) << away.error().message;
  EXPECT_EQ(database->check().error().kind, ErrorKind::unavailable);
  EXPECT_EQ(database->in_transaction([] { return Status{}; }).error().kind, ErrorKind::unavailable);
  postgres_server().start();
  const auto back = database->persons().list();
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->size(), 1U);
  EXPECT_TRUE(database->check());
}

TEST_F(PostgresTest, ARestartBetweenTwoCallsIsNotNoticed) {
  const auto database = open(options_for("single"));
  ASSERT_TRUE(database->persons().add(somebody("p1")));
  postgres_server().restart();
  EXPECT_TRUE(database->persons().add(somebody("p2")));
  postgres_server().kill();
  postgres_server().start();
  EXPECT_TRUE(database->check());
  EXPECT_TRUE(database->persons().add(somebody("p3")));
}

TEST_F(PostgresTest, AServerThatGoesInATransactionLeavesNothingOfIt) {
  const auto database = open(options_for("single"));
  const auto done = database->in_transaction([&]() -> Status {
    if (auto added = database->persons().add(somebody("p1")); !added) return added;
    postgres_server().kill();
    postgres_server().start();
    const auto second = database->persons().add(somebody("p2"));
    EXPECT_FALSE(second) << "it must not be written outside the transaction";
    return {};
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().kind, ErrorKind::unavailable);
  const auto left = database->persons().list();
  ASSERT_TRUE(left) << left.error().message;
  EXPECT_TRUE(left->empty());
  const auto again = database->persons().add(somebody("p1"));
  EXPECT_TRUE(again) << again.error().message;
}

TEST_F(PostgresTest, AStatementThatTakesTooLongIsGivenUp) {
  auto options = options_for("single");
  options.lock_timeout = 100ms;
  const auto database = open(options);
  pqxx::connection other(std::format("host=127.0.0.1 port={} dbname=single user={} password='{}'",
                                     postgres_server().port(), PostgresServer::user, "o\\'ne \\\\ \"two\""));
  pqxx::work blocking(other);
  blocking.exec("LOCK TABLE persons IN ACCESS EXCLUSIVE MODE");
  const auto locked = database->persons().add(somebody("p1"));
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(locked.error().message, HasSubstr("locked"));
  blocking.abort();
  EXPECT_TRUE(database->persons().add(somebody("p1")));
}

TEST_F(PostgresTest, ABusyPoolIsOneClearLine) {
  auto options = options_for("single");
  options.kept_connections = 1;
  options.more_connections = 0;
  options.pool_timeout = 50ms;
  const auto database = open(options);
  const auto done = database->in_transaction([&]() -> Status {
    std::jthread([&] {
      const auto refused = database->persons().list();
      ASSERT_FALSE(refused);
      EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
      EXPECT_THAT(refused.error().message, HasSubstr("all 1 connections are busy"));
    }).join();
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_TRUE(database->persons().list());
}

TEST_F(PostgresTest, ThePoolGrowsUnderLoadAndShrinksAgain) {
  auto options = options_for("single");
  options.kept_connections = 2;
  options.more_connections = 4;
  const auto database = open(options);
  const auto sessions = [] {
    return postgres_server().psql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'hadir'");
  };
  std::atomic<int> failures = 0;
  {
    std::vector<std::jthread> callers;
    for (int i = 0; i < 12; ++i)
      callers.emplace_back([&] {
        for (int n = 0; n < 20; ++n)
          if (!database->persons().list()) ++failures;
      });
  }
  EXPECT_EQ(failures, 0);
  while (std::stoi(sessions()) > 2) std::this_thread::sleep_for(10ms);  // the server takes leave in its own time
  EXPECT_TRUE(database->check());
}

TEST_F(PostgresTest, FacesAreNotReadableInTheDatabase) {
  const auto database = open(options_for("single"));
  ASSERT_TRUE(database->persons().add(somebody("p1")));
  FaceTemplate face;
  face.id = TemplateId("t1");
  face.person = PersonId("p1");
  face.model = {"m", "abc"};
  face.embedding = *Embedding::raw(std::vector(64, 1.F));
  ASSERT_TRUE(database->templates().add(std::vector{face}));
  const auto stored = postgres_server().psql("SELECT encode(embedding, 'hex') FROM face_templates", "single");
  EXPECT_GT(stored.size(), 2 * 64 * sizeof(float));
  EXPECT_THAT(stored, Not(HasSubstr("0000803f0000803f")));
}

}  // namespace
}  // namespace hadir
