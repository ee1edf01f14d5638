// Who is signed in, who was invited, who guesses passwords, and the chain of the audit log, on every database.
#include <thread>

#include "contract/database_contract.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

class AccessContract : public DatabaseContract {
 protected:
  LoginRepository& logins() { return database_->accounts().logins(); }

  User add_user(const std::string& id) {
    const User user{.id = UserId(id),
                    .name = "user-" + id,
                    .display_name = "",
                    .password_hash = "",
                    .roles = {},
                    .is_active = true,
                    .created_at = morning,
                    .updated_at = morning,
                    .last_login_at = std::nullopt};
    const auto added = database_->accounts().add(user);
    EXPECT_TRUE(added) << added.error().message;
    return user;
  }
  Session session(const std::string& id, const std::string& user, const std::string& hash, Millis after = {}) {
    return {.id = SessionId(id),
            .user = UserId(user),
            .kind = SessionKind::token,
            .hash = hash,
            .address = "10.0.0.7",
            .client = "curl/8",
            .created_at = morning + after,
            .last_used_at = morning + after,
            .expires_at = morning + 12h,
            .revoked_at = std::nullopt};
  }
  AuditEntry entry(const std::string& id, const std::string& actor = "ani") {
    return {.id = AuditId(id),
            .at = morning,
            .actor = actor,
            .action = "person.remove",
            .subject = "p1",
            .detail = R"({"name":"Ana"})",
            .address = "10.0.0.7"};
  }
};

TEST_P(AccessContract, UsersAreLinkedAndNarrowed) {
  add_person("p1");
  auto user = add_user("u1");
  user.person = PersonId("p1");
  user.cameras = {CameraId("CAM1"), CameraId("CAM2")};
  user.departments = {"Plant, 2"};
  ASSERT_TRUE(database_->accounts().update(user));
  EXPECT_EQ(database_->accounts().user(user.id).value(), user);
  EXPECT_EQ(database_->accounts().count_users().value(), 1);
  auto other = user;
  other.id = UserId("u2");
  other.name = "u2";
  other.person = PersonId("p9");
  EXPECT_EQ(database_->accounts().add(other).error().message, "no person p9");
  EXPECT_EQ(database_->accounts().count_users().value(), 1) << "all or nothing";
  ASSERT_TRUE(database_->persons().remove(PersonId("p1")));
  user.person.reset();
  EXPECT_THAT(database_->accounts().users().value(), ElementsAre(user)) << "the user stays when the person goes";
}

TEST_P(AccessContract, SessionsAreRenewedOnceAndRevoked) {
  add_user("u1");
  add_user("u2");
  const auto first = session("s1", "u1", "h1");
  ASSERT_TRUE(logins().add(first));
  ASSERT_TRUE(logins().add(session("s2", "u1", "h2", 1s)));
  ASSERT_TRUE(logins().add(session("s3", "u2", "h3")));
  EXPECT_EQ(logins().add(session("s4", "u9", "h4")).error().message, "no user u9");
  EXPECT_EQ(logins().add(session("s4", "u1", "h1")).error().kind, ErrorKind::conflict);
  EXPECT_EQ(logins().session(SessionId("s1")).value(), first);
  EXPECT_EQ(logins().find_session("h1").value(), first);
  EXPECT_FALSE(logins().find_session("h9").value());
  EXPECT_THAT(names(logins().sessions(UserId("u1"), morning).value()), ElementsAre("s2", "s1"));

  ASSERT_TRUE(logins().renew(SessionId("s1"), "h1", "h1b", morning + 1min));
  EXPECT_EQ(logins().renew(SessionId("s1"), "h1", "h1c", morning + 1min).error().kind, ErrorKind::conflict);
  EXPECT_EQ(logins().spent("h1").value(), SessionId("s1"));
  EXPECT_FALSE(logins().spent("h1b").value());
  EXPECT_EQ(logins().find_session("h1b").value()->last_used_at, morning + 1min);
  ASSERT_TRUE(logins().note_use(SessionId("s1"), morning + 2min));
  EXPECT_EQ(logins().session(SessionId("s1")).value()->last_used_at, morning + 2min);

  ASSERT_TRUE(logins().revoke(SessionId("s1"), morning + 3min));
  ASSERT_TRUE(logins().revoke(SessionId("s1"), morning + 9min));
  EXPECT_EQ(logins().session(SessionId("s1")).value()->revoked_at, morning + 3min) << "the first time stays";
  EXPECT_EQ(logins().revoke(SessionId("s9"), morning).error().kind, ErrorKind::not_found);
  EXPECT_EQ(logins().renew(SessionId("s1"), "h1b", "h1d", morning + 4min).error().kind, ErrorKind::conflict);
  ASSERT_TRUE(logins().add(session("s5", "u1", "h5")));
  ASSERT_TRUE(logins().revoke_all(UserId("u1"), morning + 5min, SessionId("s5")));
  EXPECT_THAT(names(logins().sessions(UserId("u1"), morning + 5min).value()), ElementsAre("s5"));
  ASSERT_TRUE(logins().revoke_all(UserId("u1"), morning + 5min, std::nullopt));
  EXPECT_THAT(logins().sessions(UserId("u1"), morning + 5min).value(), IsEmpty());
  EXPECT_THAT(logins().sessions(UserId("u2"), morning + 5min).value(), SizeIs(1));
  EXPECT_THAT(logins().sessions(UserId("u2"), morning + 12h).value(), IsEmpty()) << "expired";

  ASSERT_TRUE(logins().remove_ended(morning + 4min));
  EXPECT_FALSE(logins().session(SessionId("s1")).value());
  EXPECT_FALSE(logins().spent("h1").value()) << "goes with its session";
  EXPECT_TRUE(logins().session(SessionId("s5")).value()) << "ended later";
  ASSERT_TRUE(database_->accounts().remove(UserId("u2")));
  EXPECT_FALSE(logins().session(SessionId("s3")).value());
}

TEST_P(AccessContract, AnInvitationIsTakenOnce) {
  add_user("u1");
  const Invitation setup{.hash = "a", .user = std::nullopt, .created_at = morning, .expires_at = morning + 24h};
  const Invitation invited{.hash = "b", .user = UserId("u1"), .created_at = morning, .expires_at = morning + 24h};
  ASSERT_TRUE(logins().add(setup));
  ASSERT_TRUE(logins().add(invited));
  EXPECT_FALSE(logins().take_invitation("a", morning + 24h).value()) << "too old";
  EXPECT_EQ(logins().take_invitation("b", morning + 1h).value(), invited);
  EXPECT_FALSE(logins().take_invitation("b", morning + 1h).value());
  ASSERT_TRUE(logins().remove_setup_invitations());
  EXPECT_FALSE(logins().take_invitation("a", morning + 1h).value());
}

TEST_P(AccessContract, FailuresAreCountedAndForgiven) {
  EXPECT_FALSE(logins().failures("account:x").value());
  EXPECT_EQ(logins().add_failure("account:x", morning, morning - 24h)->count, 1);
  EXPECT_EQ(logins().add_failure("account:x", morning + 1s, morning - 24h)->count, 2);
  EXPECT_EQ(logins().failures("account:x").value(), (LoginFailures{.count = 2, .last_at = morning + 1s}));
  EXPECT_EQ(logins().add_failure("account:x", morning + 48h, morning + 24h)->count, 1) << "the old ones are forgotten";
  ASSERT_TRUE(logins().add_failure("account:x@10.0.0.7", morning, morning - 24h));
  ASSERT_TRUE(logins().add_failure("account:y", morning, morning - 24h));
  ASSERT_TRUE(logins().forgive_all("account:x"));
  EXPECT_FALSE(logins().failures("account:x").value());
  EXPECT_FALSE(logins().failures("account:x@10.0.0.7").value());
  EXPECT_TRUE(logins().failures("account:y").value());
  ASSERT_TRUE(logins().forgive("account:y"));
  EXPECT_FALSE(logins().failures("account:y").value());
}

TEST_P(AccessContract, TheAuditLogIsAChain) {
  auto& audit = database_->audit();
  const auto empty = audit.verify().value();
  EXPECT_TRUE(empty.is_whole());
  EXPECT_EQ(empty.entries, 0);
  ASSERT_TRUE(audit.add(entry("1")));
  const auto one = audit.verify().value();
  EXPECT_EQ(one.entries, 1);
  EXPECT_EQ(one.head.size(), 64U);
  ASSERT_TRUE(audit.add(entry("2")));
  EXPECT_NE(audit.verify()->head, one.head);
  EXPECT_EQ(audit.add(entry("2")).error().kind, ErrorKind::conflict);
  const auto undone = database_->in_transaction([&]() -> Status {
    if (auto added = audit.add(entry("3")); !added) return added;
    return fail(ErrorKind::internal, "no");
  });
  EXPECT_FALSE(undone);
  ASSERT_TRUE(audit.add(entry("4")));
  EXPECT_TRUE(audit.verify()->is_whole()) << audit.verify()->reason;
  EXPECT_EQ(audit.verify()->entries, 3);
  AuditFilter filter{.from = {}, .to = {}, .actor = {}, .subject = {}, .action = "user.login"};
  EXPECT_EQ(audit.find(filter, {})->total, 0);
  filter.action = "person.remove";
  EXPECT_EQ(audit.find(filter, {})->total, 3);
}

TEST_P(AccessContract, WritersAtOnceDoNotForkTheChain) {
  constexpr int writers = 4;
  constexpr int each = 20;
  {
    std::vector<std::jthread> threads;
    for (int writer = 0; writer < writers; ++writer)
      threads.emplace_back([&, writer] {
        for (int i = 0; i < each; ++i) {
          const auto id = std::format("{}-{}", writer, i);
          const auto add = [&] { return database_->audit().add(entry(id, std::format("user {}", writer))); };
          const auto added = i % 2 == 0 ? add() : database_->in_transaction(add);
          EXPECT_TRUE(added) << added.error().message;
        }
      });
  }
  const auto chain = database_->audit().verify().value();
  EXPECT_TRUE(chain.is_whole()) << chain.broken << " " << chain.reason;
  EXPECT_EQ(chain.entries, writers * each);
}

INSTANTIATE_TEST_SUITE_P(All, AccessContract, testing::ValuesIn(database_kinds()), kind_name);

}  // namespace
}  // namespace hadir
