#pragma once
#include <memory>
#include <span>

#include "core/ports/repositories.hpp"
#include "store/embedding_cipher.hpp"
#include "store/migrations/migrations.hpp"
#include "store/sql/record_repositories.hpp"
#include "store/sql/repositories.hpp"

namespace hadir::sql {

/// The database behind these connections, whichever kind it is.
class SqlDatabase final : public Database {
 public:
  SqlDatabase(std::unique_ptr<Connections> connections, std::span<const Migration> migrations, SecretKey key)
      : connections_(std::move(connections)), migrations_(migrations), cipher_(std::move(key)) {}

  /// Brings the schema up to date and makes sure that the key is the one the database was made with.
  Status prepare();

  PersonRepository& persons() override { return persons_; }
  TemplateRepository& templates() override { return templates_; }
  CameraRepository& cameras() override { return cameras_; }
  SightingRepository& sightings() override { return sightings_; }
  AttendanceRepository& attendance() override { return attendance_; }

  RuleRepository& rules() override { return rules_; }
  AlertRepository& alerts() override { return alerts_; }
  AccountRepository& accounts() override { return accounts_; }
  PersonImageRepository& images() override { return images_; }
  Outbox& outbox() override { return outbox_; }
  AuditLog& audit() override { return audit_; }
  Retention& retention() override { return retention_; }

  Status in_transaction(const std::function<Status()>& work) override { return connections_->in_transaction(work); }
  Status check() override;
  std::string describe() const override;

 private:
  Status check_key();

  std::unique_ptr<Connections> connections_;
  std::span<const Migration> migrations_;
  EmbeddingCipher cipher_;
  Persons persons_{*connections_};
  Templates templates_{*connections_, cipher_};
  Cameras cameras_{*connections_};
  Sightings sightings_{*connections_};
  Attendance attendance_{*connections_};
  Rules rules_{*connections_};
  Alerts alerts_{*connections_};
  Accounts accounts_{*connections_};
  PersonImages images_{*connections_};
  OutboxMessages outbox_{*connections_};
  Audit audit_{*connections_};
  KeptRecords retention_{*connections_};
};

}  // namespace hadir::sql
