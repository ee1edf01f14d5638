#include "app/access/sign_in.hpp"

#include "app/access/access_token.hpp"
#include "app/access/login_throttle.hpp"
#include "app/access/password_policy.hpp"
#include "core/uuid.hpp"

namespace hadir {
namespace {

constexpr auto wait_for_a_hasher = std::chrono::seconds{1};
constexpr std::size_t longest_input = 4096;
constexpr std::size_t longest_client = 200;

std::string new_id(Instant now) {
  return RandomUuidSource{}.next(now);
}

/// Names are counted by digest: nothing that was typed is kept, it may have been a password.
std::string account_subject(const std::string& name) {
  return "account:" + digest_of(name);
}
std::string pair_subject(const std::string& name, const Origin& origin) {
  return account_subject(name) + "@" + origin.address;
}
std::string address_subject(const Origin& origin) {
  return "address:" + origin.address;
}

std::string client_name(const std::string& given) {
  std::string kept;
  for (const char c : given.substr(0, longest_client)) kept += c >= 0x20 && c < 0x7f ? c : '?';
  return kept;
}

std::unexpected<Denial> wrong() {
  return denied("the name or the password is wrong");
}

}  // namespace

SignIn::SignIn(Database& database, const Clock& clock, const AccessRules& rules, Identity& identity)
    : database_(database),
      clock_(clock),
      rules_(rules),
      identity_(identity),
      hashers_(rules.hashers),
      nobodys_hash_(hash_password(random_token(), rules.password_cost)) {}

Result<std::optional<std::string>> SignIn::new_setup_token() {
  const Instant now = clock_.now();
  const std::string token = random_token();
  bool made = false;
  const auto done = database_.in_transaction([&]() -> Status {
    auto& logins = database_.accounts().logins();
    if (auto removed = logins.remove_setup_invitations(); !removed) return removed;
    const auto users = database_.accounts().count_users();
    if (!users) return std::unexpected(users.error());
    made = *users == 0;
    if (!made) return {};
    return logins.add(Invitation{
        .hash = digest_of(token), .user = std::nullopt, .created_at = now, .expires_at = now + rules_.setup_link});
  });
  if (!done) return std::unexpected(done.error());
  return made ? std::optional(token) : std::nullopt;
}

Admission<std::string> SignIn::hashed(const std::string& password) {
  if (!hashers_.try_acquire_for(wait_for_a_hasher)) return throttled(std::chrono::seconds{1});
  std::string hash = hash_password(password, rules_.password_cost);
  hashers_.release();
  return hash;
}

Admission<bool> SignIn::matches(const std::string& hash, const std::string& password) {
  if (!hashers_.try_acquire_for(wait_for_a_hasher)) return throttled(std::chrono::seconds{1});
  const bool same = password_matches(hash, password);
  hashers_.release();
  return same;
}

Status SignIn::note(const std::string& actor, const std::string& action, const std::string& subject,
                    const Origin& origin) {
  const Instant now = clock_.now();
  return database_.audit().add({.id = AuditId(new_id(now)),
                                .at = now,
                                .actor = actor,
                                .action = action,
                                .subject = subject,
                                .detail = "{}",
                                .address = origin.address});
}

Status SignIn::count_failure(const std::string& name, const std::optional<User>& user, const Origin& origin) {
  const Instant now = clock_.now();
  return database_.in_transaction([&]() -> Status {
    for (const std::string& subject : {pair_subject(name, origin), address_subject(origin), account_subject(name)}) {
      const auto counted = database_.accounts().logins().add_failure(subject, now, now - failures_forgotten_after);
      if (!counted) return std::unexpected(counted.error());
    }
    return note(user ? user->name : "somebody", "user.login_failed", user ? user->id.str() : "", origin);
  });
}

Admission<User> SignIn::check(const Credentials& credentials, const Origin& origin) {
  const auto& [name, password] = credentials;
  if (name.size() > longest_input || password.size() > longest_input) return wrong();
  auto& logins = database_.accounts().logins();
  const Instant now = clock_.now();
  std::chrono::seconds wait{0};
  for (const auto& [rule, subject] :
       {std::pair{throttle_pair, pair_subject(name, origin)}, std::pair{throttle_address, address_subject(origin)},
        std::pair{throttle_account, account_subject(name)}}) {
    const auto failures = logins.failures(subject);
    if (!failures) return failed(failures.error());
    if (*failures) wait = std::max(wait, wait_of(rule, **failures, now));
  }
  if (wait > std::chrono::seconds{0}) return throttled(wait);

  auto user = database_.accounts().find_user(name);
  if (!user) return failed(user.error());
  const bool may = *user && (*user)->is_active && !(*user)->password_hash.empty();
  const auto same = matches(may ? (*user)->password_hash : nobodys_hash_, password);
  if (!same) return std::unexpected(same.error());
  if (!*same || !may) {
    if (const auto counted = count_failure(name, *user, origin); !counted) return failed(counted.error());
    return wrong();
  }
  if (is_outdated((*user)->password_hash, rules_.password_cost))
    if (auto renewed = hashed(password)) {
      (*user)->password_hash = *renewed;
      if (const auto kept = database_.accounts().update(**user); !kept) return failed(kept.error());
    }
  return std::move(**user);
}

SignIn::NewSession SignIn::new_session(const UserId& user, SessionKind kind, const Origin& origin) const {
  const Instant now = clock_.now();
  std::string secret = random_token();
  const auto longest = kind == SessionKind::browser ? rules_.session_longest : rules_.token_session;
  return {.session = {.id = SessionId(new_id(now)),
                      .user = user,
                      .kind = kind,
                      .hash = digest_of(secret),
                      .address = origin.address,
                      .client = client_name(origin.client),
                      .created_at = now,
                      .last_used_at = now,
                      .expires_at = now + longest,
                      .revoked_at = std::nullopt},
          .secret = std::move(secret)};
}

Admission<SignIn::NewSession> SignIn::begin(const User& user, SessionKind kind, const Origin& origin) {
  auto made = new_session(user.id, kind, origin);
  const auto done = database_.in_transaction([&]() -> Status {
    auto& logins = database_.accounts().logins();
    if (auto added = logins.add(made.session); !added) return added;
    if (auto noted = database_.accounts().note_login(user.id, clock_.now()); !noted) return noted;
    for (const std::string& subject : {pair_subject(user.name, origin), account_subject(user.name)})
      if (auto forgiven = logins.forgive(subject); !forgiven) return forgiven;
    return note(user.name, "user.login", user.id.str(), origin);
  });
  if (!done) return failed(done.error());
  return made;
}

TokenPair SignIn::pair_of(const Session& session, std::string refresh_token) const {
  const Instant now = clock_.now();
  const Instant until = std::min(now + rules_.access_token, session.expires_at);
  return {.user = session.user,
          .access_token = make_access_token(
              {.user = session.user, .session = session.id, .issued_at = now, .expires_at = until}, rules_.key),
          .refresh_token = std::move(refresh_token),
          .expires_in = std::chrono::floor<std::chrono::seconds>(until - now)};
}

Admission<SignedIn> SignIn::log_in(const Credentials& credentials, const Origin& origin) {
  const auto user = check(credentials, origin);
  if (!user) return std::unexpected(user.error());
  auto made = begin(*user, SessionKind::browser, origin);
  if (!made) return std::unexpected(made.error());
  return SignedIn{.user = user->id, .session = std::move(made->session), .secret = std::move(made->secret)};
}

Admission<TokenPair> SignIn::log_in_for_tokens(const Credentials& credentials, const Origin& origin) {
  const auto user = check(credentials, origin);
  if (!user) return std::unexpected(user.error());
  auto made = begin(*user, SessionKind::token, origin);
  if (!made) return std::unexpected(made.error());
  return pair_of(made->session, std::move(made->secret));
}

Admission<TokenPair> SignIn::refresh(const std::string& refresh_token, const Origin& origin) {
  const Instant now = clock_.now();
  auto& logins = database_.accounts().logins();
  const std::string hash = digest_of(refresh_token);
  auto session = logins.find_session(hash);
  if (!session) return failed(session.error());
  if (!*session) {
    const auto spent = logins.spent(hash);
    if (!spent) return failed(spent.error());
    if (*spent) {
      const auto ended = database_.in_transaction([&]() -> Status {
        if (auto revoked = logins.revoke(**spent, now); !revoked) return revoked;
        return note("somebody", "user.refresh_token_reused", (*spent)->str(), origin);
      });
      if (!ended) return failed(ended.error());
      identity_.forget();
    }
    return denied("the refresh token is not good (any more): sign in again");
  }
  const auto user = database_.accounts().user((*session)->user);
  if (!user) return failed(user.error());
  if ((*session)->kind != SessionKind::token || !(*session)->holds_at(now) || !user->is_active)
    return denied("the refresh token is not good (any more): sign in again");
  std::string secret = random_token();
  const auto renewed = logins.renew((*session)->id, hash, digest_of(secret), now);
  if (!renewed && renewed.error().kind == ErrorKind::conflict)
    return denied("the refresh token is not good (any more): sign in again");
  if (!renewed) return failed(renewed.error());
  return pair_of(**session, std::move(secret));
}

Status SignIn::revoke_refresh_token(const std::string& refresh_token, const Origin& origin) {
  auto& logins = database_.accounts().logins();
  const auto session = logins.find_session(digest_of(refresh_token));
  if (!session) return std::unexpected(session.error());
  if (!*session || (*session)->kind != SessionKind::token) return {};
  const auto user = database_.accounts().user((*session)->user);
  const auto done = database_.in_transaction([&]() -> Status {
    if (auto revoked = logins.revoke((*session)->id, clock_.now()); !revoked) return revoked;
    return note(user ? user->name : "somebody", "user.logout", (*session)->user.str(), origin);
  });
  identity_.forget();
  return done;
}

Status SignIn::log_out(const Principal& caller, const Origin& origin) {
  if (caller.session.empty()) return {};
  const auto done = database_.in_transaction([&]() -> Status {
    if (auto revoked = database_.accounts().logins().revoke(caller.session, clock_.now()); !revoked) return revoked;
    return note(caller.name, "user.logout", caller.user.str(), origin);
  });
  identity_.forget();
  return done;
}

Admission<Invitation> SignIn::take(const std::string& token, const Origin& origin) {
  const Instant now = clock_.now();
  auto& logins = database_.accounts().logins();
  const auto failures = logins.failures(address_subject(origin));
  if (!failures) return failed(failures.error());
  if (*failures)
    if (const auto wait = wait_of(throttle_address, **failures, now); wait > std::chrono::seconds{0})
      return throttled(wait);
  auto taken = logins.take_invitation(digest_of(token), now);
  if (!taken) return failed(taken.error());
  if (*taken) return std::move(**taken);
  const auto counted = logins.add_failure(address_subject(origin), now, now - failures_forgotten_after);
  if (!counted) return failed(counted.error());
  return denied("the link was used, or is too old, or a newer one was made; `hadir user setup-link` makes a new one");
}

Admission<SignedIn> SignIn::set_up(const std::string& token, const Credentials& chosen, const Origin& origin) {
  if (token.size() > longest_input || chosen.password.size() > longest_input)
    return failed({ErrorKind::invalid_input, "password: is too long"});
  if (const auto fine = check_password(chosen.password, chosen.name); !fine) return failed(fine.error());
  auto hash = hashed(chosen.password);
  if (!hash) return std::unexpected(hash.error());

  const Instant now = clock_.now();
  std::optional<User> user;
  std::optional<NewSession> made;
  Admission<Invitation> invitation = denied("");
  const auto done = database_.in_transaction([&]() -> Status {
    invitation = take(token, origin);
    if (!invitation) return {};
    if (invitation->user) {
      auto found = database_.accounts().user(*invitation->user);
      if (!found) return std::unexpected(found.error());
      user = std::move(*found);
      if (auto fine = check_password(chosen.password, user->name); !fine) return fine;
      user->password_hash = *hash;
      user->updated_at = now;
      if (auto updated = database_.accounts().update(*user); !updated) return updated;
      if (auto ended = database_.accounts().logins().revoke_all(user->id, now, std::nullopt); !ended) return ended;
    } else {
      if (auto fine = check_user_name(chosen.name); !fine) return fine;
      const auto users = database_.accounts().count_users();
      if (!users) return std::unexpected(users.error());
      if (*users > 0) return fail(ErrorKind::conflict, "hadir is set up already: sign in");
      user = User{.id = UserId(new_id(now)),
                  .name = chosen.name,
                  .display_name = "",
                  .password_hash = *hash,
                  .roles = {"admin"},
                  .is_active = true,
                  .created_at = now,
                  .updated_at = now,
                  .last_login_at = std::nullopt};
      if (auto added = database_.accounts().add(*user); !added) return added;
    }
    made = new_session(user->id, SessionKind::browser, origin);
    if (auto added = database_.accounts().logins().add(made->session); !added) return added;
    return note(user->name, "user.set_up", user->id.str(), origin);
  });
  if (!done) return failed(done.error());
  if (!invitation) return std::unexpected(invitation.error());
  identity_.forget();
  return SignedIn{.user = user->id, .session = std::move(made->session), .secret = std::move(made->secret)};
}

Admission<std::optional<SignedIn>> SignIn::change_password(const Principal& caller, const std::string& old_password,
                                                           const std::string& new_password, const Origin& origin) {
  const auto user = check({.name = caller.name, .password = old_password}, origin);
  if (!user) {
    // Signed in already: a wrong old password is wrong input, not a reason to sign in.
    if (user.error().reason == Denial::Reason::unauthenticated)
      return failed({ErrorKind::invalid_input, "old_password: is wrong"});
    return std::unexpected(user.error());
  }
  if (const auto fine = check_password(new_password, user->name); !fine) return failed(fine.error());
  auto hash = hashed(new_password);
  if (!hash) return std::unexpected(hash.error());
  const Instant now = clock_.now();
  auto& logins = database_.accounts().logins();
  const auto session = logins.session(caller.session);
  if (!session) return failed(session.error());
  const bool is_browser = *session && (*session)->kind == SessionKind::browser;
  std::optional<SignedIn> renewed;
  const auto done = database_.in_transaction([&]() -> Status {
    User changed = *user;
    changed.password_hash = *hash;
    changed.updated_at = now;
    if (auto updated = database_.accounts().update(changed); !updated) return updated;
    if (auto ended = logins.revoke_all(user->id, now, std::nullopt); !ended) return ended;
    if (is_browser) {
      auto made = new_session(user->id, SessionKind::browser, origin);
      if (auto added = logins.add(made.session); !added) return added;
      renewed = SignedIn{.user = user->id, .session = std::move(made.session), .secret = std::move(made.secret)};
    }
    return note(user->name, "user.change_password", user->id.str(), origin);
  });
  if (!done) return failed(done.error());
  identity_.forget();
  return renewed;
}

}  // namespace hadir
