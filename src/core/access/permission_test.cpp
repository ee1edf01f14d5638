#include "core/access/permission.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace hadir {
namespace {

TEST(PermissionTest, EachHasAWordOfItsOwnThatLeadsBack) {
  std::set<std::string> words;
  for (std::size_t i = 0; i < permission_count; ++i) {
    const auto permission = static_cast<Permission>(i);
    EXPECT_EQ(parse_permission(to_text(permission)), permission);
    words.insert(to_text(permission));
  }
  EXPECT_EQ(words.size(), permission_count);
  EXPECT_FALSE(parse_permission("persons"));
  EXPECT_FALSE(parse_permission(""));
}

TEST(PermissionTest, ASetHoldsWhatWasPutIntoIt) {
  EXPECT_FALSE(Permissions().has(Permission::persons_read));
  const Permissions read{Permission::persons_read, Permission::cameras_read};
  EXPECT_TRUE(read.has(Permission::cameras_read));
  EXPECT_FALSE(read.has(Permission::cameras_write));
  EXPECT_EQ((read & Permissions{Permission::cameras_read, Permission::system_admin}),
            Permissions{Permission::cameras_read});
  EXPECT_TRUE((read & Permissions{Permission::system_admin}).empty());
}

TEST(PermissionTest, OnlyTheAdminMayDoEverything) {
  for (const BuiltInRole& role : built_in_roles()) {
    EXPECT_EQ(role.permissions.has(Permission::system_admin), role.name == "admin") << role.name;
    EXPECT_EQ(role.permissions.has(Permission::audit_read), role.name == "admin") << role.name;
    EXPECT_TRUE(role.permissions.has(Permission::self_read)) << role.name;
  }
  EXPECT_EQ(built_in_roles().front().permissions, Permissions::all());
}

}  // namespace
}  // namespace hadir
