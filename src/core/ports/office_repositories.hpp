#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/records/audit_entry.hpp"
#include "core/records/outbox_message.hpp"
#include "core/records/page.hpp"
#include "core/records/person_image.hpp"

namespace hadir {

/// Photos of people: where they are, not their bytes. Errors as those of the other repositories.
class PersonImageRepository {
 public:
  virtual ~PersonImageRepository() = default;
  /// A primary one takes the place of the one that was.
  virtual Status add(const PersonImage& image) = 0;
  virtual Status make_primary(const PersonImageId& id) = 0;
  virtual Status remove(const PersonImageId& id) = 0;
  /// The primary one first, then by creation.
  virtual Result<std::vector<PersonImage>> of_person(const PersonId& person) const = 0;
};

/// Messages on their way out.
class Outbox {
 public:
  virtual ~Outbox() = default;
  virtual Status add(const OutboxMessage& message) = 0;
  /// Replaces by id: an attempt, a success, a final failure.
  virtual Status update(const OutboxMessage& message) = 0;
  /// Pending ones due at `now`, oldest due first.
  virtual Result<std::vector<OutboxMessage>> due(Instant now, int most) const = 0;
  virtual Result<std::int64_t> count(OutboxState state) const = 0;
  /// Removes those sent or given up that were made before; how many.
  virtual Result<std::int64_t> remove_done_before(Instant at) = 0;
};

struct AuditFilter {
  std::optional<Instant> from;  ///< at >= from
  std::optional<Instant> to;    ///< at < to
  std::optional<std::string> actor;
  std::optional<std::string> subject;
  std::optional<std::string> action = std::nullopt;
};

/// Who did what: added to and read, never changed.
class AuditLog {
 public:
  virtual ~AuditLog() = default;
  /// Becomes the newest of the chain: `AuditChain`.
  virtual Status add(const AuditEntry& entry) = 0;
  /// Newest first.
  virtual Result<Page<AuditEntry>> find(const AuditFilter& filter, const Paging& paging) const = 0;
  /// Computes every hash anew.
  virtual Result<AuditChain> verify() const = 0;
};

}  // namespace hadir
