// What somebody who can write into the database file can't do unnoticed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <SQLiteCpp/Database.h>
#include <filesystem>
#include <format>

#include "store/sqlite_database.hpp"
#include "store/upkeep.hpp"

namespace hadir {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AuditChainTest : public testing::Test {
 protected:
  AuditChainTest() {
    std::filesystem::remove_all(folder_);
    database_ = std::move(*open_sqlite(path_, SecretKey::random()));
    for (const char* id : {"a", "b", "c"}) {
      const auto added = database_->audit().add({.id = AuditId(id),
                                                 .at = Instant{Millis{1'767'600'000'000}},
                                                 .actor = "siti",
                                                 .action = "user.login",
                                                 .subject = "u1",
                                                 .detail = "{}",
                                                 .address = "10.0.0.7"});
      EXPECT_TRUE(added) << added.error().message;
    }
  }
  ~AuditChainTest() override {
    database_.reset();
    std::filesystem::remove_all(folder_);
  }
  AuditChain after(const std::string& sql) {
    SQLite::Database(path_, SQLite::OPEN_READWRITE).exec(sql);
    return database_->audit().verify().value();
  }
  std::vector<std::string> findings() {
    std::vector<std::string> found;
    const auto all = sqlite_upkeep(path_)->check().value();
    for (const auto& finding : all) found.push_back(finding.text);
    return found;
  }

  const std::filesystem::path folder_ =
      std::filesystem::temp_directory_path() / std::format("hadir-audit-{}", ::getpid());
  const std::string path_ = (folder_ / "hadir.db").string();
  std::unique_ptr<Database> database_;
};

TEST_F(AuditChainTest, IsWhole) {
  EXPECT_TRUE(database_->audit().verify()->is_whole());
  EXPECT_EQ(database_->audit().verify()->entries, 3);
  EXPECT_THAT(findings(), IsEmpty());
}

TEST_F(AuditChainTest, AChangedEntryIsNamed) {
  for (const char* change :
       {"detail = '{\"x\":1}'", "actor = 'eve'", "at = at + 1", "address = ''", "subject = 'u2'"}) {
    const auto chain = after(std::format("UPDATE audit_log SET {} WHERE id = 'b'", change));
    EXPECT_EQ(chain.broken, "b") << change;
    EXPECT_EQ(chain.reason, "is not what was written") << change;
  }
  EXPECT_THAT(findings(), ElementsAre(HasSubstr("b is not what was written")));
}

TEST_F(AuditChainTest, AFieldCannotFlowIntoTheNextOne) {
  EXPECT_EQ(after("UPDATE audit_log SET actor = 'sitiu', action = 'ser.login' WHERE id = 'b'").broken, "b");
}

TEST_F(AuditChainTest, AnEntryThatIsGoneIsMissed) {
  EXPECT_EQ(after("DELETE FROM audit_log WHERE id = 'b'").broken, "number 2");
}

TEST_F(AuditChainTest, AnEndThatIsCutOffIsMissed) {
  EXPECT_EQ(after("DELETE FROM audit_log WHERE id = 'c'").broken, "number 3");
}

TEST_F(AuditChainTest, AnEntryCannotBePutOutsideTheChain) {
  const auto chain = after("UPDATE audit_log SET number = NULL WHERE id = 'b'");
  EXPECT_EQ(chain.broken, "number 2");
}

TEST_F(AuditChainTest, AnEntryThatWasPutInIsNamed) {
  const auto chain = after(
      "UPDATE audit_head SET number = 4;"
      "INSERT INTO audit_log (id, at, actor, action, subject, detail, number, previous_hash, hash)"
      " SELECT 'z', at, actor, action, subject, detail, 4, hash, hash FROM audit_log WHERE id = 'c'");
  EXPECT_EQ(chain.broken, "z");
}

}  // namespace
}  // namespace hadir
