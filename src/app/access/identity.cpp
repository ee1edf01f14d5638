#include "app/access/identity.hpp"

#include <optional>

#include "app/access/access_token.hpp"

namespace hadir {
namespace {

constexpr auto believed_for = std::chrono::seconds{2};
// While the database does not answer, nothing can be taken away in it either.
constexpr auto believed_without_database = std::chrono::minutes{10};
constexpr auto use_noted_every = std::chrono::minutes{1};
constexpr std::size_t most_known = 4096;

std::unexpected<Denial> sign_in_first() {
  return denied("sign in first");
}

}  // namespace

Permissions permissions_named(const std::vector<std::string>& words) {
  Permissions named;
  for (const std::string& word : words)
    if (const auto permission = parse_permission(word)) named.add(*permission);
  return named;
}

Permissions permissions_of(const std::vector<std::string>& role_names, const std::vector<Role>& roles) {
  Permissions all;
  for (const Role& role : roles)
    if (std::ranges::contains(role_names, role.name)) all = all | permissions_named(role.permissions);
  return all;
}

Admission<Principal> Identity::by_cookie(const std::string& secret) {
  return known_or(secret, &Identity::look_up_cookie);
}

Admission<Principal> Identity::by_access_token(const std::string& token) {
  return known_or(token, &Identity::look_up_token);
}

Admission<Principal> Identity::by_api_key(const std::string& key) {
  return known_or(key, &Identity::look_up_key);
}

void Identity::forget() {
  const std::scoped_lock lock(mutex_);
  known_.clear();
  ++generation_;
}

std::string Identity::csrf_token(const std::string& secret) const {
  return signature_of("csrf " + secret, rules_.key);
}

Admission<Principal> Identity::known_or(const std::string& secret, LookUp look_up) {
  const Instant now = clock_.now();
  const std::string digest = digest_of(secret);
  std::uint64_t generation = 0;
  std::optional<Known> known;
  {
    const std::scoped_lock lock(mutex_);
    generation = generation_;
    const auto found = known_.find(digest);
    if (found != known_.end() && now >= found->second.looked_up && now < found->second.until) known = found->second;
    if (known && now - known->looked_up < believed_for) return known->principal;
  }
  auto made = (this->*look_up)(secret);
  if (!made && made.error().error.kind == ErrorKind::unavailable && made.error().reason == Denial::Reason::failed &&
      known && now - known->looked_up < believed_without_database)
    return known->principal;
  if (!made) return std::unexpected(made.error());
  const std::scoped_lock lock(mutex_);
  if (known_.size() >= most_known) known_.clear();
  // What was looked up before something was taken away is not kept.
  if (generation == generation_) known_.insert_or_assign(digest, *made);
  return made->principal;
}

Admission<Principal> Identity::principal_of(const UserId& id) const {
  const auto user = database_.accounts().user(id);
  if (!user) return user.error().kind == ErrorKind::not_found ? sign_in_first() : failed(user.error());
  if (!user->is_active) return sign_in_first();
  const auto roles = database_.accounts().roles();
  if (!roles) return failed(roles.error());
  return Principal{.user = id,
                   .name = user->name,
                   .permissions = permissions_of(user->roles, *roles),
                   .cameras = user->cameras,
                   .departments = user->departments,
                   .person = user->person};
}

Admission<Identity::Known> Identity::of_session(const Session& session, Instant until) {
  const Instant now = clock_.now();
  if (!session.holds_at(now)) return sign_in_first();
  auto principal = principal_of(session.user);
  if (!principal) return std::unexpected(principal.error());
  // A database that can only be read at the moment (a full disk) keeps nobody out who is signed in.
  if (now - session.last_used_at >= use_noted_every)
    static_cast<void>(database_.accounts().logins().note_use(session.id, now));
  principal->session = session.id;
  return Known{.principal = std::move(*principal), .looked_up = now, .until = until};
}

Admission<Identity::Known> Identity::look_up_cookie(const std::string& secret) {
  const auto session = database_.accounts().logins().find_session(digest_of(secret));
  if (!session) return failed(session.error());
  if (!*session || (*session)->kind != SessionKind::browser) return sign_in_first();
  const Instant idle_end = (*session)->last_used_at + rules_.session_idle;
  if (clock_.now() >= idle_end) return sign_in_first();
  return of_session(**session, std::min(idle_end, (*session)->expires_at));
}

Admission<Identity::Known> Identity::look_up_token(const std::string& token) {
  const auto claims = read_access_token(token, rules_.key, clock_.now());
  if (!claims) return sign_in_first();
  const auto session = database_.accounts().logins().session(claims->session);
  if (!session) return failed(session.error());
  if (!*session || (*session)->kind != SessionKind::token || (*session)->user != claims->user) return sign_in_first();
  return of_session(**session, std::min(claims->expires_at, (*session)->expires_at));
}

Admission<Identity::Known> Identity::look_up_key(const std::string& key) {
  const Instant now = clock_.now();
  const auto found = database_.accounts().find_key(digest_of(key));
  if (!found) return failed(found.error());
  if (!*found || !(*found)->holds_at(now)) return sign_in_first();
  auto principal = principal_of((*found)->user);
  if (!principal) return std::unexpected(principal.error());
  if (!(*found)->permissions.empty())
    principal->permissions = principal->permissions & permissions_named((*found)->permissions);
  principal->name = "key " + (*found)->name;
  if (!(*found)->last_used_at || now - *(*found)->last_used_at >= use_noted_every)
    static_cast<void>(database_.accounts().note_use((*found)->id, now));
  return Known{
      .principal = std::move(*principal), .looked_up = now, .until = (*found)->expires_at.value_or(Instant::max())};
}

}  // namespace hadir
