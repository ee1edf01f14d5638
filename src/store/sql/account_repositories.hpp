#pragma once
#include "core/ports/account_repository.hpp"
#include "core/ports/office_repositories.hpp"
#include "store/sql/connections.hpp"

namespace hadir::sql {

class Logins final : public LoginRepository {
 public:
  explicit Logins(Connections& connections) : connections_(connections) {}
  Status add(const Session& session) override;
  Result<std::optional<Session>> session(const SessionId& id) const override;
  Result<std::optional<Session>> find_session(const std::string& hash) const override;
  Result<std::vector<Session>> sessions(const UserId& user, Instant at) const override;
  Status note_use(const SessionId& id, Instant at) override;
  Status renew(const SessionId& id, const std::string& from, const std::string& hash, Instant at) override;
  Result<std::optional<SessionId>> spent(const std::string& hash) const override;
  Status revoke(const SessionId& id, Instant at) override;
  Status revoke_all(const UserId& user, Instant at, const std::optional<SessionId>& but) override;
  Status add(const Invitation& invitation) override;
  Result<std::optional<Invitation>> take_invitation(const std::string& hash, Instant at) override;
  Status remove_setup_invitations() override;
  Result<std::optional<LoginFailures>> failures(const std::string& subject) const override;
  Result<LoginFailures> add_failure(const std::string& subject, Instant at, Instant forget_before) override;
  Status forgive(const std::string& subject) override;
  Status forgive_all(const std::string& prefix) override;
  Status remove_ended(Instant before) override;

 private:
  Connections& connections_;
};

class Accounts final : public AccountRepository {
 public:
  explicit Accounts(Connections& connections) : connections_(connections), logins_(connections) {}
  Status put(const Role& role) override;
  Result<std::vector<Role>> roles() const override;
  Status remove_role(const std::string& name) override;
  Status add(const User& user) override;
  Status update(const User& user) override;
  Status remove(const UserId& id) override;
  Result<User> user(const UserId& id) const override;
  Result<std::optional<User>> find_user(const std::string& name) const override;
  Result<std::vector<User>> users() const override;
  Result<std::int64_t> count_users() const override;
  Status note_login(const UserId& id, Instant at) override;
  Status add(const ApiKey& key) override;
  Result<std::optional<ApiKey>> find_key(const std::string& hash) const override;
  Result<std::vector<ApiKey>> keys() const override;
  Status note_use(const ApiKeyId& id, Instant at) override;
  Status revoke(const ApiKeyId& id, Instant at) override;
  LoginRepository& logins() override { return logins_; }

 private:
  Connections& connections_;
  Logins logins_;
};

class Audit final : public AuditLog {
 public:
  explicit Audit(Connections& connections) : connections_(connections) {}
  Status add(const AuditEntry& entry) override;
  Result<Page<AuditEntry>> find(const AuditFilter& filter, const Paging& paging) const override;
  Result<AuditChain> verify() const override;

 private:
  Connections& connections_;
};

}  // namespace hadir::sql
