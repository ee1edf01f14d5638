#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/access/access_control.hpp"
#include "app/access/access_token.hpp"
#include "app/access/login_throttle.hpp"
#include "app/access/password_policy.hpp"
#include "store/secret_key.hpp"
#include "store/sqlite_database.hpp"

namespace hadir {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

constexpr auto good_password = "tujuh gajah menari";

SigningKey key_of(std::uint8_t byte) {
  SigningKey key{};
  key.fill(byte);
  return key;
}

class AccessTest : public testing::Test {
 protected:
  AccessTest() {
    const auto prepared = access_.accounts.prepare();
    EXPECT_TRUE(prepared) << prepared.error().message;
  }
  static AccessRules rules() {
    AccessRules rules;
    rules.key = key_of(7);
    rules.password_cost = PasswordCost::least();
    return rules;
  }
  /// The administrator of this hadir, signed in.
  SignedIn admin() {
    const auto token = access_.sign_in.new_setup_token().value().value();
    auto signed_in = access_.sign_in.set_up(token, {"siti", good_password}, here_);
    EXPECT_TRUE(signed_in) << signed_in.error().error.message;
    return std::move(*signed_in);
  }
  User add_user(const std::string& name, const std::string& role) {
    auto added = access_.accounts.add_user(name, good_password, {.roles = {{role}}}, operator_);
    EXPECT_TRUE(added) << added.error().message;
    return std::move(*added);
  }
  void later(Millis by) { clock_.set(clock_.now() + by); }
  std::int64_t audited(const std::string& action) {
    return database_->audit().find({.from = {}, .to = {}, .actor = {}, .subject = {}, .action = action}, {})->total;
  }
  Denial::Reason refused(const std::string& name, const std::string& password, const Origin& origin) {
    const auto signed_in = access_.sign_in.log_in({name, password}, origin);
    EXPECT_FALSE(signed_in);
    return signed_in ? Denial::Reason::failed : signed_in.error().reason;
  }

  std::unique_ptr<Database> database_ = std::move(*open_sqlite(":memory:", SecretKey::random()));
  FixedClock clock_{*parse_iso8601("2026-01-05T12:00:00+07:00")};
  AccessControl access_{*database_, clock_, rules()};
  const Origin here_{.address = "10.0.0.7", .client = "test"};
  const Actor operator_{.name = "command line", .address = ""};
};

TEST_F(AccessTest, TheFirstLinkMakesAnAdministratorOnce) {
  const auto first = access_.sign_in.new_setup_token().value().value();
  const auto second = access_.sign_in.new_setup_token().value().value();
  EXPECT_FALSE(access_.sign_in.set_up(first, {"siti", good_password}, here_)) << "only the newest link is good";
  const auto weak = access_.sign_in.set_up(second, {"siti", "short"}, here_);
  ASSERT_FALSE(weak);
  EXPECT_THAT(weak.error().error.message, HasSubstr("at least 12"));
  const auto unnamed = access_.sign_in.set_up(second, {"", good_password}, here_);
  ASSERT_FALSE(unnamed);
  EXPECT_THAT(unnamed.error().error.message, HasSubstr("name:"));
  const auto made = access_.sign_in.set_up(second, {"siti", good_password}, here_);
  ASSERT_TRUE(made) << made.error().error.message;
  EXPECT_FALSE(access_.sign_in.set_up(second, {"eve", good_password}, here_));
  EXPECT_FALSE(access_.sign_in.new_setup_token().value());
  const auto siti = access_.identity.by_cookie(made->secret);
  ASSERT_TRUE(siti);
  EXPECT_EQ(siti->permissions, Permissions::all());
  EXPECT_EQ(siti->session, made->session.id);
  const User user = database_->accounts().find_user("siti").value().value();
  EXPECT_THAT(user.password_hash, testing::StartsWith("$argon2id$"));
  EXPECT_NE(made->session.hash, made->secret) << "only the hash is kept";
}

TEST_F(AccessTest, AnOldLinkIsNoGood) {
  const auto token = access_.sign_in.new_setup_token().value().value();
  later(24h);
  EXPECT_FALSE(access_.sign_in.set_up(token, {"siti", good_password}, here_));
}

TEST_F(AccessTest, SessionsEndWhenIdleAndAfterTheirLongestTime) {
  const auto signed_in = admin();
  for (int i = 0; i < 14; ++i) {
    later(50min);
    EXPECT_TRUE(access_.identity.by_cookie(signed_in.secret)) << i;
  }
  later(25min);  // 12 h and 5 min after signing in, 25 min after the last request
  EXPECT_FALSE(access_.identity.by_cookie(signed_in.secret)) << "the longest time is over";
  const auto again = access_.sign_in.log_in({"siti", good_password}, here_);
  ASSERT_TRUE(again);
  later(60min);
  EXPECT_FALSE(access_.identity.by_cookie(again->secret)) << "idle";
  EXPECT_FALSE(access_.identity.by_cookie("")) << "nothing is nobody";
  EXPECT_FALSE(access_.identity.by_cookie(again->session.hash)) << "the hash is no cookie";
}

TEST_F(AccessTest, LoggingOutEndsTheSession) {
  const auto signed_in = admin();
  const auto siti = access_.identity.by_cookie(signed_in.secret);
  ASSERT_TRUE(siti);
  ASSERT_TRUE(access_.sign_in.log_out(*siti, here_));
  EXPECT_FALSE(access_.identity.by_cookie(signed_in.secret));
  EXPECT_EQ(audited("user.logout"), 1);
}

TEST_F(AccessTest, GuessingIsSlowedAndSomebodyElsewhereIsNot) {
  admin();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refused("siti", "wrong", here_), Denial::Reason::unauthenticated) << i;
  EXPECT_EQ(refused("siti", good_password, here_), Denial::Reason::throttled) << "even the right one";
  const Origin elsewhere{.address = "10.0.0.8", .client = ""};
  EXPECT_TRUE(access_.sign_in.log_in({"siti", good_password}, elsewhere)) << "the administrator is not locked out";
  later(1s);
  EXPECT_EQ(refused("siti", "wrong", here_), Denial::Reason::unauthenticated);
  later(1s);
  const auto early = access_.sign_in.log_in({"siti", good_password}, here_);
  ASSERT_FALSE(early);
  EXPECT_EQ(early.error().retry_after, 1s) << "the sixth makes waiting twice as long";
  later(1s);
  EXPECT_TRUE(access_.sign_in.log_in({"siti", good_password}, here_));
  EXPECT_EQ(refused("siti", "wrong", here_), Denial::Reason::unauthenticated) << "counted from the start again";
  EXPECT_EQ(audited("user.login_failed"), 7);
}

TEST_F(AccessTest, UnknownNamesAreTreatedLikeKnownOnes) {
  admin();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(refused("nobody", "wrong", here_), Denial::Reason::unauthenticated);
  EXPECT_EQ(refused("nobody", "wrong", here_), Denial::Reason::throttled);
  const auto known = access_.sign_in.log_in({"siti", "wrong"}, {.address = "10.0.0.9", .client = ""});
  const auto unknown = access_.sign_in.log_in({"sito", "wrong"}, {.address = "10.0.0.9", .client = ""});
  EXPECT_EQ(known.error().error.message, unknown.error().error.message);
}

TEST_F(AccessTest, UnlockingForgetsWrongPasswords) {
  admin();
  for (int i = 0; i < 9; ++i) refused("siti", "wrong", here_);
  EXPECT_EQ(refused("siti", good_password, here_), Denial::Reason::throttled);
  ASSERT_TRUE(access_.accounts.unlock("siti", operator_));
  EXPECT_TRUE(access_.sign_in.log_in({"siti", good_password}, here_));
  EXPECT_EQ(access_.accounts.unlock("nobody", operator_).error().kind, ErrorKind::not_found);
}

TEST(LoginThrottleTest, WaitsGrowAndAreNeverLongerThanTheRuleSays) {
  const Instant now{};
  const auto wait = [&](std::int64_t count) { return wait_of(throttle_pair, {count, now}, now); };
  EXPECT_EQ(wait(4), 0s);
  EXPECT_EQ(wait(5), 1s);
  EXPECT_EQ(wait(8), 8s);
  EXPECT_EQ(wait(15), 900s);
  EXPECT_EQ(wait(1'000'000'000'000), 900s);
  EXPECT_EQ(wait_of(throttle_account, {1'000'000, now}, now), 30s) << "nobody can keep an administrator out";
  EXPECT_EQ(wait_of(throttle_pair, {99, now}, now + 900s), 0s);
  EXPECT_EQ(wait_of(throttle_pair, {99, now}, now + 24h), 0s);
}

TEST_F(AccessTest, RefreshTokensAreGoodOnceAndReuseEndsTheSession) {
  admin();
  const auto first = access_.sign_in.log_in_for_tokens({"siti", good_password}, here_);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->expires_in, 600s);
  ASSERT_TRUE(access_.identity.by_access_token(first->access_token));
  EXPECT_FALSE(access_.identity.by_cookie(first->refresh_token)) << "a refresh token is no cookie";
  later(9min);
  const auto second = access_.sign_in.refresh(first->refresh_token, here_);
  ASSERT_TRUE(second);
  later(2min);
  EXPECT_FALSE(access_.identity.by_access_token(first->access_token)) << "expired";
  EXPECT_TRUE(access_.identity.by_access_token(second->access_token));
  const auto stolen = access_.sign_in.refresh(first->refresh_token, here_);
  ASSERT_FALSE(stolen);
  EXPECT_EQ(stolen.error().reason, Denial::Reason::unauthenticated);
  EXPECT_FALSE(access_.identity.by_access_token(second->access_token)) << "the session has ended";
  EXPECT_FALSE(access_.sign_in.refresh(second->refresh_token, here_));
  EXPECT_EQ(audited("user.refresh_token_reused"), 1);

  const auto third = access_.sign_in.log_in_for_tokens({"siti", good_password}, here_);
  ASSERT_TRUE(access_.sign_in.revoke_refresh_token(third->refresh_token, here_));
  EXPECT_FALSE(access_.identity.by_access_token(third->access_token));
  EXPECT_TRUE(access_.sign_in.revoke_refresh_token("nonsense", here_));
  const auto fourth = access_.sign_in.log_in_for_tokens({"siti", good_password}, here_);
  later(24h * 14);
  EXPECT_FALSE(access_.sign_in.refresh(fourth->refresh_token, here_)) << "too old";
}

TEST(AccessTokenTest, IsBelievedOnlyWhenWeMadeIt) {
  const Instant now = *parse_iso8601("2026-01-05T12:00:00Z");
  const AccessClaims claims{
      .user = UserId("u1"), .session = SessionId("s1"), .issued_at = now, .expires_at = now + 10min};
  const std::string token = make_access_token(claims, key_of(1));
  EXPECT_EQ(read_access_token(token, key_of(1), now), claims);
  EXPECT_FALSE(read_access_token(token, key_of(2), now));
  EXPECT_FALSE(read_access_token(token, key_of(1), now + 10min));
  EXPECT_FALSE(read_access_token(token, key_of(1), now - 2min)) << "from the future";
  EXPECT_FALSE(read_access_token("", key_of(1), now));
  EXPECT_FALSE(read_access_token("a.b.c", key_of(1), now));
  EXPECT_FALSE(read_access_token(token + "x", key_of(1), now));
  for (std::size_t i = 0; i < token.size(); i += 7) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(read_access_token(changed, key_of(1), now)) << i;
  }
  // {"alg":"none"} with the same claims and no signature, and the header of HS512 with our signature.
  const std::string payload = token.substr(token.find('.'), token.rfind('.') - token.find('.'));
  EXPECT_FALSE(read_access_token("eyJhbGciOiJub25lIn0" + payload + ".", key_of(1), now));
  EXPECT_FALSE(read_access_token("eyJhbGciOiJub25lIn0" + payload + token.substr(token.rfind('.')), key_of(1), now));
  EXPECT_FALSE(read_access_token("eyJhbGciOiJIUzUxMiJ9" + payload + token.substr(token.rfind('.')), key_of(1), now));
}

TEST_F(AccessTest, ANewPasswordEndsAllOtherSessions) {
  const auto mine = admin();
  const auto other = access_.sign_in.log_in({"siti", good_password}, here_);
  const auto tokens = access_.sign_in.log_in_for_tokens({"siti", good_password}, here_);
  const auto siti = access_.identity.by_cookie(mine.secret);
  const auto wrong = access_.sign_in.change_password(*siti, "wrong", "delapan kuda berlari", here_);
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().error.message, HasSubstr("old_password"));
  EXPECT_FALSE(access_.sign_in.change_password(*siti, good_password, "short", here_));
  const auto changed = access_.sign_in.change_password(*siti, good_password, "delapan kuda berlari", here_);
  ASSERT_TRUE(changed);
  ASSERT_TRUE(*changed);
  EXPECT_FALSE(access_.identity.by_cookie(mine.secret)) << "the session has a new secret";
  EXPECT_TRUE(access_.identity.by_cookie((*changed)->secret));
  EXPECT_FALSE(access_.identity.by_cookie(other->secret));
  EXPECT_FALSE(access_.identity.by_access_token(tokens->access_token));
  EXPECT_FALSE(access_.sign_in.log_in({"siti", good_password}, here_));
  EXPECT_TRUE(access_.sign_in.log_in({"siti", "delapan kuda berlari"}, here_));
}

TEST_F(AccessTest, WhoIsChangedInWhatTheyMayDoSignsInAgain) {
  admin();
  const User budi = add_user("budi", "viewer");
  const auto signed_in = access_.sign_in.log_in({"budi", good_password}, here_);
  const auto before = access_.identity.by_cookie(signed_in->secret);
  EXPECT_TRUE(before->may(Permission::cameras_read));
  EXPECT_FALSE(before->may(Permission::cameras_write));
  ASSERT_TRUE(access_.accounts.change_user(budi.id, {.display_name = "Budi"}, operator_));
  EXPECT_TRUE(access_.identity.by_cookie(signed_in->secret)) << "a name changes nothing";
  ASSERT_TRUE(access_.accounts.change_user(budi.id, {.roles = {{"operator"}}}, operator_));
  EXPECT_FALSE(access_.identity.by_cookie(signed_in->secret));
  const auto again = access_.sign_in.log_in({"budi", good_password}, here_);
  EXPECT_TRUE(access_.identity.by_cookie(again->secret)->may(Permission::cameras_write));
  ASSERT_TRUE(access_.accounts.change_user(budi.id, {.is_active = false}, operator_));
  EXPECT_FALSE(access_.identity.by_cookie(again->secret));
  EXPECT_FALSE(access_.sign_in.log_in({"budi", good_password}, here_));
  EXPECT_EQ(access_.accounts.change_user(budi.id, {.roles = {{"nothing"}}}, operator_).error().kind,
            ErrorKind::not_found);
}

TEST_F(AccessTest, ThereIsAlwaysAnAdministrator) {
  const auto siti = admin().user;
  EXPECT_EQ(access_.accounts.remove_user(siti, operator_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(access_.accounts.change_user(siti, {.roles = {{"hr"}}}, operator_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(access_.accounts.change_user(siti, {.is_active = false}, operator_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(database_->accounts().user(siti)->roles, std::vector<std::string>{"admin"});
  add_user("tono", "admin");
  EXPECT_TRUE(access_.accounts.remove_user(siti, operator_));
}

TEST_F(AccessTest, AnInvitedUserChoosesAPassword) {
  admin();
  const auto budi = access_.accounts.add_user("budi", std::nullopt, {.roles = {{"viewer"}}}, operator_);
  ASSERT_TRUE(budi);
  EXPECT_EQ(refused("budi", "", here_), Denial::Reason::unauthenticated);
  const auto token = access_.accounts.invite(budi->id, operator_);
  ASSERT_TRUE(token);
  EXPECT_FALSE(access_.sign_in.set_up(*token, {"", "budi budi budi"}, here_)) << "holds the name";
  const auto signed_in = access_.sign_in.set_up(*token, {"", good_password}, here_);
  ASSERT_TRUE(signed_in) << signed_in.error().error.message;
  EXPECT_EQ(access_.identity.by_cookie(signed_in->secret)->name, "budi");
  EXPECT_FALSE(access_.identity.by_cookie(signed_in->secret)->may(Permission::system_admin));
  EXPECT_FALSE(access_.sign_in.set_up(*token, {"", good_password}, here_)) << "good for one time";
}

TEST_F(AccessTest, AKeyHasNoMoreThanItsUser) {
  admin();
  const User budi = add_user("budi", "viewer");
  const auto key =
      access_.accounts.add_key(budi.id, "payroll", {"attendance:read", "system:admin"}, clock_.now() + 24h, operator_);
  ASSERT_TRUE(key) << key.error().message;
  EXPECT_THAT(key->secret, testing::StartsWith("hadir_"));
  EXPECT_THAT(key->key.hash, Not(HasSubstr(key->secret)));
  const auto caller = access_.identity.by_api_key(key->secret);
  ASSERT_TRUE(caller);
  EXPECT_EQ(caller->name, "key payroll");
  EXPECT_EQ(caller->permissions, Permissions{Permission::attendance_read});
  EXPECT_FALSE(access_.identity.by_api_key("hadir_" + random_token()));
  EXPECT_TRUE(access_.accounts.revoke_key(key->key.id, operator_));
  EXPECT_FALSE(access_.identity.by_api_key(key->secret));
  const auto all = access_.accounts.add_key(budi.id, "all", {}, std::nullopt, operator_);
  EXPECT_EQ(access_.identity.by_api_key(all->secret)->permissions, built_in_roles()[3].permissions);
  ASSERT_TRUE(access_.accounts.change_user(budi.id, {.is_active = false}, operator_));
  EXPECT_FALSE(access_.identity.by_api_key(all->secret)) << "the user's end is the key's";
  EXPECT_EQ(access_.accounts.add_key(budi.id, "x", {"persons:eat"}, std::nullopt, operator_).error().kind,
            ErrorKind::invalid_input);
}

TEST_F(AccessTest, WhatAnotherProgramTakesAwayIsGoneTwoSecondsLater) {
  const auto signed_in = admin();
  EXPECT_TRUE(access_.identity.by_cookie(signed_in.secret));
  ASSERT_TRUE(database_->accounts().logins().revoke(signed_in.session.id, clock_.now()));
  later(2s);
  EXPECT_FALSE(access_.identity.by_cookie(signed_in.secret));
}

TEST_F(AccessTest, BuiltInRolesStayAsTheyAre) {
  admin();
  const Role mine{.name = "viewer", .description = "", .permissions = {"system:admin"}};
  EXPECT_EQ(access_.accounts.put_role(mine, operator_).error().kind, ErrorKind::conflict);
  EXPECT_EQ(access_.accounts.remove_role("viewer", operator_).error().kind, ErrorKind::conflict);
  const Role guard{.name = "guard", .description = "", .permissions = {"cameras:read"}};
  ASSERT_TRUE(access_.accounts.put_role(guard, operator_));
  EXPECT_EQ(access_.accounts.put_role({.name = "x", .description = "", .permissions = {"all"}}, operator_).error().kind,
            ErrorKind::invalid_input);
  add_user("budi", "guard");
  const auto budi = access_.sign_in.log_in({"budi", good_password}, here_);
  EXPECT_EQ(access_.identity.by_cookie(budi->secret)->permissions, Permissions{Permission::cameras_read});
  ASSERT_TRUE(access_.accounts.put_role({.name = "guard", .description = "", .permissions = {}}, operator_));
  EXPECT_FALSE(access_.identity.by_cookie(budi->secret));
  ASSERT_TRUE(database_->accounts().put({.name = "viewer", .description = "", .permissions = {"system:admin"}}));
  ASSERT_TRUE(access_.accounts.prepare());
  const auto roles = database_->accounts().roles().value();
  const auto viewer = std::ranges::find(roles, "viewer", &Role::name);
  ASSERT_NE(viewer, roles.end());
  EXPECT_EQ(permissions_named(viewer->permissions), built_in_roles()[3].permissions);
}

TEST(PasswordPolicyTest, LengthCountsAndKindsOfCharactersDoNot) {
  for (const char* good : {"tujuh gajah menari", "aaaabbbbcccc1234", "пароль-не-простой",
                           "\xf0\x9f\x90\x98\xf0\x9f\x90\x8e\xf0\x9f\x90\x84\xf0\x9f\x90\x96 gajah ab"})
    EXPECT_TRUE(check_password(good, "siti")) << good << ": " << check_password(good, "siti").error().message;
  EXPECT_TRUE(check_password(std::string(200, 'x') + "tujuh gajah", "siti"));
  for (const char* bad : {"", "kurang12345", "PasswordPassword", "Administrator1!", "qwertyuiop123", "111111111111",
                          "abcabcabcabc", "123456789012", "siti dan kawan", "HADIR server 7", "Passw0rd!!!!!!"})
    EXPECT_FALSE(check_password(bad, "siti")) << bad;
  EXPECT_FALSE(check_password(std::string(1025, 'x'), "siti"));
  EXPECT_THAT(check_password("tujuh", "siti").error().message, Not(HasSubstr("tujuh")));
}

TEST(PasswordPolicyTest, NamesAreShortAndPlain) {
  for (const char* good : {"siti", "siti.rahma", "s@example.org", "7"}) EXPECT_TRUE(check_user_name(good)) << good;
  for (const char* bad : {"", " siti", "siti rahma", ".siti", "si\nti", "<b>", "si\xc3\xa9"})
    EXPECT_FALSE(check_user_name(bad)) << bad;
  EXPECT_FALSE(check_user_name(std::string(65, 'a')));
}

TEST(SecretsTest, PasswordsAreHashedWithSaltAndCost) {
  const auto hash = hash_password(good_password, PasswordCost::least());
  EXPECT_NE(hash, hash_password(good_password, PasswordCost::least()));
  EXPECT_TRUE(password_matches(hash, good_password));
  EXPECT_FALSE(password_matches(hash, "tujuh gajah menarI"));
  EXPECT_FALSE(password_matches("", ""));
  EXPECT_FALSE(password_matches("nonsense", ""));
  EXPECT_FALSE(is_outdated(hash, PasswordCost::least()));
  EXPECT_TRUE(is_outdated(hash, PasswordCost{}));
  EXPECT_EQ(digest_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");  // FIPS 180-2, B.1
  EXPECT_EQ(random_token().size(), 43U);
  EXPECT_NE(random_token(), random_token());
}

}  // namespace
}  // namespace hadir
