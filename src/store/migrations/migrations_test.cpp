#include "store/migrations/migrations.hpp"

#include <gtest/gtest.h>

namespace hadir {
namespace {

TEST(Migrations, AreNumberedWithoutGaps) {
  int number = 0;
  for (const auto& migration : sqlite_migrations()) {
    EXPECT_EQ(migration.number, ++number);
    EXPECT_FALSE(migration.name.empty());
    EXPECT_FALSE(migration.sql.empty());
  }
  EXPECT_GE(number, 1);
}

TEST(Migrations, PendingOnesFollowTheAppliedOnes) {
  const Migration known[] = {{1, "one", "A"}, {2, "two", "B"}};
  EXPECT_EQ(pending_migrations(known, {}, "x")->size(), 2U);
  const std::vector<AppliedMigration> first{{1, "one", checksum_of(known[0])}};
  ASSERT_EQ(pending_migrations(known, first, "x")->size(), 1U);
  EXPECT_EQ(pending_migrations(known, first, "x")->front().number, 2);
  const std::vector<AppliedMigration> second{{2, "two", checksum_of(known[1])}};
  EXPECT_EQ(pending_migrations(known, second, "x").error().kind, ErrorKind::corrupted);
}

}  // namespace
}  // namespace hadir
