#include "store/sqlite_database.hpp"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <format>
#include <fstream>
#include <mutex>
#include <set>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "store/migrations/migrations.hpp"
#include "store/report_queries.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

const ModelId model{"m", "abc"};

Person somebody(const std::string& id) {
  Person person;
  person.id = PersonId(id);
  person.employee_code = id;
  person.name = "Somebody";
  return person;
}

FaceTemplate face_of(const std::string& id, const std::string& person, const std::vector<float>& values) {
  FaceTemplate face;
  face.id = TemplateId(id);
  face.person = PersonId(person);
  face.model = model;
  face.embedding = *Embedding::raw(values);
  return face;
}

class SqliteDatabaseTest : public testing::Test {
 protected:
  SqliteDatabaseTest() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~SqliteDatabaseTest() override { std::filesystem::remove_all(folder_); }
  std::unique_ptr<Database> open() {
    auto database = open_sqlite(path_, key_, 50ms);
    if (!database) throw std::runtime_error(database.error().message);
    return std::move(*database);
  }
  Error refusal(const SecretKey& key) {
    const auto database = open_sqlite(path_, key, 50ms);
    if (database) throw std::runtime_error("it opened");
    return database.error();
  }
  std::string file_text(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const std::filesystem::path folder_ = std::filesystem::temp_directory_path() / std::format("hadir-db-{}", ::getpid());
  const std::string path_ = (folder_ / "data" / "hadir.db").string();
  const SecretKey key_ = SecretKey::random();
};

TEST_F(SqliteDatabaseTest, IsMadeWithItsFolderAndKeepsItsData) {
  ASSERT_TRUE(open()->persons().add(somebody("p1")));
  EXPECT_TRUE(open()->persons().get(PersonId("p1")));
  struct stat info{};
  ASSERT_EQ(::stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0077, 0U) << "nobody else reads it";
  EXPECT_THAT(open()->describe(), HasSubstr(path_));
  EXPECT_THAT(open()->describe(), HasSubstr(std::format("schema {}", sqlite_migrations().size())));
}

TEST_F(SqliteDatabaseTest, WritesSafely) {
  const auto database = open();
  SQLite::Database raw(path_);
  EXPECT_EQ(raw.execAndGet("PRAGMA journal_mode").getString(), "wal");
}

TEST_F(SqliteDatabaseTest, MigrationsAreRecordedAndRunOnce) {
  open();
  open();
  SQLite::Database raw(path_);
  EXPECT_EQ(raw.execAndGet("SELECT count(*) FROM schema_migrations").getInt(),
            static_cast<int>(sqlite_migrations().size()));
  EXPECT_EQ(raw.execAndGet("SELECT checksum FROM schema_migrations WHERE number = 1").getString(),
            checksum_of(sqlite_migrations()[0]));
}

/// A database as an earlier program left it: that many steps, and rows of the first.
void make_old_database(const std::string& path, std::size_t steps) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  SQLite::Database raw(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  raw.exec(
      "CREATE TABLE schema_migrations (number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, checksum TEXT NOT NULL,"
      " applied_at TEXT NOT NULL)");
  for (const auto& step : sqlite_migrations().first(steps)) {
    raw.exec(std::string(step.sql));
    SQLite::Statement applied(raw, "INSERT INTO schema_migrations VALUES (?, ?, ?, '2026-01-05')");
    applied.bind(1, step.number);
    applied.bind(2, std::string(step.name));
    applied.bind(3, checksum_of(step));
    applied.exec();
  }
  raw.exec(
      "INSERT INTO persons (id, employee_code, name, type, status, created_at, updated_at)"
      " VALUES ('p1', 'E1', 'Ana', 'employee', 'active', 1, 2);"
      "INSERT INTO sightings VALUES ('s1', 'CAM1', 1, 'p1', 0.9, 0.5, 5000, 0, 1, 2, 3, 4, 640, 480, NULL, '');"
      "INSERT INTO attendances (person_id, day, first_in_at, first_in_camera, first_in_confidence, first_in_sighting,"
      " first_in_picture, status, entry_type) VALUES ('p1', '2026-01-05', 5000, 'CAM1', 0.9, 's1', '', 'PRESENT',"
      " 'AUTO')");
}

std::string schema_of(const std::string& path) {
  SQLite::Database raw(path);
  std::string text;
  for (const char* what :
       {"SELECT m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' ||"
        " coalesce(c.dflt_value, '') FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type ="
        " 'table' ORDER BY m.name, c.cid",
        "SELECT coalesce(sql, name) FROM sqlite_master WHERE type = 'index' ORDER BY name"}) {
    SQLite::Statement query(raw, what);
    while (query.executeStep()) text += query.getColumn(0).getString() + "\n";
  }
  return text;
}

TEST_F(SqliteDatabaseTest, EveryEarlierSchemaIsBroughtUpWithItsData) {
  open();
  const auto wanted = schema_of(path_);
  for (std::size_t steps = 1; steps < sqlite_migrations().size(); ++steps) {
    std::filesystem::remove_all(folder_);
    make_old_database(path_, steps);
    const auto database = open();
    EXPECT_EQ(schema_of(path_), wanted);
    EXPECT_EQ(database->persons().find_by_code("E1").value()->name, "Ana");
    EXPECT_EQ(database->sightings().between(Instant{}, Instant{1h}, std::nullopt)->size(), 1U);
    const auto day = database->attendance().day(PersonId("p1"), *parse_day("2026-01-05")).value();
    ASSERT_TRUE(day);
    EXPECT_EQ(day->first_in->source, "auto");
    EXPECT_FALSE(day->approved_at);
  }
}

TEST_F(SqliteDatabaseTest, RefusesASchemaFromTheFuture) {
  open();
  SQLite::Database(path_, SQLite::OPEN_READWRITE)
      .exec("INSERT INTO schema_migrations VALUES (9999, 'later', 'abc', '2027-01-01T00:00:00Z')");
  const auto error = refusal(key_);
  EXPECT_EQ(error.kind, ErrorKind::conflict);
  EXPECT_THAT(error.message, HasSubstr(path_));
  EXPECT_THAT(error.message, HasSubstr("newer"));
}

TEST_F(SqliteDatabaseTest, RefusesAChangedMigration) {
  open();
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("UPDATE schema_migrations SET checksum = 'abc'");
  EXPECT_EQ(refusal(key_).kind, ErrorKind::corrupted);
}

TEST_F(SqliteDatabaseTest, RefusesAnotherKey) {
  open();
  const auto error = refusal(SecretKey::random());
  EXPECT_EQ(error.kind, ErrorKind::invalid_input);
  EXPECT_THAT(error.message, HasSubstr("another key"));
  EXPECT_TRUE(open());
}

TEST_F(SqliteDatabaseTest, RefusesWhatIsNotADatabase) {
  std::filesystem::create_directories(folder_ / "data");
  std::ofstream(path_) << std::string(5000, 'x');
  const auto error = refusal(key_);
  EXPECT_EQ(error.kind, ErrorKind::corrupted);
  EXPECT_EQ(error.message, path_ + " is not a SQLite database");
  EXPECT_EQ(file_text(path_), std::string(5000, 'x')) << "it was left alone";
}

TEST_F(SqliteDatabaseTest, RefusesADamagedFile) {
  open();
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(100);
    file << std::string(4096, '\x7f');
  }
  const auto error = refusal(key_);
  EXPECT_EQ(error.kind, ErrorKind::corrupted);
  EXPECT_THAT(error.message, HasSubstr(path_ + " is damaged"));
}

TEST_F(SqliteDatabaseTest, RefusesAFolderAndAMissingPlace) {
  std::filesystem::create_directories(path_);
  EXPECT_EQ(refusal(key_).kind, ErrorKind::unavailable);
  const auto nowhere = open_sqlite("/proc/hadir/hadir.db", key_);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(nowhere.error().message, HasSubstr("/proc/hadir/hadir.db"));
}

TEST_F(SqliteDatabaseTest, RefusesAReadOnlyFolder) {
  if (::geteuid() != 0) {
    std::filesystem::create_directories(folder_ / "data");
    ::chmod((folder_ / "data").c_str(), 0500);
    EXPECT_EQ(refusal(key_).kind, ErrorKind::unavailable);
    ::chmod((folder_ / "data").c_str(), 0700);
    return;
  }
  // root may write anywhere: be somebody else for a moment.
  std::filesystem::create_directories(folder_ / "data");
  ::chmod(folder_.c_str(), 0755);
  ASSERT_EQ(::seteuid(65534), 0);
  const auto refused = open_sqlite(path_, key_, 50ms);
  ASSERT_EQ(::seteuid(0), 0);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(refused.error().message, HasSubstr(path_));
}

TEST_F(SqliteDatabaseTest, AFullDiskIsUnavailableAndLosesNothing) {
  const auto database = open();
  ASSERT_TRUE(database->persons().add(somebody("p1")));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit limit{};
  ::getrlimit(RLIMIT_FSIZE, &limit);
  const rlimit small{200'000, limit.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &small);
  Status failed;
  auto big = somebody("p2");
  big.metadata_json = std::string(1'000'000, 'x');
  failed = database->in_transaction([&]() -> Status {
    if (auto added = database->persons().add(somebody("p3")); !added) return added;
    return database->persons().add(big);
  });
  ::setrlimit(RLIMIT_FSIZE, &limit);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().kind, ErrorKind::unavailable) << failed.error().message;
  EXPECT_EQ(database->persons().list()->size(), 1U);
  EXPECT_TRUE(database->persons().add(big)) << "and it goes on when there is room";
  EXPECT_TRUE(database->check());
}

TEST_F(SqliteDatabaseTest, ALockedFileIsUnavailable) {
  const auto database = open();
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  other.exec("BEGIN EXCLUSIVE");
  const auto locked = database->persons().add(somebody("p1"));
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().kind, ErrorKind::unavailable);
  EXPECT_THAT(locked.error().message, HasSubstr("locked"));
  EXPECT_EQ(database->in_transaction([] { return Status{}; }).error().kind, ErrorKind::unavailable);
  EXPECT_FALSE(database->check());
  EXPECT_TRUE(database->persons().list()) << "reading goes on beside a writer";
  other.exec("COMMIT");
  EXPECT_TRUE(database->persons().add(somebody("p1")));
}

TEST_F(SqliteDatabaseTest, ARemovedFileIsNoticed) {
  const auto database = open();
  EXPECT_TRUE(database->check());
  std::filesystem::remove_all(folder_);
  const auto check = database->check();
  ASSERT_FALSE(check);
  EXPECT_THAT(check.error().message, HasSubstr("removed"));
}

TEST_F(SqliteDatabaseTest, FacesAreNotReadableInTheFile) {
  std::vector<float> values;
  for (int i = 0; i < 128; ++i) values.push_back(0.001F * static_cast<float>(i + 1));
  {
    const auto database = open();
    ASSERT_TRUE(database->persons().add(somebody("p1")));
    ASSERT_TRUE(database->templates().add(std::vector{face_of("t1", "p1", values)}));
    Rejection rejection;
    rejection.person = PersonId("p1");
    rejection.model = model;
    rejection.embedding = *Embedding::raw(values);
    ASSERT_TRUE(database->templates().add_rejection(rejection));
  }
  std::string plain(32, '\0');
  std::memcpy(plain.data(), values.data(), plain.size());
  const auto text = file_text(path_) + file_text(path_ + "-wal");
  EXPECT_THAT(text, HasSubstr("Somebody")) << "the test looks where the data is";
  EXPECT_THAT(text, Not(HasSubstr(plain)));
}

TEST_F(SqliteDatabaseTest, ATemplateMovedToAnotherPersonDoesNotOpen) {
  {
    const auto database = open();
    ASSERT_TRUE(database->persons().add(somebody("p1")));
    ASSERT_TRUE(database->persons().add(somebody("p2")));
    ASSERT_TRUE(database->templates().add(std::vector{face_of("t1", "p1", {1, 2, 3})}));
  }
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("UPDATE face_templates SET person_id = 'p2'");
  const auto got = open()->templates().of_person(PersonId("p2"));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().kind, ErrorKind::corrupted);
  EXPECT_THAT(got.error().message, HasSubstr("template t1"));
}

TEST_F(SqliteDatabaseTest, ErasedFacesLeaveNoTraceInTheFile) {
  {
    const auto database = open();
    auto person = somebody("p1");
    person.name = "Nama Yang Harus Hilang";
    ASSERT_TRUE(database->persons().add(person));
    ASSERT_TRUE(database->persons().remove(person.id));
  }
  EXPECT_THAT(file_text(path_), Not(HasSubstr("Harus Hilang")));
}

/// Every statement that any connection runs, while it lives.
class StatementLog {
 public:
  StatementLog() {
    log_ = this;
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(&StatementLog::watch));
  }
  ~StatementLog() {
    sqlite3_reset_auto_extension();
    log_ = nullptr;
  }
  std::set<std::string> texts() const {
    const std::scoped_lock lock(mutex_);
    return texts_;
  }

 private:
  static int watch(sqlite3* database, char**, const void*) {
    return sqlite3_trace_v2(database, SQLITE_TRACE_STMT, &StatementLog::note, nullptr);
  }
  static int note(unsigned, void*, void* statement, void*) {
    if (log_ == nullptr) return 0;
    const std::scoped_lock lock(log_->mutex_);
    log_->texts_.insert(sqlite3_sql(static_cast<sqlite3_stmt*>(statement)));
    return 0;
  }
  static inline StatementLog* log_ = nullptr;
  mutable std::mutex mutex_;
  std::set<std::string> texts_;
};

TEST_F(SqliteDatabaseTest, TheQueriesOfTheReportsUseIndexes) {
  std::set<std::string> asked;
  {
    const StatementLog log;
    const auto database = open();
    const ReportSubject about{.person = PersonId("p"), .camera = CameraId("c"), .day = *parse_day("2026-01-05")};
    for (const auto& query : report_queries()) {
      const auto rows = query.ask(*database, about);
      ASSERT_TRUE(rows) << query.name << ": " << rows.error().message;
    }
    asked = log.texts();
  }
  SQLite::Database raw(path_);
  int looked_at = 0;
  for (const auto& sql : asked) {
    if (!sql.starts_with("SELECT") || sql.contains("schema_migrations")) continue;
    ++looked_at;
    SQLite::Statement plan(raw, "EXPLAIN QUERY PLAN " + sql);
    while (plan.executeStep()) {
      const auto step = plan.getColumn(3).getString();
      EXPECT_THAT(step, Not(HasSubstr("TEMP B-TREE"))) << sql;
      for (const char* table : {"sightings", "attendances", "presence_edges", "alert_logs", "audit_log", "outbox"})
        EXPECT_NE(step, std::string("SCAN ") + table) << sql;
    }
  }
  EXPECT_GT(looked_at, 15) << "the test sees what is asked";
}

}  // namespace
}  // namespace hadir
