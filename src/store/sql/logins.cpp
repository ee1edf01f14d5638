#include "store/sql/account_repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr auto session_columns =
    "id, user_id, kind, hash, address, client, created_at, last_used_at, expires_at, revoked_at";
constexpr auto invitation_columns = "hash, user_id, created_at, expires_at";

Session session_in(const Query& row) {
  return {.id = SessionId(row.text(0)),
          .user = UserId(row.text(1)),
          .kind = row.text(2) == "browser" ? SessionKind::browser : SessionKind::token,
          .hash = row.text(3),
          .address = row.text(4),
          .client = row.text(5),
          .created_at = row.instant(6),
          .last_used_at = row.instant(7),
          .expires_at = row.instant(8),
          .revoked_at = row.instant_if(9)};
}

Invitation invitation_in(const Query& row) {
  return {
      .hash = row.text(0), .user = row.id_if<UserId>(1), .created_at = row.instant(2), .expires_at = row.instant(3)};
}

LoginFailures failures_in(const Query& row) {
  return {.count = row.integer(0), .last_at = row.instant(1)};
}

std::string no_session(const SessionId& id) {
  return "no session " + id.str();
}

Error with_user(Error error, const std::string& user) {
  if (error.kind == ErrorKind::not_found) error.message = "no user " + user;
  return error;
}

}  // namespace

Status Logins::add(const Session& session) {
  return run(connections_, insert_into("sessions", session_columns), session.id, session.user, to_text(session.kind),
             session.hash, session.address, session.client, session.created_at, session.last_used_at,
             session.expires_at, session.revoked_at)
      .transform_error([&](Error error) { return with_user(std::move(error), session.user.str()); });
}

Result<std::optional<Session>> Logins::session(const SessionId& id) const {
  return first(connections_, select_from("sessions", session_columns, "WHERE id = ?"), session_in, id);
}

Result<std::optional<Session>> Logins::find_session(const std::string& hash) const {
  return first(connections_, select_from("sessions", session_columns, "WHERE hash = ?"), session_in, hash);
}

Result<std::vector<Session>> Logins::sessions(const UserId& user, Instant at) const {
  return list(connections_,
              select_from("sessions", session_columns,
                          "WHERE user_id = ? AND expires_at > ? AND (revoked_at IS NULL OR revoked_at > ?)"
                          " ORDER BY created_at DESC, id DESC"),
              session_in, user, at, at);
}

Status Logins::note_use(const SessionId& id, Instant at) {
  return run_on_one(connections_, no_session(id), "UPDATE sessions SET last_used_at = ? WHERE id = ?", at, id);
}

Status Logins::renew(const SessionId& id, const std::string& from, const std::string& hash, Instant at) {
  return connections_.write_all([&](Connection& connection) -> Status {
    auto change = connection.query(
        "UPDATE sessions SET hash = ?, last_used_at = ? WHERE id = ? AND hash = ? AND revoked_at IS NULL");
    if (change.bind(hash).bind(at).bind(id).bind(from).run() == 0)
      return fail(ErrorKind::conflict, "session " + id.str() + " was renewed or ended meanwhile");
    auto remember = connection.query("INSERT INTO spent_tokens (hash, session_id) VALUES (?, ?)");
    remember.bind(from).bind(id).run();
    return {};
  });
}

Result<std::optional<SessionId>> Logins::spent(const std::string& hash) const {
  return first(
      connections_, "SELECT session_id FROM spent_tokens WHERE hash = ?",
      [](const Query& row) { return SessionId(row.text(0)); }, hash);
}

Status Logins::revoke(const SessionId& id, Instant at) {
  return run_on_one(connections_, no_session(id),
                    "UPDATE sessions SET revoked_at = COALESCE(revoked_at, ?) WHERE id = ?", at, id);
}

Status Logins::revoke_all(const UserId& user, Instant at, const std::optional<SessionId>& but) {
  return run(connections_, "UPDATE sessions SET revoked_at = ? WHERE user_id = ? AND id <> ? AND revoked_at IS NULL",
             at, user, but ? but->str() : "");
}

Status Logins::add(const Invitation& invitation) {
  return run(connections_, insert_into("invitations", invitation_columns), invitation.hash, invitation.user,
             invitation.created_at, invitation.expires_at)
      .transform_error(
          [&](Error error) { return with_user(std::move(error), invitation.user ? invitation.user->str() : ""); });
}

Result<std::optional<Invitation>> Logins::take_invitation(const std::string& hash, Instant at) {
  std::optional<Invitation> taken;
  const auto done = connections_.write_all([&](Connection& connection) -> Status {
    {
      auto query =
          connection.query(select_from("invitations", invitation_columns, "WHERE hash = ? AND expires_at > ?"));
      if (!query.bind(hash).bind(at).step()) return {};
      taken = invitation_in(query);
    }
    auto remove = connection.query("DELETE FROM invitations WHERE hash = ?");
    remove.bind(hash).run();
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return taken;
}

Status Logins::remove_setup_invitations() {
  return run(connections_, "DELETE FROM invitations WHERE user_id IS NULL");
}

Result<std::optional<LoginFailures>> Logins::failures(const std::string& subject) const {
  return first(connections_, "SELECT failures, last_at FROM login_failures WHERE subject = ?", failures_in, subject);
}

Result<LoginFailures> Logins::add_failure(const std::string& subject, Instant at, Instant forget_before) {
  LoginFailures now{.count = 1, .last_at = at};
  const auto done = connections_.write_all([&](Connection& connection) -> Status {
    {
      auto before = connection.query("SELECT failures, last_at FROM login_failures WHERE subject = ?");
      if (before.bind(subject).step() && before.instant(1) >= forget_before) now.count = before.integer(0) + 1;
    }
    auto put = connection.query(put_into("login_failures", "subject, failures, last_at", "subject"));
    put.bind(subject).bind(now.count).bind(at).run();
    return {};
  });
  if (!done) return std::unexpected(done.error());
  return now;
}

Status Logins::forgive(const std::string& subject) {
  return run(connections_, "DELETE FROM login_failures WHERE subject = ?", subject);
}

Status Logins::forgive_all(const std::string& prefix) {
  return run(connections_, "DELETE FROM login_failures WHERE substr(subject, 1, ?) = ?",
             static_cast<std::int64_t>(prefix.size()), prefix);
}

Status Logins::remove_ended(Instant before) {
  return connections_.write_all([&](Connection& connection) -> Status {
    for (const char* sql : {"DELETE FROM sessions WHERE expires_at < ? OR revoked_at < ?",
                            "DELETE FROM invitations WHERE expires_at < ? AND created_at < ?",
                            "DELETE FROM login_failures WHERE last_at < ? OR last_at < ?"}) {
      auto query = connection.query(sql);
      query.bind(before).bind(before).run();
    }
    return {};
  });
}

}  // namespace hadir::sql
