// What is PostgreSQL's alone: servers that are away, strange or unwilling. The rest is the contract.
#include <pqxx/pqxx>

#include <atomic>
#include <filesystem>
#include <sstream>
#include <thread>

#include "contract/database_contract.hpp"
#include "contract/postgres_fixture.hpp"
#include "store/migrations/migrations.hpp"
#include "store/report_queries.hpp"
#include "store/upkeep.hpp"

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

TEST_F(PostgresTest, EveryEarlierSchemaIsBroughtUpWithItsData) {
  constexpr const char* columns =
      "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns WHERE"
      " table_schema = 'public' ORDER BY 1, 2";
  constexpr const char* indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1";
  open(options_for("single"));
  const auto wanted = postgres_server().psql(columns, "single") + postgres_server().psql(indexes, "single");
  for (std::size_t steps = 1; steps < postgres_migrations().size(); ++steps) {
    postgres_server().drop_database("single");
    postgres_server().create_database("single");
    postgres_server().psql(
        "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT NOT"
        " NULL, applied_at TEXT NOT NULL)",
        "single");
    for (const auto& step : postgres_migrations().first(steps)) {
      postgres_server().psql(std::string(step.sql), "single");
      postgres_server().psql(std::format("INSERT INTO schema_migrations VALUES ({}, '{}', '{}', '2026-01-05')",
                                         step.number, step.name, checksum_of(step)),
                             "single");
    }
    postgres_server().psql(
        "INSERT INTO persons (id, employee_code, name, type, status, created_at, updated_at)"
        " VALUES ('p1', 'E1', 'Ana', 'employee', 'active', 1, 2);"
        "INSERT INTO attendances (person_id, day, first_in_at, first_in_camera, first_in_confidence,"
        " first_in_sighting, first_in_picture, status, entry_type) VALUES ('p1', '2026-01-05', 5000, 'CAM1', 0.9,"
        " 's1', '', 'PRESENT', 'AUTO')",
        "single");
    const auto database = open(options_for("single"));
    EXPECT_EQ(postgres_server().psql(columns, "single") + postgres_server().psql(indexes, "single"), wanted);
    EXPECT_EQ(database->persons().find_by_code("E1").value()->name, "Ana");
    const auto day = database->attendance().day(PersonId("p1"), *parse_day("2026-01-05")).value();
    ASSERT_TRUE(day);
    EXPECT_EQ(day->first_in->source, "auto");
  }
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

TEST_F(PostgresTest, AQueryThatTakesTooLongIsGivenUpButAMigrationIsNot) {
  const auto slow_down = [](const std::string& table, int seconds) {
    postgres_server().psql(
        std::format("CREATE FUNCTION slow_{0}() RETURNS trigger LANGUAGE plpgsql AS $f$ BEGIN PERFORM pg_sleep({1});"
                    " RETURN NEW; END $f$; CREATE TRIGGER slow BEFORE INSERT ON {0} FOR EACH ROW EXECUTE FUNCTION"
                    " slow_{0}()",
                    table, seconds),
        "single");
  };
  postgres_server().psql(
      "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
      " applied_at TEXT NOT NULL)",
      "single");
  slow_down("schema_migrations", 3);
  auto options = options_for("single");
  options.statement_timeout = 2s;
  const auto database = open(options);
  slow_down("persons", 60);
  const auto added = database->persons().add(somebody("p1"));
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(added.error().message, HasSubstr("too long"));
  EXPECT_TRUE(database->persons().list()->empty()) << "and the next call works";
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

/// Every row of every table, as text.
std::string dump_of(const std::string& database) {
  const auto& server = postgres_server();
  std::string text;
  std::stringstream tables(
      server.psql("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1", database));
  for (std::string table; std::getline(tables, table);)
    text += table + "\n" + server.psql("SELECT t::text FROM " + table + " t ORDER BY 1", database);
  return text;
}

TEST_F(PostgresTest, ABackupTakenWhileWritingRestoresToAWholeDatabase) {
  const auto backup = std::filesystem::temp_directory_path() / std::format("hadir-pg-backup-{}", ::getpid());
  std::filesystem::remove(backup);
  const auto upkeep = postgres_upkeep(options_for("single"));
  EXPECT_FALSE(upkeep->exists().value());
  const auto database = open(options_for("single"));
  std::atomic<bool> done = false;
  std::atomic<int> written = 0;
  {
    std::jthread writer([&] {
      for (int i = 0; !done; ++i)
        if (database->in_transaction([&]() -> Status {
              for (const char* half : {"a", "b"})
                if (auto added = database->persons().add(somebody(half + std::to_string(i))); !added) return added;
              return {};
            }))
          ++written;
    });
    while (written < 20) std::this_thread::yield();
    const auto made = upkeep->backup(backup);
    done = true;
    ASSERT_TRUE(made) << made.error().message;
  }
  EXPECT_EQ(upkeep->backup(backup).error().kind, ErrorKind::conflict);
  EXPECT_EQ(std::filesystem::status(backup).permissions() & std::filesystem::perms::others_read,
            std::filesystem::perms::none);
  postgres_server().create_database("copy");
  const auto copied = postgres_upkeep(options_for("copy"))->restore(backup);
  ASSERT_TRUE(copied) << copied.error().message;
  const auto kept = dump_of("copy");
  EXPECT_NE(dump_of("single"), kept) << "it was written to after the backup";
  ASSERT_TRUE(upkeep->restore(backup));
  EXPECT_EQ(dump_of("single"), kept);
  const auto people = database->persons().list();
  ASSERT_TRUE(people) << people.error().message;
  EXPECT_GE(people->size(), 40U);
  EXPECT_EQ(people->size() % 2, 0U) << "no transaction was cut in two";
  EXPECT_TRUE(open_postgres(options_for("copy"), key_));
  EXPECT_TRUE(upkeep->check().value().empty());
  std::filesystem::remove(backup);
  postgres_server().drop_database("copy");
}

TEST_F(PostgresTest, RefusesWhatIsNoBackup) {
  const auto upkeep = postgres_upkeep(options_for("single"));
  EXPECT_EQ(upkeep->restore("/nowhere").error().kind, ErrorKind::not_found);
  EXPECT_EQ(upkeep->restore("/etc/passwd").error().kind, ErrorKind::invalid_input);
  auto mistaken = options_for("single");
  mistaken.password = "mistaken";
  const auto refused = postgres_upkeep(mistaken)->backup("/tmp/hadir-never-made");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("password authentication failed"));
  EXPECT_FALSE(std::filesystem::exists("/tmp/hadir-never-made"));
}

TEST_F(PostgresTest, ChecksFindContradictionsAndLookAtIndexes) {
  open(options_for("single"));
  const auto upkeep = postgres_upkeep(options_for("single"));
  postgres_server().psql("CREATE EXTENSION amcheck", "single");
  EXPECT_TRUE(upkeep->check().value().empty());
  postgres_server().psql(
      "INSERT INTO persons (id, employee_code, name, type, status, created_at, updated_at)"
      " VALUES ('p1', 'E1', 'Ana', 'robot', 'active', 1, 2)",
      "single");
  const auto findings = upkeep->check().value();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].subject, "persons");
  EXPECT_THAT(findings[0].text, HasSubstr("E1 has an unknown type"));
}

TEST_F(PostgresTest, TheQueriesOfTheReportsUseIndexes) {
  open(options_for("single"));
  // On an empty table everything is fast: make reading a whole one look dear, and log how each query is gone about.
  postgres_server().psql(
      "ALTER DATABASE single SET session_preload_libraries = 'auto_explain';"
      "ALTER DATABASE single SET auto_explain.log_min_duration = 0;"
      "ALTER DATABASE single SET enable_seqscan = off; ALTER DATABASE single SET enable_sort = off",
      "postgres");
  const auto before = postgres_server().log().size();
  const auto database = open(options_for("single"));
  const ReportSubject about{.person = PersonId("p"), .camera = CameraId("c"), .day = *parse_day("2026-01-05")};
  for (const auto& query : report_queries()) {
    const auto rows = query.ask(*database, about);
    ASSERT_TRUE(rows) << query.name << ": " << rows.error().message;
  }
  const auto log = postgres_server().log().substr(before);
  EXPECT_THAT(log, HasSubstr("Index Scan")) << "the test sees what is asked";
  for (const char* table : {"sightings", "attendances", "presence_edges", "alert_logs", "audit_log", "outbox"}) {
    EXPECT_THAT(log, HasSubstr(std::string("FROM ") + table));
    EXPECT_THAT(log, Not(HasSubstr(std::string("Seq Scan on ") + table)));
  }
  for (const char* key : {"at", "day", "opened_at"})
    EXPECT_THAT(log, Not(HasSubstr(std::string("Sort Key: ") + key))) << "rows come in order from the index";
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
