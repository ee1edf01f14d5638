#include "store/upkeep.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <format>
#include <fstream>
#include <thread>

#include <SQLiteCpp/SQLiteCpp.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "store/migrations/migrations.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

Person somebody(const std::string& id) {
  Person person;
  person.id = PersonId(id);
  person.employee_code = id;
  person.name = "Somebody";
  return person;
}

/// Every row of every table, as text.
std::string dump_of(const std::filesystem::path& file) {
  SQLite::Database raw(file.string(), SQLite::OPEN_READWRITE);
  std::vector<std::string> tables;
  SQLite::Statement names(raw, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
  while (names.executeStep()) tables.push_back(names.getColumn(0).getString());
  std::string text;
  for (const auto& table : tables) {
    text += table + "\n";
    SQLite::Statement rows(raw, "SELECT * FROM " + table + " ORDER BY 1, 2");
    while (rows.executeStep()) {
      for (int i = 0; i < rows.getColumnCount(); ++i)
        text += (rows.getColumn(i).isNull() ? "NULL" : rows.getColumn(i).getString()) + "|";
      text += "\n";
    }
  }
  return text;
}

class SqliteUpkeepTest : public testing::Test {
 protected:
  SqliteUpkeepTest() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~SqliteUpkeepTest() override { std::filesystem::remove_all(folder_); }
  std::unique_ptr<Database> open() {
    auto database = open_sqlite(file_.string(), key_);
    if (!database) throw std::runtime_error(database.error().message);
    return std::move(*database);
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-upkeep-{}", ::getpid());
  const std::filesystem::path file_ = folder_ / "hadir.db";
  const std::filesystem::path backup_ = folder_ / "backup.db";
  const SecretKey key_ = SecretKey::random();
  const std::unique_ptr<Upkeep> upkeep_ = sqlite_upkeep(file_);
};

TEST_F(SqliteUpkeepTest, SaysWhichStepsAreApplied) {
  EXPECT_FALSE(upkeep_->exists().value());
  EXPECT_EQ(upkeep_->schema().error().kind, ErrorKind::not_found);
  EXPECT_EQ(upkeep_->check().error().kind, ErrorKind::not_found);
  EXPECT_EQ(upkeep_->backup(backup_).error().kind, ErrorKind::not_found);
  EXPECT_FALSE(std::filesystem::exists(file_)) << "looking makes nothing";
  open();
  const auto steps = upkeep_->schema().value();
  ASSERT_EQ(steps.size(), sqlite_migrations().size());
  for (const auto& step : steps) EXPECT_TRUE(step.applied);
}

TEST_F(SqliteUpkeepTest, ABackupTakenWhileWritingRestoresToAWholeDatabase) {
  const auto database = open();
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
    const auto made = upkeep_->backup(backup_);
    done = true;
    ASSERT_TRUE(made) << made.error().message;
  }
  struct stat info{};
  ASSERT_EQ(::stat(backup_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0077, 0U) << "nobody else reads it";
  const auto kept = dump_of(backup_);
  ASSERT_TRUE(database->persons().add(somebody("later")));
  EXPECT_NE(dump_of(file_), kept);

  // Into the database that is open, and into a new place.
  ASSERT_TRUE(upkeep_->restore(backup_));
  EXPECT_EQ(dump_of(file_), kept);
  const auto people = database->persons().list().value();
  EXPECT_GE(people.size(), 40U);
  EXPECT_EQ(people.size() % 2, 0U) << "no transaction was cut in two";
  EXPECT_TRUE(database->persons().add(somebody("later")));

  const auto elsewhere = folder_ / "new" / "hadir.db";
  ASSERT_TRUE(sqlite_upkeep(elsewhere)->restore(backup_));
  EXPECT_EQ(dump_of(elsewhere), kept);
  EXPECT_TRUE(open_sqlite(elsewhere.string(), key_));
  EXPECT_TRUE(sqlite_upkeep(elsewhere)->check().value().empty());
}

TEST_F(SqliteUpkeepTest, NeverOverwritesABackup) {
  open();
  std::ofstream(backup_) << "precious";
  EXPECT_EQ(upkeep_->backup(backup_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(std::filesystem::file_size(backup_), 8U);
  EXPECT_EQ(upkeep_->backup(folder_ / "nowhere" / "x.db").error().kind, ErrorKind::unavailable);
}

TEST_F(SqliteUpkeepTest, RefusesWhatIsNoBackup) {
  open();
  const auto before = dump_of(file_);
  EXPECT_EQ(upkeep_->restore(folder_ / "none").error().kind, ErrorKind::not_found);
  std::ofstream(backup_) << std::string(5000, 'x');
  EXPECT_EQ(upkeep_->restore(backup_).error().kind, ErrorKind::corrupted);
  std::filesystem::remove(backup_);
  SQLite::Database(backup_.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE other (x)");
  EXPECT_EQ(upkeep_->restore(backup_).error().kind, ErrorKind::invalid_input);
  std::filesystem::remove(backup_);
  ASSERT_TRUE(upkeep_->backup(backup_));
  SQLite::Database(backup_.string(), SQLite::OPEN_READWRITE)
      .exec("INSERT INTO schema_migrations VALUES (9999, 'later', 'abc', '2027')");
  EXPECT_EQ(upkeep_->restore(backup_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(dump_of(file_), before);
}

TEST_F(SqliteUpkeepTest, ADamagedDatabaseIsPutAsideByARestore) {
  ASSERT_TRUE(open()->persons().add(somebody("p1")));
  ASSERT_TRUE(upkeep_->backup(backup_));
  std::ofstream(file_, std::ios::binary | std::ios::trunc) << std::string(9000, 'x');
  ASSERT_TRUE(upkeep_->restore(backup_));
  EXPECT_TRUE(open()->persons().get(PersonId("p1")));
  EXPECT_TRUE(std::filesystem::exists(file_.string() + ".damaged"));
}

TEST_F(SqliteUpkeepTest, AddsManyRowsAtOnceAndLeavesThoseThatAreThere) {
  const auto database = open();
  ASSERT_TRUE(database->persons().add(somebody("p1")));
  std::vector<Sighting> sightings(1234);
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    sightings[i].id = SightingId(std::to_string(i));
    sightings[i].camera = CameraId("CAM1");
    sightings[i].person = PersonId("p1");
    sightings[i].at = Instant{Millis{i}};
  }
  ASSERT_TRUE(upkeep_->add_all(std::span(sightings).first(700)));
  sightings[0].camera = CameraId("CAM9");
  ASSERT_TRUE(upkeep_->add_all(std::span<const Sighting>(sightings)));
  const auto all = database->sightings().between(Instant{}, Instant{1h}, std::nullopt).value();
  ASSERT_EQ(all.size(), 1234U);
  EXPECT_EQ(all[0].camera, CameraId("CAM1"));
  EXPECT_EQ(all[1233].at, Instant{Millis{1233}});
  sightings.resize(1);
  sightings[0].id = SightingId("new");
  sightings[0].person = PersonId("nobody");
  EXPECT_EQ(upkeep_->add_all(std::span<const Sighting>(sightings)).error().kind, ErrorKind::not_found);
  EXPECT_TRUE(upkeep_->analyse());
}

TEST_F(SqliteUpkeepTest, CompactingGivesRoomBack) {
  const auto database = open();
  std::vector<Sighting> sightings(20'000);
  for (std::size_t i = 0; i < sightings.size(); ++i) {
    sightings[i].id = SightingId(std::format("sighting-{:08}", i));
    sightings[i].camera = CameraId("CAM1");
    sightings[i].at = Instant{Millis{i}};
  }
  ASSERT_TRUE(upkeep_->add_all(std::span<const Sighting>(sightings)));
  const auto full = upkeep_->space().value();
  ASSERT_TRUE(database->sightings().remove_between(std::nullopt, Instant{Millis{15'000}}));
  const auto emptied = upkeep_->space().value();
  EXPECT_GT(emptied.free, full.bytes / 2);
  EXPECT_GE(emptied.bytes, full.bytes) << "the room is for later rows";
  ASSERT_TRUE(upkeep_->compact());
  const auto compacted = upkeep_->space().value();
  EXPECT_LT(compacted.bytes, full.bytes / 2);
  EXPECT_EQ(compacted.free, 0);
  EXPECT_EQ(database->sightings().between(Instant{}, Instant{1h}, std::nullopt)->size(), 5000U);
  EXPECT_TRUE(database->sightings().add(sightings[0]).value()) << "the server's connection goes on";
}

TEST_F(SqliteUpkeepTest, ChecksFindContradictionsAndDamage) {
  ASSERT_TRUE(open()->persons().add(somebody("p1")));
  EXPECT_TRUE(upkeep_->check().value().empty());
  {
    SQLite::Database raw(file_.string(), SQLite::OPEN_READWRITE);
    raw.exec(
        "UPDATE persons SET type = 'robot';"
        "INSERT INTO attendances (person_id, day, first_in_at, last_out_at, status, entry_type) VALUES ('p1',"
        " '2026-01-05', 5000, 4000, 'PRESENT', 'AUTO')");
  }
  auto findings = upkeep_->check().value();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].subject, "persons");
  EXPECT_THAT(findings[0].text, HasSubstr("unknown type"));
  EXPECT_THAT(findings[1].text, HasSubstr("leaves before coming"));
  {
    SQLite::Database raw(file_.string(), SQLite::OPEN_READWRITE);
    raw.exec("PRAGMA foreign_keys = OFF; DELETE FROM persons");
  }
  findings = upkeep_->check().value();
  ASSERT_FALSE(findings.empty());
  EXPECT_EQ(findings[0].subject, "attendances");
  EXPECT_THAT(findings[0].text, HasSubstr("persons that is not there"));
}

}  // namespace
}  // namespace hadir
